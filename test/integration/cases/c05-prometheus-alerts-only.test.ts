import { afterEach, describe, expect, it } from 'vitest'
import { startPrometheusCase, type PrometheusCase } from './prometheus-case.ts'

let watch: PrometheusCase

afterEach(() => watch.stop())

describe('a proxy that lets only the alerts of a Prometheus through', () => {
  it('has them shown and resolved; what cannot be told is remarked upon and no alert', async () => {
    watch = await startPrometheusCase('answers', 'alerts-only-proxy')
    const { live, server } = watch
    const fired = await live.until(({ alerts }) => alerts.size > 0)
    expect([...fired.alerts.values()]).toMatchObject([
      { labels: { alertname: 'PodCrashLooping' }, severity: 'P0' },
    ])
    await expect.poll(() => watch.polls(), { timeout: 30_000 }).toBeGreaterThan(5)
    expect(watch.remarks()).toEqual(['no-restarts', 'rules-unknown'])
    expect(live.engine.state().alerts.size).toBe(1)
    server.next()
    await live.until(({ alerts }) =>
      [...alerts.values()].every(({ status }) => status === 'resolved'),
    )
  })
})
