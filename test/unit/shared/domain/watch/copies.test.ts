import { describe, expect, it } from 'vitest'
import { alertsOf, membersOf } from '#shared/domain/incident/members.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import {
  emptyWatch,
  fromSnapshot,
  toSnapshot,
  type WatchState,
} from '#shared/domain/watch/state.ts'
import { goldenEvents } from '#test/fixtures/golden-story.ts'
import { eventOf } from '#test/fixtures/watch-entities.ts'

const parts = Object.keys(emptyWatch) as readonly (keyof WatchState)[]

/** The parts of the state that are another object after an event than before it. */
function touched(before: WatchState, body: EventBody): string[] {
  const after = evolve(before, [eventOf(before.seq + 1, body)])
  return parts.filter((part) => after[part] !== before[part]).toSorted()
}

/** The state right before the golden journal's first event of a type, and that event's body. */
function first(type: EventBody['type']): [WatchState, EventBody] {
  const index = goldenEvents.findIndex(({ body }) => body.type === type)
  const event = goldenEvents[index]
  if (!event) throw new Error(`the story has no ${type}`)
  return [evolve(emptyWatch, goldenEvents.slice(0, index)), event.body]
}

describe('what an event does not touch', () => {
  it.each([
    ['page.sent', ['pages', 'seq']],
    ['page.requested', ['incidents', 'pages', 'seq']],
    ['page.held', ['incidents', 'seq']],
    ['quiet.started', ['muting', 'seq']],
    ['source.health-changed', ['seq', 'sources']],
    ['incident.noted', ['incidents', 'seq']],
    ['alert.changed', ['alerts', 'incidents', 'seq']],
    ['alert.fired', ['alerts', 'incidents', 'members', 'seq']],
  ] as const)('stays the same object: %s touches %j', (type, expected) => {
    expect(touched(...first(type))).toEqual(expected)
  })

  it('stays the same object where the event says nothing new of what is known', () => {
    const stranger = { type: 'page.sent', pageId: 'p', incidentId: null, channel: 'c', attempts: 1 }
    expect(touched(emptyWatch, stranger as EventBody)).toEqual(['seq'])
    const state = evolve(emptyWatch, goldenEvents)
    const unknown = {
      type: 'alert.flapping-ended',
      key: 'pod-1',
      alertId: 'older',
      incidentId: 'x',
    }
    expect(evolve(state, [eventOf(99, unknown as EventBody)]).alerts).toBe(state.alerts)
  })
})

describe('the alerts of an incident', () => {
  it('are at every moment those that a look at all alerts finds', () => {
    let state = emptyWatch
    for (const event of goldenEvents) {
      state = evolve(state, [event])
      expect(state.members).toEqual(membersOf(state.alerts.values()))
    }
    expect(alertsOf(state, 'checkout').map(({ key }) => key)).toEqual(['pod-5-us', 'pod-7'])
    expect(alertsOf(state, 'nowhere')).toEqual([])
  })

  it('are known again after a snapshot, and leave with their closed incident', () => {
    const state = evolve(emptyWatch, goldenEvents)
    expect(fromSnapshot(toSnapshot(state)).members).toEqual(state.members)
    expect(state.members.has('mail')).toBe(false)
  })

  it('do not change in the state that was before', () => {
    const [before, body] = first('incident.closed')
    const members = structuredClone(before.members)
    evolve(before, [eventOf(before.seq + 1, body)])
    expect(before.members).toEqual(members)
  })
})
