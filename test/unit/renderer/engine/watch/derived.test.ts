import { describe, expect, it } from 'vitest'
import { alertsOf, briefOf, queueOf } from '#renderer/engine/watch/derived.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import {
  emptyWatch,
  fromSnapshot,
  toSnapshot,
  type WatchState,
} from '#shared/domain/watch/state.ts'
import { alertWith, eventOf, incidentWith } from '#test/fixtures/watch-entities.ts'

function watchWith(...alerts: Alert[]): WatchState {
  return fromSnapshot({ ...toSnapshot(emptyWatch), alerts })
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

  it('is the same list until one of them changes', () => {
    const watch = watchWith(alertWith({ key: 'a' }), alertWith({ key: 'b', incidentId: 'i2' }))
    const [mine, other] = [alertsOf(watch, 'i1'), alertsOf(watch, 'i2')]
    const changed = evolve(watch, [
      eventOf(1, {
        type: 'alert.flapping-started',
        key: 'b',
        alertId: 'b 1',
        incidentId: 'i2',
        changes: 5,
      }),
    ])
    expect(alertsOf(changed, 'i1')).toBe(mine)
    expect(alertsOf(changed, 'i2')).not.toBe(other)
    expect([briefOf(watch, 'i2').isFlapping, briefOf(changed, 'i2').isFlapping]).toEqual([
      false,
      true,
    ])
    const joined = evolve(changed, [
      eventOf(2, {
        type: 'alert.resolved',
        key: 'a',
        alertId: 'a 1',
        incidentId: 'i1',
        sourceId: 'am',
        reason: 'gone',
      }),
    ])
    expect(alertsOf(joined, 'i1').map(({ status }) => status)).toEqual(['resolved'])
  })
})

describe('whether an incident flaps', () => {
  it('is true for an incident with an alert that flaps', () => {
    const watch = watchWith(
      alertWith({ key: 'a', flappingSince: 5 }),
      alertWith({ key: 'b', incidentId: 'i2' }),
    )
    expect(briefOf(watch, 'i1').isFlapping).toBe(true)
    expect(briefOf(watch, 'i2').isFlapping).toBe(false)
  })
})

describe('queueOf', () => {
  it('is worked out once for one state', () => {
    const incidents = new Map([['a', incidentWith({ id: 'a' })]])
    expect(queueOf(incidents)).toBe(queueOf(incidents))
    expect(queueOf(new Map(incidents))).not.toBe(queueOf(incidents))
  })
})
