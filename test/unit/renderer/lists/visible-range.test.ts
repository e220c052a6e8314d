import { describe, expect, it } from 'vitest'
import { withIndex } from '#renderer/lists/visible-range.ts'

const range = { startIndex: 10, endIndex: 12, overscan: 1, count: 100 }

describe('withIndex', () => {
  it.each([
    [11, [9, 10, 11, 12, 13]],
    [-1, [9, 10, 11, 12, 13]],
    [2, [2, 9, 10, 11, 12, 13]],
    [99, [9, 10, 11, 12, 13, 99]],
    [100, [9, 10, 11, 12, 13]],
  ])('keeps %i in the page', (kept, indices) => {
    expect(withIndex(range, kept)).toEqual(indices)
  })

  it('stays within the list', () => {
    expect(withIndex({ startIndex: 0, endIndex: 1, overscan: 6, count: 2 }, -1)).toEqual([0, 1])
    expect(withIndex({ startIndex: 0, endIndex: 0, overscan: 6, count: 0 }, -1)).toEqual([])
  })
})
