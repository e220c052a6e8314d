import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { watchCase, type WatchedCase } from './alertmanager-case.ts'

let watched: WatchedCase
beforeEach(async () => {
  watched = await watchCase('C11', {
    receiver: 'oncall',
    filter: ['team="payments"'],
    heartbeats: ['alertname="Watchdog"'],
  })
})
afterEach(() => watched.stop())

describe('a heartbeat that receiver and filter of its source leave out', () => {
  it('is found, and does not count as missing', async () => {
    const { live } = watched
    await live.until(({ alerts }) => alerts.size > 0)
    // More polls in a row than a missing heartbeat is given.
    for (let polls = 0; polls < 5; polls += 1) await live.run('source.poll', { sourceId: 'am' })
    const alerts = [...live.engine.state().alerts.values()]
    const nameOf = ({ labels }: (typeof alerts)[number]) => labels['alertname']
    expect(alerts.map(nameOf).sort()).toEqual(['CardErrors', 'Watchdog'])
    expect(alerts.find((alert) => nameOf(alert) === 'Watchdog')?.suppression).toEqual([
      { kind: 'heartbeat', id: 'alertname="Watchdog"' },
    ])
    expect(await watched.findings()).toContain('heartbeat alertname="Watchdog" is present')
  })
})
