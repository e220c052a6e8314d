import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertEntry } from '#renderer/screens/alerts/entries/alert-entry.ts'
import { readFilter } from '#renderer/screens/alerts/filter/alert-filter.ts'
import {
  formatTerm,
  MAX_FILTER_LENGTH,
  readTerms,
  withLabel,
  withoutTerm,
} from '#renderer/lists/filter-terms.ts'
import type { Observation } from '#shared/domain/alert/schema.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { ada, bo, readBy } from '#test/fixtures/persons.ts'
import type { Reader } from '#shared/domain/person/identity.ts'

const NOW = 10 * 3_600_000
const by = { kind: 'person', id: 'ada', name: 'ada' } as const

function entryOf(
  over: Parameters<typeof alertWith>[0],
  incident: Parameters<typeof incidentWith>[0] | null = { id: 'i1' },
): AlertEntry {
  const alert = alertWith(over)
  return {
    key: alert.key,
    alert,
    incident: incident && incidentWith(incident),
    isGone: false,
  }
}

const observation: Observation = {
  presence: 'present',
  startsAt: 1_000,
  generatorUrl: null,
  receivers: ['oncall'],
  suppression: null,
}

const api = entryOf(
  {
    key: 'api',
    labels: { alertname: 'ApiDown', severity: 'critical', pod: 'api-1' },
    annotations: { summary: 'The checkout API is down' },
    severity: 'P0',
    startsAt: NOW - 60_000,
    observations: { 'am-eu': observation },
  },
  { id: 'i1', status: 'acknowledged', acknowledged: { at: 1, by, severity: 'P0' } },
)
const disk = entryOf({
  key: 'disk',
  labels: { alertname: 'DiskFull', severity: 'warning', 'odd name': 'a "quoted" one' },
  startsAt: NOW - 7_200_000,
  suppression: [{ kind: 'silence', id: 's', createdBy: 'bo', comment: null, endsAt: null }],
})
const over = entryOf({ key: 'over', status: 'resolved', statusSince: NOW - 30_000, startsAt: 0 })
const all = [api, disk, over]

function matching(
  text: string,
  who: { readonly me: Reader | undefined } = { me: readBy(ada) },
): string[] {
  const read = readFilter(text)
  if (!read.ok) throw new Error(read.error.message)
  const test = read.value.compile({ now: NOW, ...who })
  return all.filter(test).map(({ key }) => key)
}

function problemOf(text: string): string {
  const read = readFilter(text)
  return read.ok ? '' : `${String(read.error.offset)}: ${read.error.message}`
}

describe('a filter', () => {
  it.each([
    ['', 'api disk over'],
    ['alertname="ApiDown"', 'api'],
    ['alertname=ApiDown', 'api'],
    ['{alertname="ApiDown", severity=~"crit.*"}', 'api'],
    ['severity!~"crit.*|warn.*"', 'over'],
    ['pod=""', 'disk over'],
    ['"odd name"="a \\"quoted\\" one"', 'disk'],
    ['severity = "warning"', 'disk'],
    ['CHECKOUT api', 'api'],
    ['"checkout api"', 'api'],
    ['!checkout', 'disk'],
    ['pod=api-1', 'api'],
    ['"am-eu"', 'api'],
    ['@state=suppressed', 'disk'],
    ['@state=silenced', 'disk'],
    ['@state=resolved', 'over'],
    ['@state!=resolved', 'api disk'],
    ['@state=~"sil.*|res.*"', 'disk over'],
    ['@severity=p0', 'api'],
    ['@severity=Critical', 'api'],
    ['@source=am-eu', 'api'],
    ['@receiver=oncall', 'api'],
    ['@acknowledged=me', 'api'],
    ['@acknowledged=Ada', 'api'],
    ['@acknowledged=bo', ''],
    ['@age<5m', 'api over'],
    ['@age>1h30m', 'disk'],
  ])('%s lets through: %s', (text, keys) => {
    expect(matching(text).join(' ')).toBe(keys)
  })

  it('knows the name that a state had in saved filters', () => {
    expect(matching('@state!=needs-you')).toEqual(matching('@state!=triggered'))
    expect(problemOf('@state=needs-you')).toBe('')
  })

  it('does not take somebody else for me', () => {
    expect(matching('@acknowledged=me', { me: readBy(bo) })).toEqual([])
    expect(matching('@acknowledged=me', { me: undefined })).toEqual([])
  })

  it.each([
    ['alertname=', '10: A value is missing after alertname=; "" stands for none.'],
    ['alertname="x', '10: The quote that opens here is not closed.'],
    ['"x', '0: The quote that opens here is not closed.'],
    ['ok @', '3: After @ comes a condition, such as @state=suppressed.'],
    ['!', '0: After "!" comes the word that must not occur.'],
    [
      '@nope=1',
      '0: There is no @nope; there is @state, @severity, @source, @age, @acknowledged, @receiver.',
    ],
    [
      '@severity=P9',
      '10: @severity has no value "P9"; it is one of P0, P1, P2, P3, critical, high, medium, low.',
    ],
    ['@age=1h', '0: An age is compared: @age<1h or @age>2d.'],
    ['@age<soon', '5: An age is written as 30s, 15m, 2h or 3d.'],
    ['@source<1', '0: Only @age is compared with <.'],
    ['pod=~"(a"', '6: This expression cannot be used: missing closing ): `(a`.'],
    ['x'.repeat(MAX_FILTER_LENGTH + 1), '4000: A filter can have 4000 characters, not more.'],
  ])('says what is wrong with %s', (text, message) => {
    expect(problemOf(text)).toBe(message)
  })

  it('is read or refused whatever is typed, and never throws', () => {
    const unit = fc.constantFrom(...Array.from('ab=~!<>"\\@{}, .*()[]|-_1m'))
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        const read = readFilter(text)
        if (read.ok) all.filter(read.value.compile({ now: NOW, me: readBy(ada) }))
        else expect(read.error.offset).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 3_000 },
    )
  })

  it('reads back any condition that it writes', () => {
    const term = fc.record({
      kind: fc.constant('label' as const),
      name: fc.string({ minLength: 1 }),
      operator: fc.constantFrom('=' as const, '!=' as const),
      value: fc.string(),
    })
    fc.assert(
      fc.property(fc.array(term, { maxLength: 4 }), (terms) => {
        const read = readTerms(terms.map(formatTerm).join(' '))
        expect(read.problem).toBeNull()
        expect(read.terms).toMatchObject(terms)
      }),
    )
  })
})

describe('withLabel', () => {
  it('adds a condition once, and replaces its opposite', () => {
    const once = withLabel('checkout', 'pod', 'api-1', true)
    expect(once).toBe('checkout pod="api-1"')
    expect(withLabel(once, 'pod', 'api-1', true)).toBe(once)
    expect(withLabel(once, 'pod', 'api-1', false)).toBe('checkout pod!="api-1"')
    expect(withLabel('', 'odd name', 'a "b"', false)).toBe('"odd name"!="a \\"b\\""')
  })
})

describe('withoutTerm', () => {
  it.each([
    ['a="1", b="2"', 0, 'b="2"'],
    ['a="1", b="2"', 1, 'a="1"'],
    ['one  two three', 1, 'one three'],
  ])('%s without its term %i is %s', (text, index, rest) => {
    const term = readTerms(text).terms[index]!
    expect(withoutTerm(text, term)).toBe(rest)
  })
})

describe('labels as people write them', () => {
  const answer = JSON.parse(
    readFileSync(new URL('../../../../../fixtures/cases/C20.json', import.meta.url), 'utf8'),
  ) as {
    readonly routes: Readonly<
      Record<string, { readonly json: readonly { readonly labels: Record<string, string> }[] }>
    >
  }
  const listed = answer.routes['/api/v2/alerts']?.json ?? []
  const entries = Object.fromEntries(
    listed.map(({ labels }) => [labels['alertname'] ?? '', entryOf({ key: 'x', labels })]),
  )
  it.each([
    ['größe=xl', 'A'],
    ['größe!="xl"', 'B C'],
    ['größe=~"x.*"', 'A'],
    ['instance=~web[0-9]{2}', 'A C'],
    ['{instance=~web[0-9]{2}}', 'A C'],
    ['instance=~web[0-9]{2,3}', 'A C'],
    ['{instance=~web[0-9]{1}, größe=m}', 'B'],
    ['host.name="web-01"', 'A'],
    [String.raw`"path.with\\back"="warning"`, 'C'],
  ])('%s: %s', (text, expected) => {
    const filter = readFilter(text)
    if (!filter.ok) throw new Error(filter.error.message)
    const test = filter.value.compile({ now: NOW, me: undefined })
    const found = Object.entries(entries).filter(([, entry]) => test(entry))
    expect(found.map(([key]) => key).join(' ')).toBe(expected)
  })

  it.each(['https://grafana/d/x?orgId=1', 'sum(rate(x=1))', 'user@host=1'])(
    '%s is a word',
    (text) => {
      expect(readTerms(text).terms).toMatchObject([{ kind: 'text', value: text }])
    },
  )
})
