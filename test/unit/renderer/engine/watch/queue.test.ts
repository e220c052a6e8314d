import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  collapsibleSections,
  moveFromDeparted,
  moveSelection,
  sectionOf,
  sections,
  toItems,
  toQueue,
  withSelected,
} from '#renderer/engine/watch/queue.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import type { Incident, IncidentStatus } from '#shared/domain/incident/schema.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const by = { kind: 'person', id: 'ada', name: 'ada' } as const
const acknowledged = { at: 1, by, severity: 'P2' } as const
const ids = (incidents: readonly Incident[]) => incidents.map(({ id }) => id)

describe('toQueue', () => {
  it('puts the worst first, then the one that waits longest', () => {
    const queue = toQueue([
      incidentWith({ id: 'p2-old', startedAt: 1 }),
      incidentWith({ id: 'p1-new', severity: 'P1', startedAt: 9 }),
      incidentWith({ id: 'p1-old', severity: 'P1', startedAt: 2 }),
      incidentWith({ id: 'p0', severity: 'P0', startedAt: 99 }),
      incidentWith({ id: 'p3', severity: 'P3', startedAt: 0 }),
    ])
    expect(ids(queue['triggered'])).toEqual(['p0', 'p1-old', 'p1-new', 'p2-old', 'p3'])
  })

  it('keeps what nobody has above what somebody has, however bad', () => {
    const items = toItems(
      toQueue([
        incidentWith({ id: 'has-it', severity: 'P0', status: 'acknowledged', acknowledged }),
        incidentWith({ id: 'nobody', severity: 'P3' }),
      ]),
      new Set(),
    )
    expect(items.flatMap((item) => (item.kind === 'incident' ? [item.incident.id] : []))).toEqual([
      'nobody',
      'has-it',
    ])
  })

  it('shows what ends first on top of the snoozed, and what is newest on top of the resolved', () => {
    const queue = toQueue([
      incidentWith({ id: 'long', snoozed: { at: 1, until: 900, by } }),
      incidentWith({ id: 'short', snoozed: { at: 1, until: 100, by } }),
      incidentWith({ id: 'before', status: 'resolved', resolved: { at: 5, by } }),
      incidentWith({ id: 'just-now', status: 'resolved', resolved: { at: 50, by } }),
    ])
    expect(ids(queue.snoozed)).toEqual(['short', 'long'])
    expect(ids(queue.resolved)).toEqual(['just-now', 'before'])
  })

  it('keeps what was resolved while it fires above what is over', () => {
    const over = { status: 'resolved', counts: { ...noAlerts, resolved: 1 } } as const
    const queue = toQueue([
      incidentWith({ id: 'over', ...over, resolved: { at: 50, by } }),
      incidentWith({ id: 'fires', status: 'resolved', resolved: { at: 5, by } }),
    ])
    expect(ids(queue.resolved)).toEqual(['fires', 'over'])
    expect(toItems(queue, collapsibleSections)).toMatchObject([{ count: 2, stillFiring: 1 }])
  })

  it('puts an incident whose alerts are all held back apart', () => {
    const counts = { ...noAlerts, firing: 2, suppressed: 2 }
    expect(sectionOf(incidentWith({ id: 'held', counts }))).toBe('suppressed')
  })

  it('puts what says of itself that nobody has to act apart, folded, and never away', () => {
    const counts = { ...noAlerts, firing: 2, informational: 2 }
    const info = incidentWith({ id: 'info', severity: 'P3', counts })
    expect(sectionOf(info)).toBe('informational')
    expect(sectionOf({ ...info, counts: { ...counts, firing: 3 } })).toBe('triggered')
    expect(sectionOf({ ...info, status: 'acknowledged', acknowledged })).toBe('acknowledged')
    const items = toItems(toQueue([info, incidentWith({ id: 'calls' })]), collapsibleSections)
    expect(items).toMatchObject([
      { kind: 'heading', section: 'triggered', count: 1 },
      { kind: 'incident' },
      { kind: 'heading', section: 'informational', count: 1, isCollapsed: true },
    ])
  })

  it('shows every incident exactly once, in an order that does not depend on the input', () => {
    const incident = fc.record({
      id: fc.uuid(),
      severity: fc.constantFrom<Severity[]>('P0', 'P1', 'P2', 'P3'),
      startedAt: fc.integer({ min: 0, max: 3 }),
      status: fc.constantFrom<IncidentStatus[]>('triggered', 'acknowledged', 'resolved', 'closed'),
      snoozed: fc.constantFrom(null, { at: 1, until: 9, by }),
    })
    const many = fc.uniqueArray(incident, { selector: ({ id }) => id, maxLength: 30 })
    fc.assert(
      fc.property(many, (given) => {
        const incidents = given.map((over) => incidentWith(over))
        const list = (all: readonly Incident[]) => {
          const queue = toQueue(all)
          return sections.flatMap((section) => ids(queue[section]))
        }
        expect([...list(incidents)].sort()).toEqual([...ids(incidents)].sort())
        expect(list([...incidents].reverse())).toEqual(list(incidents))
      }),
    )
  })
})

describe('toItems', () => {
  it('has no heading for nothing, and only the heading for what is collapsed', () => {
    const queue = toQueue([
      incidentWith({ id: 'a' }),
      incidentWith({ id: 'away', snoozed: { at: 1, until: 900, by } }),
    ])
    expect(toItems(queue, collapsibleSections)).toMatchObject([
      { kind: 'heading', section: 'triggered', count: 1 },
      { kind: 'incident', incident: { id: 'a' } },
      { kind: 'heading', section: 'snoozed', count: 1, isCollapsed: true },
    ])
  })
})

describe('moveSelection', () => {
  const items = toItems(
    toQueue([
      incidentWith({ id: 'a', severity: 'P0' }),
      incidentWith({ id: 'b', severity: 'P1' }),
      incidentWith({ id: 'c', status: 'acknowledged', acknowledged }),
    ]),
    new Set(),
  )

  it.each([
    ['next', 'a', 'b'],
    ['next', 'b', 'c'],
    ['next', 'c', 'c'],
    ['previous', 'b', 'a'],
    ['previous', 'a', 'a'],
    ['first', 'c', 'a'],
    ['last', 'a', 'c'],
    ['next', null, 'a'],
    ['previous', 'gone', 'a'],
  ] as const)('%s from %s leads to %s', (move, from, to) => {
    expect(moveSelection(items, from, move)).toBe(to)
  })

  it('leads nowhere in an empty list', () => {
    expect(moveSelection([], 'a', 'next')).toBeNull()
    expect(moveSelection([], null, 'last')).toBeNull()
  })
})

describe('withSelected', () => {
  const away = incidentWith({ id: 'away', snoozed: { at: 1, until: 900, by } })
  const queue = toQueue([incidentWith({ id: 'a' }), away])

  it('shows the selected incident also where its section is collapsed', () => {
    const items = withSelected(toItems(queue, collapsibleSections), away)
    expect(items.at(-1)).toMatchObject({ kind: 'incident', incident: { id: 'away' } })
    expect(items).toHaveLength(4)
  })

  it('changes nothing where it is shown already, or nothing is selected', () => {
    const items = toItems(queue, new Set())
    expect(withSelected(items, away)).toBe(items)
    expect(withSelected(items, undefined)).toBe(items)
  })
})

describe('moveFromDeparted', () => {
  const from = incidentWith({ id: 'b', severity: 'P1', status: 'acknowledged', acknowledged })
  const queue = toQueue([
    incidentWith({ id: 'a', severity: 'P0' }),
    from,
    incidentWith({ id: 'c', severity: 'P2' }),
    incidentWith({ id: 'd', severity: 'P3' }),
  ])

  it('goes on from where the incident was', () => {
    expect(moveFromDeparted(queue, from, 'next')).toBe('c')
    expect(moveFromDeparted(queue, from, 'previous')).toBe('a')
    expect(moveFromDeparted(queue, from, 'first')).toBeNull()
  })

  it('stays among those that wait at either end, and leaves it to others when none does', () => {
    expect(moveFromDeparted(queue, incidentWith({ id: 'z', severity: 'P3' }), 'next')).toBe('d')
    const worst = incidentWith({ id: '0', severity: 'P0', startedAt: 0 })
    expect(moveFromDeparted(queue, worst, 'previous')).toBe('a')
    expect(moveFromDeparted(toQueue([from]), from, 'next')).toBeNull()
  })
})
