import { describe, expect, it } from 'vitest'
import { describeEvents } from '#renderer/engine/cockpit/announcements.ts'
import { emptyWatch, type WatchState } from '#shared/domain/watch/state.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { eventOf, incidentWith, triggered } from '#test/fixtures/watch-entities.ts'

function watchWith(...incidents: Incident[]): WatchState {
  return { ...emptyWatch, incidents: new Map(incidents.map((each) => [each.id, each])) }
}

describe('describeEvents', () => {
  it('interrupts for a grave incident and waits for a slight one', () => {
    const watch = watchWith(
      incidentWith({ id: 'a', severity: 'P0', title: 'Checkout fails' }),
      incidentWith({ id: 'b', severity: 'P3', title: 'Disk fills' }),
    )
    expect(describeEvents([triggered(1, 'a')], watch)).toEqual({
      politeness: 'assertive',
      text: 'New incident: P0 critical: Checkout fails',
    })
    expect(describeEvents([triggered(1, 'b')], watch)?.politeness).toBe('polite')
  })

  it('says a storm in one sentence, with the worst by name', () => {
    const incidents = Array.from({ length: 300 }, (_, index) =>
      incidentWith({
        id: `i${String(index)}`,
        severity: index === 200 ? 'P0' : 'P2',
        title: `Pod ${String(index)}`,
      }),
    )
    const events = incidents.map(({ id }, index) => triggered(index + 1, id))
    expect(describeEvents(events, watchWith(...incidents))?.text).toBe(
      '300 new incidents, worst P0 critical: Pod 200',
    )
  })

  it('is silent about what asks for nobody', () => {
    const watch = watchWith(incidentWith({ id: 'a', status: 'resolved' }))
    expect(describeEvents([triggered(1, 'a')], watch)).toBeNull()
    const noted = eventOf(2, { type: 'incident.noted', incidentId: 'a', text: 'hm' })
    expect(describeEvents([noted], watch)).toBeNull()
  })
})
