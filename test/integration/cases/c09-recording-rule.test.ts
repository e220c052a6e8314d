import { afterEach, describe, expect, it } from 'vitest'
import { answerCase } from '../servers/answered-case.ts'
import { watchPrometheus, type PrometheusWatch } from './prometheus-case.ts'

let watch: PrometheusWatch

afterEach(() => watch.stop())

describe('a recording rule that fails', () => {
  it('is an alert that names it and the alert that reads it', async () => {
    watch = watchPrometheus(await answerCase('C09'))
    const { alerts } = await watch.live.until((state) => state.alerts.size > 0)
    const [alert] = alerts.values()
    expect(alert).toMatchObject({
      severity: 'P1',
      labels: {
        alertname: 'RecordingRuleFailing',
        source: 'prom',
        rule: 'job:errors:ratio5m',
        group: 'slo',
      },
    })
    expect(alert?.annotations['summary']).toContain('recording rule job:errors:ratio5m')
    expect(alert?.annotations['description']).toContain('ErrorRatioHigh')
    expect(alert?.annotations['description']).toContain('many-to-many')
  })

  it('is a finding of a test of the connection', async () => {
    watch = watchPrometheus(await answerCase('C09'))
    const tested = await watch.live.run('source.test', { sourceId: 'prom' })
    expect(tested).toMatchObject({ ok: true, value: { isWorking: true } })
    expect(JSON.stringify(tested)).toContain(
      'the recording rule job:errors:ratio5m cannot be evaluated (read by ErrorRatioHigh)',
    )
  })
})
