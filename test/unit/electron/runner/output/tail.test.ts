import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTail } from '#electron/runner/output/tail.ts'

describe('the tail of an output', () => {
  it('is its end, in whatever pieces it came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 30 })),
        fc.integer({ min: 1, max: 40 }),
        (pieces, length) => {
          const tail = createTail(length)
          for (const piece of pieces) tail.push(piece)
          expect(tail.text()).toBe(pieces.join('').slice(-length))
        },
      ),
    )
  })

  it('does not begin in the middle of a character', () => {
    const tail = createTail(3)
    tail.push('🚀ab')
    tail.push('')
    expect(tail.text()).toBe('ab')
  })
})
