import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  noEntries,
  searchText,
  updateEntries,
} from '#renderer/screens/alerts/entries/alert-entry.ts'
import {
  mergeOrder,
  sortColumns,
  sortEntries,
} from '#renderer/screens/alerts/entries/alert-order.ts'
import { compareLists } from '#renderer/lists/steady-list.ts'
import type { Alert, AlertStatus } from '#shared/domain/alert/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

const mapOf = (alerts: readonly Alert[]) => new Map(alerts.map((alert) => [alert.key, alert]))
const incidents = (over: Partial<Incident> = {}) =>
  new Map([['i1', incidentWith({ id: 'i1', ...over })]])

describe('updateEntries', () => {
  it('keeps what did not change, and names what did', () => {
    const [a, b] = [alertWith({ key: 'a' }), alertWith({ key: 'b' })]
    const first = updateEntries(noEntries, mapOf([a, b]), incidents())
    expect(first.changed).toHaveLength(2)
    const second = updateEntries(first, mapOf([a, { ...b, severity: 'P0' }]), incidents())
    expect(second.byKey.get('a')).toBe(first.byKey.get('a'))
    expect(second.changed.map(({ key }) => key)).toEqual(['b'])
    expect([...second.replaced].map(({ key }) => key)).toEqual(['b'])
    const third = updateEntries(second, mapOf([a]), incidents())
    expect(third.changed).toEqual([])
    expect([...third.replaced].map(({ key }) => key)).toEqual(['b'])
  })

  it('takes no notice of the counts of an incident, but of who has it', () => {
    const alerts = mapOf([alertWith({ key: 'a' })])
    const start = incidents()
    const before = updateEntries(noEntries, alerts, start)
    const counted = new Map([['i1', { ...start.get('i1')!, revision: 9, changedAt: 99 }]])
    expect(updateEntries(before, alerts, counted).changed).toEqual([])
    const by = { kind: 'person', id: 'ada', name: 'ada' } as const
    const taken = incidents({ acknowledged: { at: 1, by, severity: 'P2' } })
    expect(updateEntries(before, alerts, taken).changed).toHaveLength(1)
  })
})

describe('searchText', () => {
  it('holds all words of an alert, in small letters', () => {
    const alert = alertWith({
      key: 'a',
      labels: { alertname: 'ApiDown', pod: 'API-1' },
      annotations: { summary: 'The API is DOWN' },
      endedBy: 'am-EU',
    })
    const [entry] = updateEntries(
      noEntries,
      mapOf([alert]),
      incidents({ title: 'Big One' }),
    ).changed
    const text = searchText(entry!)
    for (const word of ['apidown', 'pod=api-1', 'the api is down', 'am-eu', 'big one']) {
      expect(text).toContain(word)
    }
  })
})

describe('the order of the list', () => {
  const alert = fc.record({
    key: fc.constantFrom(...Array.from('abcdefghij')),
    severity: fc.constantFrom<Severity[]>('P0', 'P1', 'P2', 'P3'),
    status: fc.constantFrom<AlertStatus[]>('firing', 'unconfirmed', 'resolved'),
    startsAt: fc.integer({ min: 0, max: 3 }),
    statusSince: fc.integer({ min: 0, max: 3 }),
    name: fc.constantFrom('x', 'y', 'z'),
  })
  const some = fc
    .uniqueArray(alert, { selector: ({ key }) => key })
    .map((list) =>
      list.map(({ name, ...over }) => alertWith({ ...over, labels: { alertname: name } })),
    )
  const sort = fc.record({ column: fc.constantFrom(...sortColumns), isReversed: fc.boolean() })

  it('is the same whether it is made anew or follows what changed', () => {
    fc.assert(
      fc.property(some, some, sort, (before, after, by) => {
        const first = updateEntries(noEntries, mapOf(before), incidents())
        const second = updateEntries(first, mapOf(after), incidents())
        const followed = mergeOrder(sortEntries(first, by), second, by)
        expect(followed).toEqual(sortEntries(second, by))
      }),
    )
  })

  it('has what is over after what is not, then the worst first, then the newest', () => {
    const entries = updateEntries(
      noEntries,
      mapOf([
        alertWith({ key: 'over', severity: 'P0', status: 'resolved' }),
        alertWith({ key: 'old', startsAt: 1 }),
        alertWith({ key: 'new', startsAt: 2 }),
        alertWith({ key: 'worst', severity: 'P1' }),
      ]),
      incidents(),
    )
    const keys = sortEntries(entries, { column: 'severity', isReversed: false }).map(
      ({ key }) => key,
    )
    expect(keys).toEqual(['worst', 'new', 'old', 'over'])
  })
})

describe('compareLists', () => {
  const compare = (shown: string, live: string) => {
    const news = compareLists(Array.from(shown), Array.from(live), (key) => key)
    return news && { ...news, added: news.added.join('') }
  }

  it.each([
    ['abc', 'abc', null],
    ['', '', null],
    ['abc', 'abxc', { added: 'x', gone: 0, isMoved: false }],
    ['abc', 'ac', { added: '', gone: 1, isMoved: false }],
    ['abc', 'acb', { added: '', gone: 0, isMoved: true }],
    ['abc', 'xcy', { added: 'xy', gone: 2, isMoved: false }],
    ['abcd', 'xdb', { added: 'x', gone: 2, isMoved: true }],
  ])('%s against %s', (shown, live, expected) => {
    expect(compare(shown, live)).toEqual(expected)
  })
})
