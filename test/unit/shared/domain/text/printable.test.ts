import { describe, expect, it } from 'vitest'
import { MAX_VALUE_LENGTH, toLabelSpelling, toPrintable } from '#shared/domain/text/printable.ts'

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
    ['soft\u00adhyphen', 'soft⟨U+00AD⟩hyphen'],
    ['\u115f\u1160\u3164\uffa0', '⟨U+115F⟩⟨U+1160⟩⟨U+3164⟩⟨U+FFA0⟩'],
    ['a\u180eb\u2800c\u034fd', 'a⟨U+180E⟩b⟨U+2800⟩c⟨U+034F⟩d'],
    ['non\u200cjoiner', 'non⟨U+200C⟩joiner'],
    ['عدد\u200cx', 'عدد⟨U+200C⟩x'],
    ['a\ufe0fb\u{e0100}', 'a⟨U+FE0F⟩b⟨U+E0100⟩'],
  ])('makes %j visible', (text, expected) => {
    expect(toPrintable(text)).toBe(expected)
  })

  it.each([
    ['سرویس پرداخت پاسخ نمی\u200cدهد'],
    ['क\u094d\u200dष and ක\u0dca\u200dෂ'],
    ['1\ufe0f\u20e3 ☎\ufe0e 葛\u{e0100}'],
  ])('keeps what belongs to the spelling of a script: %s', (text) => {
    expect(toPrintable(text)).toBe(text)
  })

  it.each([
    ['Spooler stopped on WIN-7\r', 'Spooler stopped on WIN-7'],
    [
      'EventID: 7036\r\nState: stopped\r\r\n\tsc query\r\n',
      'EventID: 7036\nState: stopped\n\tsc query\n',
    ],
  ])('takes line ends of Windows for line ends: %j', (text, expected) => {
    expect(toPrintable(text)).toBe(expected)
  })

  it('cuts what is too long and says how much', () => {
    const text = toPrintable('x'.repeat(10_000))
    expect(text.startsWith('x'.repeat(MAX_VALUE_LENGTH))).toBe(true)
    expect(text).toContain(`${String(10_000 - MAX_VALUE_LENGTH)} more characters cut`)
    expect(toPrintable('abcdef', 3)).toBe('abc… [3 more characters cut]')
  })
})

describe('toLabelSpelling', () => {
  // Identities of alerts in journals are made of it: a change here pages again after an upgrade.
  it.each([
    ['web-01\r', 'web-01⟨U+000D⟩'],
    ['نمی\u200cدهد', 'نمی⟨U+200C⟩دهد'],
    ['soft\u00adhyphen', 'soft\u00adhyphen'],
    ['\u202egnp', '⟨U+202E⟩gnp'],
  ])('keeps %j as it always was kept', (text, expected) => {
    expect(toLabelSpelling(text)).toBe(expected)
  })
})
