import { describe, expect, it } from 'vitest'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { shownAge } from '#renderer/screens/now/shown-age.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const by = { kind: 'deckwatch' } as const

describe('the age of a line', () => {
  it('is that of what fires now, not of what was over long ago', () => {
    const again = incidentWith({ id: 'i', startedAt: 1_000, triggeredAt: 90_000 })
    expect(shownAge(again, 80_000)).toEqual({ word: 'firing', since: 80_000 })
    expect(shownAge(again, null)).toEqual({ word: 'firing', since: 1_000 })
  })

  it('is that of the end for what is over', () => {
    const counts = { ...noAlerts, resolved: 1 }
    const resolved = incidentWith({
      id: 'i',
      status: 'resolved',
      counts,
      resolved: { at: 70_000, by },
    })
    expect(shownAge(resolved, null)).toEqual({ word: 'resolved', since: 70_000 })
    const closed = { ...resolved, status: 'closed' as const, closed: { at: 75_000, by } }
    expect(shownAge(closed, null)).toEqual({ word: 'closed', since: 75_000 })
  })

  it('is that of what still fires where a person called it resolved', () => {
    const called = incidentWith({ id: 'i', status: 'resolved', resolved: { at: 70_000, by } })
    expect(shownAge(called, 2_000)).toEqual({ word: 'firing', since: 2_000 })
  })
})
