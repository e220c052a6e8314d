import { describe, expect, it } from 'vitest'
import { cleanAnnotations, cleanLabels, isSameMap, labelsKey } from '#electron/polling/labels.ts'

const parse = (text: string) => JSON.parse(text) as Readonly<Record<string, string>>

describe('cleaned labels', () => {
  it('come back as they are when nothing deceives', () => {
    const labels = { alertname: 'Größe', path: 'a\tb\nc' }
    expect(cleanLabels(labels)).toEqual({ labels, isCleaned: false })
    expect(cleanLabels(labels).labels).toBe(labels)
  })

  it('show deceptive characters of names and values, and cut what is too long', () => {
    const { labels, isCleaned } = cleanLabels({ 'a\u202e': 'x\u0000', long: 'x'.repeat(10_000) })
    expect(isCleaned).toBe(true)
    expect(labels['a⟨U+202E⟩']).toBe('x⟨U+0000⟩')
    expect(labels['long']).toMatch(/^x{8192}… \[1808 more characters cut\]$/)
  })

  it('take line ends of Windows for line ends in annotations alone', () => {
    expect(cleanAnnotations({ summary: 'stopped\r' }).labels).toEqual({ summary: 'stopped' })
    expect(cleanLabels({ host: 'win-7\r' }).labels).toEqual({ host: 'win-7⟨U+000D⟩' })
  })

  it('keep both of two names that become the same', () => {
    const { labels } = cleanLabels({ 'a\u202e': '1', 'a⟨U+202E⟩': '2' })
    expect(labels).toEqual({ 'a⟨U+202E⟩': '1', 'a⟨U+202E⟩′': '2' })
  })

  it('keep a label named __proto__ where it can be seen', () => {
    const { labels, isCleaned } = cleanLabels(parse('{"__proto__":"x","alertname":"A"}'))
    expect(isCleaned).toBe(true)
    expect(Object.entries(labels)).toEqual([
      ['⟨__proto__⟩', 'x'],
      ['alertname', 'A'],
    ])
  })
})

describe('comparing maps from JSON', () => {
  it.each([
    ['{"a":"1"}', '{"a":"1"}', true],
    ['{"a":"1","b":"2"}', '{"b":"2","a":"1"}', true],
    ['{"a":"1"}', '{"a":"2"}', false],
    ['{"a":"1"}', '{"a":"1","b":"2"}', false],
    ['{"a":"1","b":"2"}', '{"a":"1"}', false],
    ['{"a":"1"}', '{"b":"1"}', false],
    ['{"toString":"1"}', '{"valueOf":"1"}', false],
    ['{"__proto__":"1"}', '{"__proto__":"1"}', true],
    ['{"__proto__":"1"}', '{"__proto__":"2"}', false],
    ['{"__proto__":"1"}', '{"x":"1"}', false],
    ['null', '{}', false],
    ['[]', '{}', false],
  ])('%s and %s: %s', (a, b, isSame) => {
    expect(isSameMap(JSON.parse(a), JSON.parse(b))).toBe(isSame)
    expect(isSameMap(JSON.parse(b), JSON.parse(a))).toBe(isSame)
  })

  it('the key of labels does not depend on their order', () => {
    expect(labelsKey({ a: '1', b: '2' })).toBe(labelsKey({ b: '2', a: '1' }))
    expect(labelsKey({ a: '1", "b', c: '' })).not.toBe(labelsKey({ a: '1', b: '', c: '' }))
  })
})
