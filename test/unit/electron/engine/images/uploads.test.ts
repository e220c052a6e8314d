import { describe, expect, it } from 'vitest'
import { createImageUploads } from '#electron/engine/images/uploads.ts'
import { MAX_IMAGE_BYTES } from '#shared/domain/image/schema.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(92, 7)])
const piece = (offset: number, length: number, size = png.length) => ({
  size,
  offset,
  bytes: png.subarray(offset, offset + length),
})

describe('an image that is sent in pieces', () => {
  it('is whole once all of them came, also where an answer was lost', () => {
    const uploads = createImageUploads(createFakeClock())
    expect(uploads.send('a', piece(0, 60))).toEqual({ ok: true, value: 60 })
    expect(uploads.read('a')).toMatchObject({ error: { code: 'not-allowed-now' } })
    expect(uploads.send('a', piece(0, 60))).toEqual({ ok: true, value: 60 })
    expect(uploads.send('a', piece(60, 40))).toEqual({ ok: true, value: 100 })
    const read = uploads.read('a')
    expect(read.ok && Buffer.from(read.value.bytes).equals(png)).toBe(true)
    uploads.forget('a')
    expect(uploads.read('a').ok).toBe(false)
  })

  it('is refused by its size and by what it is, before anything is kept', () => {
    const uploads = createImageUploads(createFakeClock())
    expect(uploads.send('a', piece(0, 60, 2 * MAX_IMAGE_BYTES))).toMatchObject({
      error: { message: 'This image is 20 MiB; the limit is 10 MiB. Nothing was added.' },
    })
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    expect(uploads.send('a', { size: svg.length, offset: 0, bytes: svg })).toMatchObject({
      error: { message: expect.stringContaining('Only PNG, JPEG, WebP and GIF') },
    })
    expect(uploads.read('a').ok).toBe(false)
  })

  it('is begun anew where a piece is missing, or more comes than was said', () => {
    const uploads = createImageUploads(createFakeClock())
    expect(uploads.send('a', piece(60, 40))).toMatchObject({ error: { code: 'not-allowed-now' } })
    uploads.send('a', piece(0, 30))
    expect(uploads.send('a', piece(60, 40)).ok).toBe(false)
    expect(uploads.send('a', piece(30, 30)).ok).toBe(false)
    uploads.send('b', piece(0, 60, 80))
    expect(uploads.send('b', piece(60, 40, 80)).ok).toBe(false)
  })

  it('waits while four others are under way, and takes the place of one that stopped', async () => {
    const clock = createFakeClock()
    const uploads = createImageUploads(clock)
    for (const key of ['a', 'b', 'c', 'd']) uploads.send(key, piece(0, 60))
    expect(uploads.send('e', piece(0, 60))).toMatchObject({ error: { code: 'not-allowed-now' } })
    await clock.advance(60_000)
    expect(uploads.send('e', piece(0, 60)).ok).toBe(true)
    expect(uploads.send('a', piece(60, 40)).ok).toBe(false)
  })
})
