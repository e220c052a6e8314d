import { describe, expect, it } from 'vitest'
import { MAX_VALUE_LENGTH, toPrintable } from '#shared/domain/text/printable.ts'

describe('toPrintable', () => {
  it('leaves ordinary texts of any language as they are', () => {
    for (const text of ['', 'plain', 'größe 日本語 עברית 👩‍🚒 👨‍👩‍👧 👩🏽‍🚒 ❤️‍🔥', 'two\nlines\tand tab']) {
      expect(toPrintable(text)).toBe(text)
    }
  })

  it.each([
    ['\u202egnp.exe', '⟨U+202E⟩gnp.exe'],
    ['a\u0000b\u001b[31m', 'a⟨U+0000⟩b⟨U+001B⟩[31m'],
    ['zero\u200bwidth\ufeff', 'zero⟨U+200B⟩width⟨U+FEFF⟩'],
    ['join\u200der', 'join⟨U+200D⟩er'],
    ['🚒\u200dx', '🚒⟨U+200D⟩x'],
    ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
    ['lone\ud800', 'lone⟨U+D800⟩'],
    ['carriage\rreturn', 'carriage⟨U+000D⟩return'],
  ])('makes %j visible', (text, expected) => {
    expect(toPrintable(text)).toBe(expected)
  })

  it('cuts what is too long and says how much', () => {
    const text = toPrintable('x'.repeat(10_000))
    expect(text.startsWith('x'.repeat(MAX_VALUE_LENGTH))).toBe(true)
    expect(text).toContain(`${String(10_000 - MAX_VALUE_LENGTH)} more characters cut`)
    expect(toPrintable('abcdef', 3)).toBe('abc… [3 more characters cut]')
  })
})
