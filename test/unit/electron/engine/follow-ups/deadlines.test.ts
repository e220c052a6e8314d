import { describe, expect, it } from 'vitest'
import { toRules } from '#electron/engine/configuration/rules.ts'
import { deadlinesFollowUp } from '#electron/engine/follow-ups/deadlines.ts'
import { defaultConfiguration } from '#test/fixtures/configuration.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { emptyWatch, type WatchState } from '#shared/domain/watch/state.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const rules = toRules(defaultConfiguration)
const followUp = deadlinesFollowUp({ rules: () => rules })
const due = (state: WatchState, now: number) => followUp.due?.(state, now).bodies

describe('deadlines', () => {
  it('concern time only: no event leads to them', () => {
    expect('after' in followUp).toBe(false)
  })

  it('end a snooze at its time, and not before', () => {
    const snoozed = incidentWith({
      id: 'i',
      snoozed: { by: { kind: 'person', id: 'ada', name: 'ada' }, at: 1_000, until: 9_000 },
    })
    const state = { ...emptyWatch, incidents: new Map([['i', snoozed]]) }
    expect(due(state, 8_999)).toEqual([])
    expect(due(state, 9_000)).toEqual([
      { type: 'incident.snooze-ended', incidentId: 'i', reason: 'time' },
    ])
  })

  it('close what is resolved and quiet for long enough', () => {
    const resolved = incidentWith({
      id: 'i',
      status: 'resolved',
      changedAt: 1_000,
      counts: { ...noAlerts },
    })
    const state = { ...emptyWatch, incidents: new Map([['i', resolved]]) }
    expect(due(state, 1_000 + rules.closeAfterMs - 1)).toEqual([])
    expect(due(state, 1_000 + rules.closeAfterMs)).toEqual([
      { type: 'incident.closed', incidentId: 'i' },
    ])
  })
})
