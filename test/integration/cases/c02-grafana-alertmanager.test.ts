import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { watchCase, type WatchedCase } from './alertmanager-case.ts'

let watched: WatchedCase
beforeEach(async () => {
  watched = await watchCase('C02', { path: '/api/alertmanager/grafana' })
})
afterEach(() => watched.stop())

describe("Grafana's own Alertmanager", () => {
  it('is watched although it does not say when it started', async () => {
    const state = await watched.live.until(({ alerts }) => alerts.size > 0)
    expect([...state.alerts.values()]).toMatchObject([
      { status: 'firing', severity: 'P0', labels: { alertname: 'Checkout p99' } },
    ])
    expect(state.sources.get('am')).toMatchObject({ health: 'healthy', problem: null })
    expect(watched.remarks().filter(({ code }) => code === 'no-restarts')).toHaveLength(1)
  })

  it('has no version to be shown', async () => {
    const findings = await watched.findings()
    expect(findings[0]).toBe("Grafana's own Alertmanager")
    expect(findings).toContain('1 alerts: 1 active, 0 suppressed')
    expect(findings.join()).not.toContain('N/A')
  })
})
