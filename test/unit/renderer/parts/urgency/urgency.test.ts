import { describe, expect, it } from 'vitest'
import { toQueue } from '#renderer/engine/watch/queue.ts'
import { moreUrgent, summarise } from '#renderer/parts/urgency/urgency.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const by = { kind: 'person', id: 'ada', name: 'ada' } as const
const p0 = incidentWith({ id: 'p0', severity: 'P0' })
const p2 = incidentWith({ id: 'p2' })
const p2Older = incidentWith({ id: 'p2-older', startedAt: 1 })
const had = incidentWith({
  id: 'had',
  severity: 'P1',
  status: 'acknowledged',
  acknowledged: { at: 1, by, severity: 'P1' },
})
const over = incidentWith({
  id: 'over',
  status: 'resolved',
  resolved: { at: 1, by },
  counts: { ...noAlerts, resolved: 1 },
})
const queue = toQueue([p0, p2, p2Older, had, over])

describe('moreUrgent', () => {
  it('counts only what is worse beside an open incident', () => {
    expect(moreUrgent(queue, p2)).toEqual({ text: '1 incident is more urgent', firstId: 'p0' })
    expect(moreUrgent(queue, had)).toEqual({ text: '1 incident is more urgent', firstId: 'p0' })
    expect(moreUrgent(queue, p0)).toBeNull()
  })

  it('counts all that wait beside one that is over or put away', () => {
    expect(moreUrgent(queue, over)).toEqual({ text: '3 incidents triggered', firstId: 'p0' })
    expect(moreUrgent(toQueue([p2, over]), over)?.text).toBe('1 incident triggered')
    expect(moreUrgent(toQueue([over]), over)).toBeNull()
  })
})

describe('summarise', () => {
  it('says the queue in a line', () => {
    expect(summarise(queue)).toBe('3 triggered, 1 acknowledged, 1 resolved')
    expect(summarise(toQueue([p0]))).toBe('1 triggered')
    expect(summarise(toQueue([]))).toBe('No incidents')
  })
})
