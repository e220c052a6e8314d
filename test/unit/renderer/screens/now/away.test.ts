import { describe, expect, it } from 'vitest'
import { awayDigest, AWAY_AFTER_MS } from '#renderer/screens/now/away.ts'
import { describeAway } from '#renderer/screens/now/away-words.ts'
import type { Alert, Observation } from '#shared/domain/alert/schema.ts'
import { SELF_SOURCE_ID } from '#shared/domain/source/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { MAX_CLOSED } from '#shared/domain/incident/follow.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { ada, readBy } from '#test/fixtures/persons.ts'

const FROM = 1_000_000
const UNTIL = FROM + 3_600_000
const system = { kind: 'deckwatch' } as const
const me = { kind: 'person', id: 'ada', name: 'ada' } as const
const other = { kind: 'person', id: 'bo', name: 'bo' } as const

function digestOf(incidents: readonly Incident[], alerts: readonly Alert[] = []) {
  return awayDigest(
    {
      ...emptyWatch,
      incidents: new Map(incidents.map((each) => [each.id, each])),
      alerts: new Map(alerts.map((each) => [each.key, each])),
    },
    FROM,
    UNTIL,
    readBy(ada),
  )
}

const before = { triggeredAt: FROM - 1 }
const since = { triggeredAt: FROM + 1 }
const over = { status: 'resolved', resolved: { at: FROM + 9, by: system } } as const
const ids = (list: readonly Incident[] | undefined) => list?.map(({ id }) => id)

describe('awayDigest', () => {
  it('tells what asked for somebody from what ended by itself', () => {
    const digest = digestOf([
      incidentWith({ id: 'waits', ...since }),
      incidentWith({ id: 'waited-before', ...before }),
      incidentWith({ id: 'came-and-went', ...since, ...over }),
      incidentWith({ id: 'went', ...before, ...over }),
      incidentWith({ id: 'old', ...before, ...over, resolved: { at: FROM - 5, by: system } }),
    ])
    expect(ids(digest?.triggered)).toEqual(['waits'])
    expect(ids(digest?.firedAndResolved)).toEqual(['came-and-went'])
    expect(ids(digest?.resolved)).toEqual(['went'])
    expect(describeAway(digest!).map(({ text }) => text)).toEqual([
      '1 incident triggered',
      '1 incident triggered and resolved by itself',
      '1 earlier incident resolved by itself',
    ])
  })

  it('tells what others did, and not what I did elsewhere', () => {
    const acknowledged = (by: typeof me | typeof other) =>
      ({ status: 'acknowledged', acknowledged: { at: FROM + 2, by, severity: 'P2' } }) as const
    const digest = digestOf([
      incidentWith({ id: 'mine', ...since, ...acknowledged(me) }),
      incidentWith({ id: 'theirs', ...since, ...acknowledged(other) }),
      incidentWith({
        id: 'ended',
        ...before,
        status: 'resolved',
        resolved: { at: FROM + 3, by: other },
      }),
    ])
    expect(ids(digest?.byOthers)).toEqual(['ended', 'theirs'])
    expect(digest?.resolved).toEqual([])
  })

  it('tells a source that was lost and came back, and not a second time as an incident', () => {
    const silent = (key: string, over: Partial<Alert>) =>
      alertWith({
        key,
        incidentId: key,
        labels: { alertname: 'SourceNotAnswering', source: 'am-eu', service: 'am-eu' },
        startsAt: FROM + 5,
        ...over,
      })
    const observed: Observation = {
      presence: 'present',
      startsAt: 1,
      generatorUrl: null,
      receivers: [],
      suppression: null,
    }
    const digest = digestOf(
      [incidentWith({ id: 'back', ...since, ...over }), incidentWith({ id: 'lost', ...since })],
      [
        silent('back', { status: 'resolved', statusSince: FROM + 8, endedBy: SELF_SOURCE_ID }),
        silent('lost', { observations: { [SELF_SOURCE_ID]: observed } }),
        // Somebody else's alert of that name says nothing about our sources.
        silent('forged', { observations: { 'am-eu': observed } }),
      ],
    )
    expect(digest?.gaps).toMatchObject([
      { incidentId: 'back', name: 'am-eu', from: FROM + 5, until: FROM + 8 },
      { incidentId: 'lost', until: null },
    ])
    expect(digest).toMatchObject({ triggered: [], firedAndResolved: [] })
    expect(describeAway(digest!).map(({ text }) => text)).toEqual([
      '1 source was unreachable and recovered, 1 source is unreachable',
    ])
  })

  it('is nothing when nothing happened, or when nobody was away', () => {
    expect(digestOf([incidentWith({ id: 'a', ...before })])).toBeNull()
    const watch = {
      ...emptyWatch,
      incidents: new Map([['a', incidentWith({ id: 'a', ...since })]]),
    }
    expect(awayDigest(watch, FROM, FROM + AWAY_AFTER_MS - 1, readBy(ada))).toBeNull()
    expect(awayDigest(watch, FROM, FROM + AWAY_AFTER_MS, readBy(ada))).not.toBeNull()
  })

  it('says "at least" once closed incidents may have been forgotten', () => {
    const closed = (count: number, at: number) =>
      Array.from({ length: count }, (_, index) =>
        incidentWith({
          id: `c${String(index)}`,
          ...since,
          ...over,
          status: 'closed',
          closed: { at, by: system },
        }),
      )
    expect(digestOf(closed(MAX_CLOSED, FROM + 1))?.isAtLeast).toBe(true)
    expect(digestOf(closed(MAX_CLOSED - 1, FROM + 1))?.isAtLeast).toBe(false)
    const [first] = describeAway(digestOf(closed(MAX_CLOSED, FROM + 1))!)
    expect(first?.text).toBe(
      `at least ${String(MAX_CLOSED)} incidents triggered and resolved by themselves`,
    )
  })
})
