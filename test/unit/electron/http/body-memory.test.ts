import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBodyMemory } from '#electron/http/body-memory.ts'

const big = `[${'"ß😀 alert",'.repeat(40_000)}1]`

function cut(text: string, sizes: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text)
  const chunks: Buffer[] = []
  let at = 0
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size))
    at = Math.min(at + size, bytes.length)
  }
  return [...chunks, bytes.subarray(at)]
}

describe('the memory of bodies', () => {
  it('says the text, wherever the bytes were cut and whatever came before', () => {
    const memory = createBodyMemory()
    fc.assert(
      fc.property(
        fc.constantFrom(big, `${big} `, big.replace('1]', '2]'), big.slice(2), '[]', ''),
        fc.array(fc.nat({ max: 200_000 }), { maxLength: 5 }),
        (text, sizes) => {
          const chunks = cut(text, sizes)
          expect(memory.textOf('/alerts', chunks, Buffer.byteLength(text))).toBe(text)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('keeps paths apart', () => {
    const memory = createBodyMemory()
    memory.textOf('/a', cut(big, []), Buffer.byteLength(big))
    expect(memory.textOf('/b', cut('[2]', []), 3)).toBe('[2]')
    expect(memory.textOf('/a', cut(big, [7]), Buffer.byteLength(big))).toBe(big)
  })
})
