import { describe, expect, it } from 'vitest'
import { stepFrom, type Step } from '#renderer/lists/list-steps.ts'

const shown = Array.from('abcdef', (key) => ({ key }))
const keyOf = ({ key }: { readonly key: string }) => key

describe('stepFrom', () => {
  it.each<[Step, string | null, string]>([
    ['next', null, 'a'],
    ['last', null, 'f'],
    ['next', 'a', 'b'],
    ['next', 'f', 'f'],
    ['previous', 'a', 'a'],
    ['page-down', 'b', 'e'],
    ['page-up', 'b', 'a'],
    ['first', 'e', 'a'],
    ['next', 'not listed', 'a'],
  ])('%s from %s leads to %s', (step, from, to) => {
    expect(stepFrom(shown, keyOf, from, step, 3)).toBe(to)
  })

  it('leads nowhere in an empty list', () => {
    expect(stepFrom([], keyOf, null, 'next', 3)).toBeNull()
    expect(stepFrom([], keyOf, 'a', 'last', 3)).toBeNull()
  })
})
