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
          const known = memory.recall('/alerts', '', chunks)
          expect(known ?? text).toBe(text)
          if (known === null) memory.keep('/alerts', '', chunks, text)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('keeps paths and packings apart, and nothing that is small', () => {
    const memory = createBodyMemory()
    memory.keep('/a', '', cut(big, []), big)
    memory.keep('/b', '', cut('[2]', []), '[2]')
    expect(memory.recall('/b', '', cut('[2]', []))).toBeNull()
    expect(memory.recall('/b', '', cut(big, []))).toBeNull()
    expect(memory.recall('/a', 'gzip', cut(big, []))).toBeNull()
    expect(memory.recall('/a', '', cut(big, [7]))).toBe(big)
  })
})
