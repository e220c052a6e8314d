import { describe, expect, it } from 'vitest'
import { findDeepLink, readDeepLink } from '#electron/host/desktop/security/deep-link.ts'

describe('readDeepLink', () => {
  it('takes the id of an incident, and nothing else', () => {
    expect(readDeepLink('deckwatch://incident/aB3_-x')).toBe('aB3_-x')
    expect(readDeepLink('deckwatch://incident/aB3_-x/')).toBe('aB3_-x')
  })

  it.each([
    ['another host', 'deckwatch://evil.example/abc'],
    ['another host that begins alike', 'deckwatch://incident.evil.example/abc'],
    ['a port', 'deckwatch://incident:80/abc'],
    ['credentials', 'deckwatch://user:secret@incident/abc'],
    ['an encoded slash', 'deckwatch://incident/a%2fb'],
    ['a way up', 'deckwatch://incident/..'],
    ['a deeper path', 'deckwatch://incident/a/b'],
    ['a query', 'deckwatch://incident/a?run=1'],
    ['a fragment', 'deckwatch://incident/a#b'],
    ['another scheme', 'javascript:alert(1)//deckwatch://incident/a'],
    ['no id', 'deckwatch://incident/'],
    ['a space', 'deckwatch://incident/a b'],
    ['a line break after it', 'deckwatch://incident/abc\n'],
    ['a null', 'deckwatch://incident/a\0'],
    ['letters that look alike', 'deckwatch://incident/аbc'],
    ['10 kB', `deckwatch://incident/${'a'.repeat(10_000)}`],
    ['no text at all', ['deckwatch://incident/a']],
  ])('refuses %s', (_what, text) => {
    expect(readDeepLink(text)).toBeNull()
  })
})

describe('findDeepLink', () => {
  it('finds the link among arguments that Chromium adds, readable or not', () => {
    const link = 'deckwatch://incident/abc'
    expect(findDeepLink(['/bin/deckwatch', '--flag=1', link, '/tmp'])).toBe(link)
    expect(findDeepLink(['DECKWATCH:anything'])).toBe('DECKWATCH:anything')
    expect(findDeepLink(['/bin/deckwatch', '--hidden'])).toBeNull()
  })
})
