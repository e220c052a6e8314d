import { afterEach, describe, expect, it } from 'vitest'
import { startPrometheusCase, type PrometheusCase } from './prometheus-case.ts'

let watch: PrometheusCase

afterEach(() => watch.stop())

describe('vmalert, which knows no start time and has a group without rules', () => {
  it('has its alert shown, and is no alert itself', async () => {
    watch = await startPrometheusCase('C06')
    const { live } = watch
    const fired = await live.until(({ alerts }) => alerts.size > 0)
    expect([...fired.alerts.values()]).toMatchObject([
      {
        labels: { alertname: 'RequestErrors', alertgroup: 'web' },
        severity: 'P0',
        status: 'firing',
      },
    ])
    await expect.poll(() => watch.polls(), { timeout: 30_000 }).toBeGreaterThan(5)
    const { alerts, incidents, sources } = live.engine.state()
    expect(alerts.size).toBe(1)
    expect([...incidents.values()]).toMatchObject([{ severity: 'P0' }])
    expect(sources.get('prom')).toMatchObject({ health: 'healthy', rejections: [] })
  })
})
