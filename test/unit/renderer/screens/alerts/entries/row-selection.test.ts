import { describe, expect, it } from 'vitest'
import type { AlertEntry } from '#renderer/screens/alerts/entries/alert-entry.ts'
import {
  allOf,
  extentOf,
  rangeTo,
  toggled,
} from '#renderer/screens/alerts/entries/row-selection.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'

const shown = Array.from('abcdef', (key): AlertEntry => ({
  key,
  alert: alertWith({ key }),
  incident: null,
  isGone: key === 'f',
}))
const text = (keys: ReadonlySet<string>) => [...keys].sort().join('')

describe('choosing lines', () => {
  it('turns one on and off', () => {
    expect(text(toggled(new Set(['a']), 'b'))).toBe('ab')
    expect(text(toggled(new Set(['a']), 'a'))).toBe('')
  })

  it('takes a range in either direction, which can shrink again', () => {
    const start = { key: 'c', before: new Set(['a']) }
    expect(text(rangeTo(shown, start, 'e'))).toBe('acde')
    expect(text(rangeTo(shown, start, 'd'))).toBe('acd')
    expect(text(rangeTo(shown, start, 'b'))).toBe('abc')
    expect(text(rangeTo(shown, { ...start, key: 'gone' }, 'd'))).toBe('ad')
    expect(text(rangeTo(shown, start, 'gone'))).toBe('a')
  })

  it('takes all but what is gone', () => {
    expect(text(allOf(shown))).toBe('abcde')
  })

  it.each([
    ['none', ''],
    ['none', 'xyz'],
    ['some', 'ab'],
    ['some', 'abcdx'],
    ['all', 'abcde'],
  ] as const)('has chosen %s of the list with “%s”', (extent, keys) => {
    expect(extentOf(shown, new Set(keys))).toBe(extent)
    expect(extentOf([], new Set(keys))).toBe('none')
  })
})
