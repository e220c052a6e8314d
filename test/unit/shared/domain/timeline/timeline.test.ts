import { describe, expect, it } from 'vitest'
import { describeObjects } from '#shared/domain/timeline/objects.ts'
import { ownLabels, toTimeline } from '#shared/domain/timeline/timeline.ts'
import {
  eventBodySchema,
  incidentOf,
  subjectOf,
  type Event,
  type EventBody,
} from '#shared/domain/watch/event.ts'

const subject = { key: 'k', alertId: 'a', incidentId: 'i' }
const observation = {
  presence: 'present',
  startsAt: 0,
  generatorUrl: null,
  receivers: [],
  suppression: [],
} as const
const bodies: readonly EventBody[] = [
  {
    type: 'incident.triggered',
    incidentId: 'i',
    groupKey: 'g',
    group: {},
    title: 't',
    severity: 'P0',
    startedAt: 0,
    decisions: [],
  },
  {
    type: 'alert.fired',
    ...subject,
    labels: { alertname: 'A' },
    annotations: {},
    startsAt: 0,
    sourceId: 'am',
    observations: {},
    suppression: [],
    severity: 'P0',
    decisions: [],
  },
  {
    type: 'alert.changed',
    ...subject,
    sourceId: 'am',
    observation: { ...observation, receivers: [], suppression: [] },
    suppression: [],
    decisions: [],
  },
  { type: 'alert.withdrawn', ...subject, sourceId: 'am', suppression: [] },
  { type: 'alert.unconfirmed', ...subject, sourceId: 'am', suppression: [] },
  { type: 'alert.resolved', ...subject, sourceId: 'am', reason: 'gone' },
  { type: 'alert.resolved', ...subject, sourceId: 'am', reason: 'source-removed' },
  { type: 'alert.reclassified', ...subject, severity: 'P1', suppression: [], decisions: [] },
  { type: 'alert.flapping-started', ...subject, changes: 5 },
  { type: 'alert.flapping-ended', ...subject },
  { type: 'incident.retriggered', incidentId: 'i', reason: 'worse', severity: 'P0', decisions: [] },
  { type: 'incident.acknowledged', incidentId: 'i' },
  { type: 'incident.snoozed', incidentId: 'i', until: 0 },
  { type: 'incident.snooze-ended', incidentId: 'i', reason: 'time' },
  { type: 'incident.snooze-ended', incidentId: 'i', reason: 'person' },
  { type: 'incident.noted', incidentId: 'i', text: 'n' },
  { type: 'incident.resolved', incidentId: 'i', stillFiring: 0 },
  { type: 'incident.resolved', incidentId: 'i', stillFiring: 2 },
  { type: 'incident.closed', incidentId: 'i' },
  { type: 'source.added', sourceId: 'am', name: 'am', sourceType: 'alertmanager' },
  { type: 'source.removed', sourceId: 'am' },
  {
    type: 'source.health-changed',
    sourceId: 'am',
    health: 'healthy',
    problem: null,
    lastAnswerAt: null,
  },
  { type: 'source.identified', sourceId: 'am', instance: 'x' },
  { type: 'source.rejected', sourceId: 'am', rejections: [], more: 0 },
]
const events = (list: readonly EventBody[], gap = 3_600_000): Event[] =>
  list.map((body, index) => ({
    seq: index + 1,
    id: String(index),
    at: index * gap,
    actor: { kind: 'person', id: 'ada', name: 'ada' },
    body: eventBodySchema.parse(body),
  }))

describe('toTimeline', () => {
  it('has a line for everything that happens to an incident, and none for sources', () => {
    const entries = toTimeline(events(bodies))
    expect(entries).toHaveLength(bodies.filter((body) => incidentOf(body) !== null).length)
    for (const { text } of entries) expect(text).not.toMatch(/undefined|\[object/)
    expect(bodies.map(subjectOf).every((id) => ['a', 'i', 'am'].includes(id))).toBe(true)
  })

  it('folds runs of one kind within a minute, and never people', () => {
    const [, fired, noted] = [
      null,
      ...bodies.filter(({ type }) => /alert.fired|incident.noted/.test(type)),
    ]
    if (!fired || !noted) throw new Error('the bodies above are incomplete')
    const entries = toTimeline(events([fired, fired, fired, noted, noted, fired], 1_000))
    expect(entries.map(({ kind, count }) => [kind, count])).toEqual([
      ['alert', 3],
      ['note', 1],
      ['note', 1],
      ['alert', 1],
    ])
    expect(toTimeline(events([fired, fired], 61_000))).toHaveLength(2)
  })

  it('folds only what is of one moment, however long it goes on', () => {
    const resolved = { type: 'alert.resolved', ...subject, sourceId: 'am', reason: 'gone' } as const
    const lines = toTimeline(events(Array<EventBody>(7).fill(resolved), 30_000))
    expect(lines.map(({ at, count }) => [at, count])).toEqual([
      [0, 2],
      [60_000, 2],
      [120_000, 2],
      [180_000, 1],
    ])
  })

  it('names what the alerts of a line are about, each once', () => {
    const fired = (pod: string) =>
      eventBodySchema.parse({ ...bodies[1], labels: { namespace: 'shop', pod } })
    const gone = { type: 'alert.resolved', ...subject, sourceId: 'am', reason: 'gone' } as const
    const story = ['cart-1', 'cart-2', 'cart-1', 'cart-3\u202e'].map(fired)
    const lines = toTimeline(events([...story, gone], 1), (event) =>
      event.body.type === 'alert.resolved' ? { pod: 'db-1' } : ownLabels(event),
    )
    expect(lines.map(({ objects }) => objects)).toEqual([
      ['shop/cart-1', 'shop/cart-2', 'shop/cart-3⟨U+202E⟩'],
      ['db-1'],
    ])
    expect(lines.map(describeObjects)).toEqual(['shop/cart-1, shop/cart-2 and 1 more', 'db-1'])
  })

  it('keeps so many objects of a storm, and says that there are more', () => {
    const storm = Array.from({ length: 300 }, (_, n) =>
      eventBodySchema.parse({ ...bodies[1], labels: { pod: `p-${String(n)}` } }),
    )
    const [line] = toTimeline(events(storm, 1))
    expect(line).toMatchObject({ count: 300 })
    expect(line?.objects).toHaveLength(50)
    expect(line && describeObjects(line)).toBe('p-0, p-1 and many more')
  })

  it('keeps the order of the journal, and when a person said what came late', () => {
    const [acknowledged, noted] = events(
      bodies.filter(({ type }) => /incident.(acknowledged|noted)/.test(type)),
      1_000,
    )
    if (!acknowledged || !noted) throw new Error('the bodies above are incomplete')
    const actor = { kind: 'person', id: 'ada', name: 'ada', saidAt: -30_000 } as const
    expect(toTimeline([acknowledged, { ...noted, actor }])).toMatchObject([
      { seq: 1, at: 0, actor: { name: 'ada' } },
      { seq: 2, at: 1_000, actor },
    ])
  })

  it('says what suppresses', () => {
    const changed = eventBodySchema.parse({
      ...bodies[2],
      suppression: [{ kind: 'mute', id: 'night' }],
    })
    expect(toTimeline(events([changed]))[0]?.text).toContain('night')
  })
})
