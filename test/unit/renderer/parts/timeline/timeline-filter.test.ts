import { expect, it } from 'vitest'
import type { MarkedEntry } from '#shared/domain/timeline/marked.ts'
import { entryKinds, entryTest, type EntryKind } from '#renderer/parts/timeline/timeline-filter.ts'

function entryWith(over: Partial<MarkedEntry>): MarkedEntry {
  return {
    seq: 1,
    at: 0,
    actor: { kind: 'deckwatch' },
    kind: 'incident',
    type: 'incident.triggered',
    text: 'Incident opened',
    isDeed: false,
    count: 1,
    last: { seq: 1, at: 0 },
    isStarred: false,
    correction: null,
    ...over,
  }
}

const ada = { kind: 'person', id: 'ada', name: 'Ada' } as const
const image = {
  imageId: 'i',
  name: 'latency.png',
  mediaType: 'image/png' as const,
  size: 1,
  hash: 'a'.repeat(64),
  caption: '',
}
const entries = {
  opened: entryWith({}),
  fired: entryWith({ kind: 'alert', type: 'alert.fired', text: 'Slow', objects: ['shop/cart-1'] }),
  note: entryWith({
    kind: 'note',
    type: 'incident.noted',
    actor: ada,
    text: 'Two',
    isStarred: true,
  }),
  run: entryWith({ kind: 'person', type: 'execution.requested', actor: ada, text: 'ran df' }),
  deployed: entryWith({ type: 'change.recorded', text: 'Deployed shop v2', detail: 'by ci' }),
  shown: entryWith({ kind: 'person', type: 'image.added', actor: ada, text: 'added', image }),
  unknown: entryWith({ type: 'of.another-version', text: 'Something' }),
}

function found(kind: EntryKind, text = ''): readonly string[] {
  const test = entryTest({ kind, text }, ({ isDeed, text: words }) => ({
    who: isDeed ? 'You' : null,
    text: words,
  }))
  return Object.entries(entries).flatMap(([name, entry]) => (test(entry) ? [name] : []))
}

it.each<readonly [EntryKind, readonly string[]]>([
  ['all', Object.keys(entries)],
  ['alerts', ['fired']],
  ['people', ['note', 'run', 'shown']],
  ['runs', ['run']],
  ['changes', ['deployed']],
  ['notes', ['note', 'shown']],
  ['starred', ['note']],
])('looks for %s', (kind, names) => {
  expect(found(kind)).toEqual(names)
})

it('looks for words in all that an entry says', () => {
  for (const [text, names] of [
    ['CART-1', ['fired']],
    ['latency', ['shown']],
    ['ada', ['note', 'run', 'shown']],
    ['shop ci', ['deployed']],
    ['shop nothing', []],
    ['   ', Object.keys(entries)],
  ] as const) {
    expect(found('all', text)).toEqual(names)
  }
  const correction = { text: 'Three', by: ada, at: 0, seq: 9 }
  const test = entryTest({ kind: 'all', text: 'three' }, ({ text }) => ({ who: null, text }))
  expect(test(entryWith({ correction }))).toBe(true)
})

it('has a name for every kind', () => {
  expect(new Set(Object.values(entryKinds)).size).toBe(Object.keys(entryKinds).length)
})
