import { describe, expect, it } from 'vitest'
import { availableActions } from '#renderer/state/availability.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { incidentWith } from '../incidents.ts'

const by = { kind: 'person', name: 'bo' } as const
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

  it('says who acknowledged it already', () => {
    const incident = incidentWith({ id: 'a', status: 'acknowledged', acknowledged })
    const [first] = availableActions(incident, 'open')
    expect(first).toMatchObject({
      action: 'acknowledge',
      refusedBecause: 'bo acknowledged it already.',
    })
    expect(next(incident, 'open')).toBeUndefined()
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
    ])
    const [close] = availableActions(incidentWith({ id: 'b', ...resolved }), 'open')
    expect(close?.refusedBecause).toContain('still fire')
  })

  it('has nothing for a closed one', () => {
    expect(names(incidentWith({ id: 'a', status: 'closed' }), 'open')).toEqual([])
  })

  it('gives the lost engine as the reason for everything', () => {
    for (const { refusedBecause } of availableActions(incidentWith({ id: 'a' }), 'lost')) {
      expect(refusedBecause).toContain('engine is lost')
    }
  })
})
