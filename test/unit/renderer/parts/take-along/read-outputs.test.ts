import { describe, expect, it } from 'vitest'
import type { InputOf, OperationName } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Execution } from '#shared/domain/execution/schema.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { readOutputs } from '#renderer/parts/take-along/read-outputs.ts'
import { adaOfStory, requestWith, resultWith } from '#test/fixtures/evidence-story.ts'

const KIB = 1_024

function runWith(executionId: string, bytes: number | null): Execution {
  const result = bytes === null ? null : resultWith({ output: { bytes, lines: 1, isCut: false } })
  const [requestedAt, startedAt, finishedAt] = [1, 2, bytes === null ? null : 3]
  const request = requestWith({ executionId })
  return { ...request, requestedAt, requestedBy: adaOfStory, startedAt, finishedAt, result }
}

/** Answers as the engine does: pages of these texts, cut between characters. */
function engineWith(texts: Readonly<Record<string, string | ContractError>>) {
  const asked: InputOf<'execution.output'>[] = []
  const request = (name: OperationName, input: unknown) => {
    expect(name).toBe('execution.output')
    const { executionId, offset = 0, limit = 0 } = input as InputOf<'execution.output'>
    asked.push({ executionId, offset, limit })
    const text = texts[executionId]
    if (typeof text !== 'string') {
      return Promise.resolve(fail(text ?? { code: 'not-found', message: 'Gone.' }))
    }
    const bytes = Buffer.from(text)
    let end = Math.min(bytes.length, offset + limit)
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
    return Promise.resolve(
      ok({
        text: bytes.toString('utf8', offset, end),
        offset,
        next: end < bytes.length ? end : null,
        size: bytes.length,
        state: 'complete',
      }),
    )
  }
  return { asked, client: { request } as Parameters<typeof readOutputs>[0] }
}

const lines = (count: number, line = 'ä line') =>
  Array.from({ length: count }, (_, index) => `${line} ${String(index)}\n`).join('')

describe('the outputs of runs', () => {
  it('are read whole as long as they fit', async () => {
    const long = lines(10_000)
    const { asked, client } = engineWith({ short: 'one\n', long })
    const bytes = Buffer.byteLength(long)
    const outputs = await readOutputs(client, [
      runWith('short', 4),
      runWith('silent', 0),
      runWith('long', bytes),
    ])
    expect([...outputs]).toEqual([
      ['short', { kind: 'whole', text: 'one\n' }],
      ['silent', { kind: 'whole', text: '' }],
      ['long', { kind: 'whole', text: long }],
    ])
    expect(asked).toEqual([
      { executionId: 'short', offset: 0, limit: KIB },
      { executionId: 'long', offset: 0, limit: bytes },
    ])
  })

  it('that are too long are their first and their last lines, with how much lies between', async () => {
    const text = lines(60_000)
    const size = Buffer.byteLength(text)
    const { client } = engineWith({ a: text })
    const output = (await readOutputs(client, [runWith('a', size)])).get('a')
    if (output?.kind !== 'cut') throw new Error('not cut')
    const { head, tail, leftOut } = output
    expect(text.startsWith(head)).toBe(true)
    expect(text.endsWith(tail)).toBe(true)
    expect(tail).toMatch(/^ä line \d+\n/)
    const kept = Buffer.byteLength(head + tail)
    expect(kept).toBeLessThanOrEqual(256 * KIB)
    expect(kept).toBeGreaterThan(250 * KIB)
    expect(leftOut).toBe(size - kept)
  })

  it('are counted to the byte where a line without end is cut within a character', async () => {
    const text = `x${'ä'.repeat(200_000)}`
    const { client } = engineWith({ a: text })
    const output = (await readOutputs(client, [runWith('a', Buffer.byteLength(text))])).get('a')
    if (output?.kind !== 'cut') throw new Error('not cut')
    expect(output.head + output.tail).toMatch(/^xä+$/)
    const kept = Buffer.byteLength(output.head + output.tail)
    expect(kept + output.leftOut).toBe(Buffer.byteLength(text))
  })

  it('that are still printed are read as far as they are there', async () => {
    const half = lines(15_000)
    const { client } = engineWith({ a: 'so far\n', b: half })
    const outputs = await readOutputs(client, [runWith('a', null), runWith('b', null)])
    expect(outputs.get('a')).toEqual({ kind: 'whole', text: 'so far\n' })
    expect(outputs.get('b')).toEqual({ kind: 'whole', text: half })
  })

  it('share the room where they are many', async () => {
    const text = lines(40_000)
    const ids = Array.from({ length: 100 }, (_, index) => `run-${String(index)}`)
    const { client } = engineWith(Object.fromEntries(ids.map((id) => [id, text])))
    const runs = ids.map((id) => runWith(id, Buffer.byteLength(text)))
    const outputs = [...(await readOutputs(client, runs)).values()]
    const kept = outputs.map((each) => (each.kind === 'cut' ? each.head + each.tail : ''))
    const all = Buffer.byteLength(kept.join(''))
    expect(all).toBeLessThanOrEqual(8 * KIB * KIB)
    expect(all).toBeGreaterThan(7.5 * KIB * KIB)
  })

  it('that are not kept any more say so, and the others are read', async () => {
    const { client } = engineWith({ b: 'b\n' })
    const outputs = await readOutputs(client, [runWith('a', 2), runWith('b', 2)])
    expect([...outputs.values()]).toEqual([
      { kind: 'missing', why: 'Its output is not here: Gone.' },
      { kind: 'whole', text: 'b\n' },
    ])
  })

  it('are not asked for any more once the engine does not answer', async () => {
    const lost = { code: 'engine-unreachable', message: 'Nothing was done.' } as const
    const { asked, client } = engineWith({ a: lost, b: 'b\n' })
    const outputs = await readOutputs(client, [runWith('a', 2), runWith('b', 2)])
    expect(asked).toHaveLength(1)
    const why = 'Its output is not here: Deckwatch could not be reached when this was exported.'
    expect([...outputs.values()]).toEqual([
      { kind: 'missing', why },
      { kind: 'missing', why },
    ])
  })

  it('of which only the first part can be read are missing', async () => {
    const text = lines(60_000)
    const whole = engineWith({ a: text })
    let count = 0
    const client = {
      request: (name: OperationName, input: unknown) => {
        count += 1
        if (count > 1) return Promise.resolve(fail({ code: 'not-found', message: 'Gone.' }))
        return whole.client.request(name as 'execution.output', input as never)
      },
    } as Parameters<typeof readOutputs>[0]
    const outputs = await readOutputs(client, [runWith('a', Buffer.byteLength(text))])
    expect(outputs.get('a')).toEqual({ kind: 'missing', why: 'Its output is not here: Gone.' })
  })
})
