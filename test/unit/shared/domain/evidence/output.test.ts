import { describe, expect, it } from 'vitest'
import {
  fromWholeLine,
  MAX_OF_ALL,
  MAX_OF_RUN,
  shareOutputs,
  wholeLinesOf,
} from '#shared/domain/evidence/output.ts'

describe('how much of each output fits', () => {
  it('is all of it, up to what one run may take', () => {
    expect(shareOutputs([])).toEqual([])
    expect(shareOutputs([10, 0, MAX_OF_RUN + 1])).toEqual([10, 0, MAX_OF_RUN])
  })

  it('is the same for the long ones where they have too little room together', () => {
    expect(shareOutputs([5, 100, 40, 1_000], { ofRun: 500, ofAll: 105 })).toEqual([5, 33, 33, 33])
    expect(shareOutputs([5, 100, 40, 1_000], { ofRun: 500, ofAll: 245 })).toEqual([5, 100, 40, 100])
  })

  it('never comes to more than what all may take', () => {
    for (const count of [1, 31, 32, 33, 500]) {
      const shares = shareOutputs(Array.from({ length: count }, (_, index) => index * 100_000))
      expect(shares.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(MAX_OF_ALL)
    }
  })
})

describe('an output that is cut', () => {
  it('is cut at ends of lines where they are near', () => {
    expect(wholeLinesOf('a\nb\nhal')).toBe('a\nb\n')
    expect(wholeLinesOf('a\nb\n')).toBe('a\nb\n')
    expect(fromWholeLine('alf\nb\nc\n')).toBe('b\nc\n')
  })

  it('is cut within a line that is long, at a whole character', () => {
    const long = 'x'.repeat(2_000)
    expect(wholeLinesOf(long)).toBe(long)
    expect(wholeLinesOf(`a\n${long}`)).toBe(`a\n${long}`)
    expect(fromWholeLine(long)).toBe(long)
    expect(fromWholeLine(`\uFFFD\uFFFD${long}\nb`)).toBe(`${long}\nb`)
    expect(fromWholeLine('one line\n')).toBe('one line\n')
  })
})
