import { describe, expect, it } from 'vitest'
import { availableActions, explainMissing } from '#renderer/engine/commands/availability.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const by = { kind: 'person', id: 'bo', name: 'bo' } as const
const acknowledged = { at: 1, by, severity: 'P2' } as const
const names = (...args: Parameters<typeof availableActions>) =>
  availableActions(...args).map(({ action }) => action)
const next = (...args: Parameters<typeof availableActions>) =>
  availableActions(...args).find(({ isNext }) => isNext)?.action

describe('availableActions', () => {
  it('offers to acknowledge first', () => {
    const incident = incidentWith({ id: 'a' })
    expect(names(incident, 'open')).toEqual(['acknowledge', 'snooze', 'resolve'])
    expect(next(incident, 'open')).toBe('acknowledge')
  })

  it('offers to give back what somebody has, and answers the key that is gone', () => {
    const incident = incidentWith({ id: 'a', status: 'acknowledged', acknowledged })
    expect(names(incident, 'open')).toEqual(['unacknowledge', 'snooze', 'mitigate', 'resolve'])
    expect(next(incident, 'open')).toBeUndefined()
    expect(explainMissing(incident, 'acknowledge')).toEqual({
      code: 'already-done',
      message: 'bo already acknowledged it.',
    })
    const reader = { id: 'bo', owner: 'ada', people: [] }
    expect(explainMissing(incident, 'acknowledge', reader).message).toBe(
      'You already acknowledged it.',
    )
  })

  it('asks nobody to acknowledge what is suppressed or snoozed', () => {
    const counts = { ...noAlerts, firing: 1, suppressed: 1 }
    expect(next(incidentWith({ id: 'a', counts }), 'open')).toBeUndefined()
    const snoozed = incidentWith({ id: 'a', snoozed: { at: 1, until: 9, by } })
    expect(next(snoozed, 'open')).toBeUndefined()
    expect(names(snoozed, 'open')).toContain('acknowledge')
  })

  it('leads on to resolve once somebody has it and nothing fires', () => {
    const incident = incidentWith({
      id: 'a',
      status: 'acknowledged',
      acknowledged,
      counts: { ...noAlerts, resolved: 2 },
    })
    expect(next(incident, 'open')).toBe('resolve')
  })

  it('ends a snooze instead of beginning another', () => {
    const incident = incidentWith({ id: 'a', snoozed: { at: 1, until: 9, by } })
    expect(names(incident, 'open')).toContain('unsnooze')
    expect(names(incident, 'open')).not.toContain('snooze')
  })

  it('closes a resolved incident, unless its alerts still fire', () => {
    const resolved = { status: 'resolved', resolved: { at: 1, by } } as const
    const quiet = incidentWith({ id: 'a', ...resolved, counts: { ...noAlerts, resolved: 1 } })
    expect(availableActions(quiet, 'open')).toEqual([
      { action: 'close', isNext: true, refusedBecause: null },
      { action: 'reopen', isNext: false, refusedBecause: null },
    ])
    const [close] = availableActions(incidentWith({ id: 'b', ...resolved }), 'open')
    expect(close?.refusedBecause).toContain('still firing')
  })

  it('has nothing for a closed one', () => {
    expect(names(incidentWith({ id: 'a', status: 'closed' }), 'open')).toEqual([])
  })

  it('stays possible while the engine is lost, but for what waits for it already', () => {
    const incident = incidentWith({ id: 'a' })
    expect(availableActions(incident, 'lost')).toEqual(availableActions(incident, 'open'))
    const waiting = [{ name: 'incident.acknowledge', state: 'waiting' }] as const
    expect(availableActions(incident, 'lost', waiting)[0]).toEqual({
      action: 'acknowledge',
      isNext: false,
      refusedBecause: 'Already queued.',
    })
    const rejected = [{ name: 'incident.acknowledge', state: 'rejected' }] as const
    expect(availableActions(incident, 'open', rejected)[0]?.refusedBecause).toBeNull()
  })

  it('is not possible before the first connection', () => {
    for (const { refusedBecause } of availableActions(incidentWith({ id: 'a' }), 'connecting')) {
      expect(refusedBecause).toContain('not connected')
    }
  })
})

describe('explainMissing', () => {
  it('has an answer for every key that has no button', () => {
    const resolved = incidentWith({ id: 'a', status: 'resolved', resolved: { at: 1, by } })
    const open = incidentWith({ id: 'a' })
    expect(explainMissing(open, 'reopen').message).toContain('open')
    expect(explainMissing(open, 'close').message).toContain('Only a resolved incident')
    expect(explainMissing(open, 'unacknowledge').message).toContain('not acknowledged')
    expect(explainMissing(resolved, 'acknowledge').message).toContain('reopen it first')
    expect(explainMissing(incidentWith({ id: 'a', status: 'closed' }), 'snooze').message).toContain(
      'closed',
    )
  })
})
