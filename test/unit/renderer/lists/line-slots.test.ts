import { describe, expect, it } from 'vitest'
import { noSlots, slotsFor, type LineSlots } from '#renderer/lists/line-slots.ts'

const keysOf = (text: string) => text.split('')
const shown = ({ slots }: LineSlots) => [...slots].map(([key, slot]) => `${key}${String(slot)}`)

/** Shows one list after the other; a key that the keyboard is on is in capitals in `active`. */
function after(lists: readonly string[], active: readonly (string | null)[] = []): LineSlots {
  return lists.reduce(
    (before, list, index) => slotsFor(before, keysOf(list), active[index] ?? null),
    noSlots,
  )
}

describe('the elements of a list’s lines', () => {
  it.each([
    ['are new at first', ['abc'], ['a0', 'b1', 'c2']],
    ['stay with the lines that stay', ['abc', 'ac'], ['a0', 'c2']],
    ['are taken over when all lines are others', ['abc', 'xyz'], ['x0', 'y1', 'z2']],
    ['are added where more lines come than went', ['ab', 'xyz'], ['x0', 'y1', 'z2']],
    // To take over would be to move: the page makes a new one for less.
    ['are not moved when the list scrolls by a line', ['abc', 'bcd'], ['b1', 'c2', 'd3']],
    ['are not moved when it scrolls back', ['bcd', 'abc'], ['a3', 'b0', 'c1']],
    ['are taken over between two lines that stay', ['axyb', 'apqb'], ['a0', 'p1', 'q2', 'b3']],
    ['are taken over before and behind a line that stays', ['xay', 'paq'], ['p0', 'a1', 'q2']],
    ['go with a list that is empty', ['abc', '', 'x'], ['x3']],
  ])('%s', (_what, lists, expected) => {
    expect(shown(after(lists))).toEqual(expected)
  })

  it('are not taken over from the line that the keyboard was on', () => {
    expect(shown(after(['abc', 'xyz'], ['b', null]))).toEqual(['x0', 'y2', 'z3'])
    expect(shown(after(['abc', 'xyz'], ['b', 'z']))).toEqual(['x0', 'y2', 'z3'])
  })

  it('are taken over from a line that the keyboard has left', () => {
    expect(shown(after(['abc', 'abc', 'xyz'], ['b', null, null]))).toEqual(['x0', 'y1', 'z2'])
  })

  it('are each of one line only, whatever changes', () => {
    const all = keysOf('abcdefghijkl')
    let state = noSlots
    for (let turn = 0; turn < 200; turn += 1) {
      const keys = all.filter((_, index) => (turn * 7 + index * 5) % 11 < 6)
      const list = turn % 3 === 0 ? keys.toReversed() : keys
      state = slotsFor(state, list, list[turn % 4] ?? null)
      expect([...state.slots.keys()]).toEqual(list)
      expect(new Set(state.slots.values()).size).toBe(list.length)
    }
  })

  it('are the same object while nothing changes', () => {
    const state = after(['abc'])
    expect(slotsFor(state, ['a', 'b', 'c'], null)).toBe(state)
    expect(slotsFor(state, ['a', 'b', 'd'], null)).not.toBe(state)
    expect(slotsFor(state, ['a', 'b', 'c'], 'a')).not.toBe(state)
  })
})
