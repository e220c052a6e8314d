import { describe, expect, it } from 'vitest'
import { alertsOf, isFlapping, queueOf } from '#renderer/engine/watch/derived.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { emptyWatch, type WatchState } from '#shared/domain/watch/state.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

function watchWith(...alerts: Alert[]): WatchState {
  return { ...emptyWatch, alerts: new Map(alerts.map((alert) => [alert.key, alert])) }
}

const mute = { kind: 'mute', id: 'night' } as const

describe('alertsOf', () => {
  it('lists those of the incident: active, then held back, then resolved, each worst first', () => {
    const watch = watchWith(
      alertWith({ key: 'over', status: 'resolved', severity: 'P0' }),
      alertWith({ key: 'held', suppression: [mute], severity: 'P0' }),
      alertWith({ key: 'new', startsAt: 9 }),
      alertWith({ key: 'old', startsAt: 3 }),
      alertWith({ key: 'worst', severity: 'P1', startsAt: 99 }),
      alertWith({ key: 'other', incidentId: 'i2' }),
    )
    expect(alertsOf(watch, 'i1').map(({ key }) => key)).toEqual([
      'worst',
      'old',
      'new',
      'held',
      'over',
    ])
    expect(alertsOf(watch, 'none')).toEqual([])
  })
})

describe('isFlapping', () => {
  it('is true for an incident with an alert that flaps', () => {
    const watch = watchWith(
      alertWith({ key: 'a', flappingSince: 5 }),
      alertWith({ key: 'b', incidentId: 'i2' }),
    )
    expect(isFlapping(watch, 'i1')).toBe(true)
    expect(isFlapping(watch, 'i2')).toBe(false)
  })
})

describe('queueOf', () => {
  it('is worked out once for one state', () => {
    const incidents = new Map([['a', incidentWith({ id: 'a' })]])
    expect(queueOf(incidents)).toBe(queueOf(incidents))
    expect(queueOf(new Map(incidents))).not.toBe(queueOf(incidents))
  })
})
