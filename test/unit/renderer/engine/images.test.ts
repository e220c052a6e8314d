import { describe, expect, it } from 'vitest'
import type { OperationName } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { MAX_SENT_PIECE } from '#shared/contract/operations/entry.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { EngineClient } from '#renderer/engine/bridge/engine-client.ts'
import { createImageShelf } from '#renderer/engine/images/image-shelf.ts'
import { sendImage } from '#renderer/engine/images/send-image.ts'

type Answer = (name: OperationName, input: unknown) => Result<unknown, ContractError>

function clientOf(answer: Answer) {
  const asked: [OperationName, unknown][] = []
  const request = (name: OperationName, input: unknown) => {
    asked.push([name, input])
    return Promise.resolve(answer(name, input))
  }
  return { client: { request } as unknown as EngineClient, asked }
}

const lost: ContractError = { code: 'engine-unreachable', message: 'Gone.' }

describe('sending an image', () => {
  const image = { incidentId: 'i', name: 'a.png', caption: '' }

  it('ends with the first piece that is refused', async () => {
    const { client, asked } = clientOf(() => ({ ok: false, error: lost }))
    const file = new Blob([new Uint8Array(3 * MAX_SENT_PIECE)])
    expect(await sendImage(client, { ...image, file }, 'upload-1')).toEqual({
      ok: false,
      error: lost,
    })
    expect(asked).toHaveLength(1)
  })

  it('does not begin with what is too large, or cannot be read', async () => {
    const { client, asked } = clientOf(() => ({ ok: true, value: {} }))
    const large = new Blob([new Uint8Array(11 * 1024 * 1024)])
    expect(await sendImage(client, { ...image, file: large }, 'upload-1')).toMatchObject({
      error: { message: 'This image is 11 MiB; the limit is 10 MiB. Nothing was added.' },
    })
    const gone = Object.assign(new Blob(['x']), {
      arrayBuffer: () => Promise.reject(new Error('NotReadableError')),
    })
    expect(await sendImage(client, { ...image, file: gone }, 'upload-1')).toMatchObject({
      error: { message: 'The image could not be read. Nothing was added.' },
    })
    expect(asked).toEqual([])
  })
})

describe('the images of timelines', () => {
  const piece = (text: string, next: number | null) => ({
    ok: true as const,
    value: { mediaType: 'image/png', data: btoa(text), next, size: 2 },
  })
  const shown = (hash: string, entry = 1) => ({ incidentId: 'i', entry, image: { hash } })

  it('are read once, however many show them', async () => {
    const { client, asked } = clientOf(() => piece('ab', null))
    const shelf = createImageShelf(client)
    const [first, second] = await Promise.all([shelf.read(shown('a')), shelf.read(shown('a', 2))])
    expect(first).toEqual(second)
    await shelf.read(shown('a'))
    expect(asked).toHaveLength(1)
    // A piece that leads no further is the last.
    const stuck = createImageShelf(clientOf(() => piece('ab', 0)).client)
    const read = await stuck.read(shown('b'))
    expect(read.ok && (await read.value.text())).toBe('ab')
  })

  it('are asked for again where they could not be read', async () => {
    let isGone = true
    const { client } = clientOf(() => (isGone ? { ok: false, error: lost } : piece('ab', null)))
    const shelf = createImageShelf(client)
    expect(await shelf.read(shown('a'))).toEqual({ ok: false, error: lost })
    isGone = false
    expect(await shelf.read(shown('a'))).toMatchObject({ ok: true })
  })

  it('that were looked at last are kept, up to a bound', async () => {
    const large = 'x'.repeat(12 * 1024 * 1024)
    const { client, asked } = clientOf(() => piece(large, null))
    const shelf = createImageShelf(client)
    for (const hash of ['a', 'b', 'a', 'c', 'a', 'b']) await shelf.read(shown(hash))
    // The third one has pushed the second one out, not the first, which was looked at since.
    expect(asked).toHaveLength(4)
  })
})
