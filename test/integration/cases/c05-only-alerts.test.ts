import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { watchCase, type WatchedCase } from './alertmanager-case.ts'

let watched: WatchedCase
beforeEach(async () => {
  watched = await watchCase('C05')
})
afterEach(() => watched.stop())

describe('an Alertmanager behind a proxy that lets only the alerts through', () => {
  it('is watched', async () => {
    const state = await watched.live.until(({ alerts }) => alerts.size > 0)
    expect([...state.alerts.values()]).toMatchObject([
      { status: 'firing', labels: { alertname: 'PodCrashLooping' } },
    ])
    expect(state.sources.get('am')).toMatchObject({ health: 'healthy', problem: null })
    expect(watched.remarks().map(({ code }) => code)).toEqual(['no-restarts'])
  })

  it('works in a test of its connection, which says what cannot be read', async () => {
    const report = await watched.source.test(new AbortController().signal)
    expect(report).toMatchObject({ isWorking: true, problem: null })
    expect(report.findings[0]).toMatch(/^its status cannot be read: .*404/)
    expect(report.findings).toContain('1 alerts: 1 active, 0 suppressed')
    expect(report.findings).toContain('its receivers cannot be read')
  })
})
