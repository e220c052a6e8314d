import { afterEach, describe, expect, it } from 'vitest'
import { answerCase } from '../servers/answered-case.ts'
import { watchPrometheus, type PrometheusWatch } from './prometheus-case.ts'

let watch: PrometheusWatch

afterEach(() => watch.stop())

describe('vmalert, which knows no start time and has a group without rules', () => {
  it('has its alert shown, and is no alert itself', async () => {
    watch = watchPrometheus(await answerCase('C06'))
    const { live, poll } = watch
    const fired = await live.until(({ alerts }) => alerts.size > 0)
    expect([...fired.alerts.values()]).toMatchObject([
      {
        labels: { alertname: 'RequestErrors', alertgroup: 'web' },
        severity: 'P0',
        status: 'firing',
      },
    ])
    await poll(5)
    const { alerts, incidents, sources } = live.engine.state()
    expect(alerts.size).toBe(1)
    expect([...incidents.values()]).toMatchObject([{ severity: 'P0' }])
    expect(sources.get('prom')).toMatchObject({ health: 'healthy', rejections: [] })
    expect(watch.remarks()).toEqual(['no-restarts'])
  })
})
