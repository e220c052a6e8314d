import { describe, expect, it } from 'vitest'
import { matters, readInto } from '#electron/journal/readings/reading.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import { eventTypes, type Event, type EventBody } from '#shared/domain/watch/event.ts'
import { createMemoryBook } from '#test/fixtures/memory-readings.ts'

const incidentId = 'incident-1'

function fired(key: string, severity: Severity, isSuppressed = false): EventBody {
  return {
    type: 'alert.fired',
    key,
    alertId: `${key}-1`,
    incidentId,
    labels: { alertname: key },
    annotations: {},
    startsAt: 1,
    sourceId: 'am',
    observations: {},
    suppression: isSuppressed ? [{ kind: 'mute', id: 'night' }] : [],
    severity,
    decisions: [],
  }
}
const resolved = (key: string): EventBody => ({
  type: 'alert.resolved',
  key,
  alertId: `${key}-1`,
  incidentId,
  sourceId: 'am',
  reason: 'gone',
})
const triggered: EventBody = {
  type: 'incident.triggered',
  incidentId,
  groupKey: 'g',
  group: {},
  title: 'Slow',
  severity: 'P2',
  startedAt: 1,
  decisions: [],
}

function read(bodies: readonly EventBody[]) {
  const book = createMemoryBook()
  bodies.forEach((body, index) => {
    const event: Event = {
      seq: index + 1,
      id: `event-${String(index)}`,
      at: (index + 1) * 1_000,
      actor: {
        kind: 'person',
        id: index % 2 === 0 ? 'ada' : 'bo',
        name: index % 2 === 0 ? 'Ada' : 'Bo',
      },
      body,
    }
    readInto(book, event)
  })
  return book.incident(incidentId)?.past
}

describe('a past incident', () => {
  it('is as severe as the worst that fired in it, also when that is over', () => {
    const story = [triggered, fired('a', 'P2'), fired('b', 'P0'), resolved('b')]
    expect(read(story)).toMatchObject({ severity: 'P0', lastSeverity: 'P2' })
  })

  it('is not made worse by what is suppressed', () => {
    const story = [triggered, fired('a', 'P2'), fired('b', 'P0', true)]
    expect(read(story)).toMatchObject({ severity: 'P2', lastSeverity: 'P2', alerts: 2 })
  })

  it('counts a label set once, however often it fires', () => {
    const story = [triggered, fired('a', 'P2'), resolved('a'), fired('a', 'P2')]
    expect(read(story)?.alerts).toBe(1)
  })

  it('says what its first alerts were about, each once', () => {
    const of = (name: string, pod: string) =>
      ({ ...fired(name, 'P2'), labels: { namespace: 'shop', pod } }) as EventBody
    const pods = [of('a', 'cart-1'), of('b', 'cart-1'), of('c', 'cart-2')]
    expect(read([triggered, ...pods])?.objects).toEqual(['shop/cart-1', 'shop/cart-2'])
    const more = [of('d', 'cart-3'), of('e', 'cart-4')]
    expect(read([triggered, ...pods, ...more])?.objects).toHaveLength(3)
  })

  it('keeps the first acknowledgement that was not taken back', () => {
    const taken: EventBody = { type: 'incident.acknowledged', incidentId }
    const back: EventBody = { type: 'incident.unacknowledged', incidentId }
    expect(read([triggered, taken, back])).toMatchObject({
      acknowledged: null,
      status: 'triggered',
    })
    expect(read([triggered, taken, back, taken, taken])?.acknowledged).toEqual({
      at: 4_000,
      by: { kind: 'person', id: 'bo', name: 'Bo' },
    })
  })

  it('comes back: it is open again, with its first acknowledgement and its number', () => {
    const story: EventBody[] = [
      triggered,
      { type: 'incident.acknowledged', incidentId },
      { type: 'incident.resolved', incidentId, stillFiring: 0 },
      {
        type: 'incident.retriggered',
        incidentId,
        reason: 'worse',
        severity: 'P1',
        decisions: [],
      },
    ]
    expect(read(story)).toMatchObject({
      seq: 1,
      status: 'triggered',
      severity: 'P1',
      acknowledged: { at: 2_000 },
      resolved: null,
      returns: 1,
    })
  })

  it('says nothing of an incident whose beginning is not there', () => {
    expect(read([fired('a', 'P0'), { type: 'incident.acknowledged', incidentId }])).toBeUndefined()
  })
})

describe('the cause of a past incident', () => {
  const settled = (hypothesisId: string, state: 'open' | 'confirmed' | 'ruled-out'): EventBody => ({
    type: 'hypothesis.settled',
    incidentId,
    hypothesisId,
    text: `It is ${hypothesisId}`,
    state,
    reason: null,
  })

  it('is the hypothesis that was confirmed last', () => {
    expect(read([triggered, settled('the disk', 'ruled-out')])?.cause).toBeNull()
    const both = [triggered, settled('the disk', 'confirmed'), settled('the cache', 'confirmed')]
    expect(read(both)?.cause).toEqual({
      text: 'It is the cache',
      at: 3_000,
      by: { kind: 'person', id: 'ada', name: 'Ada' },
    })
    expect(read([...both, settled('the cache', 'open')])?.cause?.text).toBe('It is the disk')
    const none = [...both, settled('the cache', 'open'), settled('the disk', 'ruled-out')]
    expect(read(none)?.cause).toBeNull()
  })

  it('goes along into the incident that it is merged into', () => {
    const other: EventBody = { ...triggered, incidentId: 'incident-2' }
    const told = { ...settled('the disk', 'confirmed'), incidentId: 'incident-2' } as EventBody
    const merged: EventBody = {
      ...{ type: 'incident.merged', incidentId: 'incident-2', title: 'Slow' },
      ...{ into: incidentId, intoTitle: 'Slow' },
    }
    expect(read([triggered, other, told, merged])?.cause?.text).toBe('It is the disk')
  })

  it('leaves alone an incident that is not known', () => {
    expect(read([settled('the disk', 'confirmed')])).toBeUndefined()
  })
})

describe('what people wrote together', () => {
  it('is kept once, in the words of each', () => {
    const book = createMemoryBook()
    const person = { id: 'ada', name: 'Ada' }
    const on = { incidentId }
    const bodies: EventBody[] = [
      { ...triggered },
      { type: 'hypothesis.opened', ...on, hypothesisId: 'h', text: 'The cache is cold' },
      {
        ...{ type: 'hypothesis.settled', ...on, hypothesisId: 'h', text: 'The cache is cold' },
        ...{ state: 'ruled-out', reason: 'Hit rate is fine' },
      },
      { type: 'decision.made', ...on, decisionId: 'd', text: 'Fail over', reason: 'Too slow' },
      { type: 'measure.taken', ...on, measureId: 'm', text: 'Limit of requests' },
      { type: 'measure.removed', ...on, measureId: 'm', text: 'Limit of requests', note: null },
      { type: 'incident.mitigated', ...on, note: 'Failed over' },
      { type: 'role.assigned', ...on, role: 'scribe', person, instead: null, isOwn: true },
    ]
    bodies.forEach((body, index) => {
      readInto(book, {
        seq: index + 1,
        id: `event-${String(index)}`,
        at: index,
        actor: { kind: 'person', ...person },
        body,
      })
    })
    expect(book.notes.get(incidentId)).toEqual([
      'The cache is cold',
      'Hit rate is fine',
      'Fail over',
      'Too slow',
      'Limit of requests',
      'Failed over',
    ])
    expect(book.incident(incidentId)?.mitigation?.text).toBe('Failed over')
    readInto(book, {
      seq: 99,
      id: 'after',
      at: 99,
      actor: { kind: 'deckwatch' },
      body: { type: 'incident.unmitigated', incidentId },
    })
    expect(book.incident(incidentId)?.mitigation).toBeNull()
  })
})

describe('matters', () => {
  it('is true of all that is about alerts, incidents, sources, entries, silences, changes, handoffs and how plans and runbooks are followed', () => {
    expect(eventTypes.filter(matters)).toEqual(
      eventTypes.filter(
        (type) =>
          /^(alert|incident|source|plan|step|criterion|walkthrough|entry|image|role|hypothesis|decision|measure|update|task|approval|flow|silence|change|handoff)\./.test(
            type,
          ) &&
          // Who may see an incident is asked of the state.
          !/^incident\.(un)?restricted$/.test(type),
      ),
    )
    expect(matters('later.thing')).toBe(false)
  })
})
