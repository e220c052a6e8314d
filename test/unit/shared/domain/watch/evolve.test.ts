import { describe, expect, it } from 'vitest'
import type { Observation } from '#shared/domain/alert/schema.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import {
  emptyWatch,
  fromSnapshot,
  toSnapshot,
  watchSnapshotSchema,
} from '#shared/domain/watch/state.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'

const observation: Observation = {
  presence: 'present',
  startsAt: 1,
  generatorUrl: null,
  receivers: [],
  suppression: [],
}
const subject = { key: 'k', alertId: 'a', incidentId: 'i' }
const triggered: EventBody = {
  type: 'incident.triggered',
  incidentId: 'i',
  groupKey: 'g',
  group: {},
  title: 't',
  severity: 'P2',
  startedAt: 1,
  decisions: [],
}
const fired: EventBody = {
  type: 'alert.fired',
  ...subject,
  labels: { alertname: 'A' },
  annotations: {},
  startsAt: 1,
  sourceId: 'am',
  observations: { am: observation },
  suppression: [],
  severity: 'P1',
  decisions: [],
}
const numbered = (bodies: readonly EventBody[], from = 0): Event[] =>
  bodies.map((body, index) => ({
    seq: from + index + 1,
    id: String(from + index),
    at: (from + index) * 1_000,
    actor: { kind: 'deckwatch' },
    body,
  }))
const after = (...bodies: EventBody[]) => evolve(emptyWatch, numbered(bodies))

describe('the incidents of a drill', () => {
  const added = (sourceId: string, sourceType: string): EventBody => ({
    type: 'source.added',
    sourceId,
    name: sourceId,
    sourceType,
  })
  const by = (id: string, bodies: readonly EventBody[]): Event[] =>
    numbered(bodies).map((event) => ({ ...event, actor: { kind: 'source', id } }))
  const practice = { ...fired, sourceId: 'drill', observations: { drill: observation } }
  const over: readonly EventBody[] = [
    { type: 'alert.resolved', ...subject, sourceId: 'drill', reason: 'source-removed' },
    { type: 'incident.resolved', incidentId: 'i', stillFiring: 0 },
    { type: 'incident.closed', incidentId: 'i' },
    { type: 'source.removed', sourceId: 'drill' },
  ]

  it('leave with it', () => {
    const events = by('drill', [added('drill', 'drill'), triggered, practice])
    const during = evolve(emptyWatch, events)
    expect(during.incidents.get('i')?.isDrill).toBe(true)
    expect(evolve(during, numbered(over, 3)).incidents.size).toBe(0)
  })

  it('stay where anything in them was real', () => {
    const changed: EventBody = {
      type: 'alert.changed',
      ...subject,
      sourceId: 'am',
      observation,
      suppression: [],
      decisions: [],
    }
    const events = [added('drill', 'drill'), added('am', 'alertmanager'), triggered, practice]
    const mixed = evolve(emptyWatch, by('drill', [...events, changed]))
    expect(mixed.incidents.get('i')?.isDrill).toBe(false)
    expect(evolve(mixed, numbered(over, 5)).incidents.get('i')?.status).toBe('closed')
    const real = evolve(
      emptyWatch,
      by('am', [added('am', 'alertmanager'), triggered, { ...fired, sourceId: 'am' }]),
    )
    expect(real.incidents.get('i')?.isDrill).toBe(false)
  })
})

describe('evolve', () => {
  it('leaves what it was given as it was', () => {
    const before = after(triggered, fired)
    const copy = structuredClone(toSnapshot(before))
    evolve(
      before,
      numbered(
        [
          { type: 'alert.resolved', ...subject, sourceId: 'am', reason: 'gone' },
          { type: 'incident.closed', incidentId: 'i' },
        ],
        2,
      ),
    )
    expect(toSnapshot(before)).toEqual(copy)
  })

  it('takes nothing from events about what is not known, but their number', () => {
    const strangers: EventBody[] = [
      { type: 'alert.resolved', ...subject, sourceId: 'am', reason: 'gone' },
      { type: 'alert.flapping-started', ...subject, changes: 5 },
      { type: 'incident.acknowledged', incidentId: 'i' },
      { type: 'incident.closed', incidentId: 'i' },
      { type: 'source.identified', sourceId: 'am', instance: 'x' },
      { type: 'source.removed', sourceId: 'am' },
    ]
    expect(after(...strangers)).toEqual({ ...emptyWatch, seq: strangers.length })
  })

  it('takes nothing from events about an older episode', () => {
    const before = after(triggered, fired, { ...fired, alertId: 'b', startsAt: 2 })
    const later = evolve(
      before,
      numbered([{ type: 'alert.resolved', ...subject, sourceId: 'am', reason: 'gone' }], 3),
    )
    expect(later.alerts.get('k')).toEqual(before.alerts.get('k'))
    expect(later.incidents.get('i')?.counts).toEqual(before.incidents.get('i')?.counts)
  })

  it('moves an alert from one incident to another, with its counts', () => {
    const state = after(triggered, { ...triggered, incidentId: 'j' }, fired, {
      ...fired,
      alertId: 'b',
      incidentId: 'j',
    })
    expect(state.incidents.get('i')?.counts).toMatchObject({ firing: 0, bySeverity: { P1: 0 } })
    expect(state.incidents.get('j')?.counts).toMatchObject({ firing: 1, bySeverity: { P1: 1 } })
  })

  it('forgets the alerts of a closed incident, but never one that fires or lives elsewhere', () => {
    const state = after(
      triggered,
      { ...triggered, incidentId: 'j' },
      fired,
      { ...fired, key: 'k2', alertId: 'a2' },
      { type: 'alert.resolved', ...subject, sourceId: 'am', reason: 'gone' },
      { type: 'incident.closed', incidentId: 'j' },
      // Within one batch: back in the other incident before its own is closed.
      { ...fired, alertId: 'b', incidentId: 'j' },
      {
        type: 'alert.resolved',
        key: 'k2',
        alertId: 'a2',
        incidentId: 'i',
        sourceId: 'am',
        reason: 'gone',
      },
      { type: 'incident.closed', incidentId: 'i' },
    )
    expect([...state.alerts.keys()]).toEqual(['k'])
    expect(state.alerts.get('k')?.incidentId).toBe('j')
  })

  it('knows an unconfirmed alert by each source, and confirms it again', () => {
    const unconfirmed = {
      type: 'alert.unconfirmed',
      ...subject,
      sourceId: 'am',
      suppression: [],
    } satisfies EventBody
    const lost = after(triggered, fired, unconfirmed)
    expect(lost.alerts.get('k')).toMatchObject({ status: 'unconfirmed', statusSince: 2_000 })
    expect(lost.incidents.get('i')?.counts).toMatchObject({ firing: 0, unconfirmed: 1 })
    // Said by a source that never listed it, it changes nothing but the revision.
    const other = after(triggered, fired, { ...unconfirmed, sourceId: 'other' })
    expect(other.alerts.get('k')).toMatchObject({ status: 'firing', statusSince: 1_000 })
    const back = evolve(
      lost,
      numbered(
        [
          {
            type: 'alert.changed',
            ...subject,
            sourceId: 'am',
            observation,
            suppression: [],
            decisions: [],
          },
        ],
        3,
      ),
    )
    expect(back.alerts.get('k')).toMatchObject({ status: 'firing', statusSince: 3_000 })
    expect(back.incidents.get('i')?.counts).toMatchObject({ firing: 1, unconfirmed: 0 })
  })

  it('keeps what it knew of a source that is added again under another type', () => {
    const added: EventBody = { type: 'source.added', sourceId: 'am', name: 'am', sourceType: 'x' }
    const health: EventBody = {
      type: 'source.health-changed',
      sourceId: 'am',
      health: 'healthy',
      problem: null,
      lastAnswerAt: 7,
    }
    const state = after(
      added,
      health,
      { ...health, lastAnswerAt: 8 },
      { ...added, sourceType: 'y' },
    )
    expect(state.sources.get('am')).toMatchObject({
      type: 'y',
      health: 'connecting',
      since: 3_000,
      lastAnswerAt: 8,
      revision: 4,
    })
    expect(after(added, health, { ...health, lastAnswerAt: 8 }).sources.get('am')?.since).toBe(
      1_000,
    )
  })

  it('survives being written down and read', () => {
    const state = after(triggered, fired)
    const read = watchSnapshotSchema.parse(JSON.parse(JSON.stringify(toSnapshot(state))))
    expect(fromSnapshot(read)).toEqual(state)
  })
})
