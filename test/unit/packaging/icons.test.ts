import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodePng } from '#test/fixtures/png.ts'
import { inRepository } from '#test/integration/packaging/configuration.ts'

const read = (path: string) => readFileSync(inRepository(`assets/${path}`))

/** Width and height of a PNG that has an alpha channel. */
function pngSize(png: Buffer): readonly [number, number] {
  expect(png.toString('latin1', 1, 8)).toBe('PNG\r\n\u001a\n')
  // Colour type 6: red, green, blue and opacity.
  expect(png[25]).toBe(6)
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}

/** The pixels of a bitmap as a PNG has them: from the top, and red before blue. */
function pixelsOfBitmap(bitmap: Buffer, size: number): Buffer {
  const stride = size * 4
  const rows = Array.from({ length: size }, (_, row) => {
    const from = 40 + (size - 1 - row) * stride
    return bitmap.subarray(from, from + stride)
  })
  const pixels = Buffer.concat(rows)
  for (let at = 0; at < pixels.length; at += 4) {
    const blue = pixels[at]!
    pixels[at] = pixels[at + 2]!
    pixels[at + 2] = blue
  }
  return pixels
}

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

describe('the icon', () => {
  it.each(sizes)('is there at %i pixels', (size) => {
    expect(pngSize(read(`icons/${String(size)}x${String(size)}.png`))).toEqual([size, size])
  })

  it('is there for Windows: bitmaps, and a PNG where it is large', () => {
    const ico = read('icons/icon.ico')
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1])
    const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const at = 6 + 16 * index
      const from = ico.readUInt32LE(at + 12)
      // 256 does not fit into a byte and is written as 0.
      const size = ico[at] === 0 ? 256 : ico[at]!
      return { size, payload: ico.subarray(from, from + ico.readUInt32LE(at + 8)) }
    })
    expect(entries.map(({ size }) => size)).toEqual([16, 24, 32, 48, 64, 128, 256])
    for (const { size, payload } of entries) {
      if (size === 256) {
        expect(pngSize(payload)).toEqual([256, 256])
        continue
      }
      // Width; twice the height, for the mask; bits of a pixel.
      expect([payload.readInt32LE(4), payload.readInt32LE(8), payload.readUInt16LE(14)]).toEqual([
        size,
        size * 2,
        32,
      ])
      expect(payload.length).toBe(40 + size * size * 4 + Math.ceil(size / 32) * 4 * size)
      const name = `${String(size)}x${String(size)}.png`
      expect(
        pixelsOfBitmap(payload, size).equals(decodePng(read(`icons/${name}`)).data),
        name,
      ).toBe(true)
    }
  })

  it('is there for macOS, plain and doubled', () => {
    const icns = read('icons/icon.icns')
    expect(icns.toString('latin1', 0, 4)).toBe('icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    const found: Record<string, number> = {}
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const [width] = pngSize(icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)))
      found[icns.toString('latin1', at, at + 4)] = width
    }
    expect(found).toEqual({
      ic11: 32,
      ic12: 64,
      ic07: 128,
      ic13: 256,
      ic08: 256,
      ic14: 512,
      ic09: 512,
      ic10: 1024,
    })
  })
})
