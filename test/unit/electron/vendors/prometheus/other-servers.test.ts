import { afterEach, describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import { prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { answerCase } from '#test/integration/servers/answered-case.ts'
import { createShiftedClock, ids } from '../../http/world.ts'

const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function start(folder: string, prefix = '') {
  const server = await answerCase('answers', folder)
  cleanups.push(() => server.close())
  const config = { type: 'prometheus', name: 'other', url: server.url + prefix, timeout: '5s' }
  const source = createPrometheusSource(prometheusConfigSchema.parse(config), {
    clock: createShiftedClock(),
    ids,
    secrets: createSecretReader({ env: {} }),
  })
  cleanups.push(() => source.close())
  return { server, source }
}

async function poll(source: Source) {
  const result = await source.poll(new AbortController().signal)
  if (!result.ok) throw new Error(`${result.error.message} ${result.error.hint}`)
  source.accept()
  const { signals, selfAlerts, remarks, rejections, gone } = result.value
  return {
    firing: signals.map(({ labels }) => labels['alertname']),
    own: selfAlerts.map(({ name, labels }) => `${name} ${labels['rule'] ?? ''}`),
    remarks: (remarks ?? []).map(({ code }) => code),
    rejections,
    gone: gone.map((labels) => labels['alertname']),
  }
}

async function findings(source: Source) {
  const report = await source.test(new AbortController().signal)
  expect(report).toMatchObject({ isWorking: true, problem: null })
  expect(report.findings.join('\n')).not.toMatch(/N\/A|undefined|null/)
  return report.findings
}

describe('Thanos Rule', () => {
  it('has its alerts shown, and its failing recording rule said', async () => {
    const { server, source } = await start('thanos-rule')
    expect(await poll(source)).toEqual({
      firing: ['LatencyHigh'],
      own: ['RecordingRuleFailing job:latency:p99'],
      remarks: [],
      rejections: [],
      gone: [],
    })
    server.next()
    expect(await poll(source)).toMatchObject({ gone: ['LatencyHigh'] })
  })

  it('says what it is in a test', async () => {
    const { source } = await start('thanos-rule')
    expect(await findings(source)).toEqual(
      expect.arrayContaining([
        'Prometheus 0.43.0, up since 2026-11-20 07:00 UTC',
        '2 alerts: 1 firing, 1 pending',
        'the recording rule job:latency:p99 cannot be evaluated (read by LatencyHigh): no query API server reachable',
      ]),
    )
  })
})

describe.each([
  ['the ruler of Mimir', 'mimir-ruler', '/prometheus', 'QueueStuck'],
  ['prom-label-proxy', 'prom-label-proxy', '', 'PodCrashLooping'],
  [
    'Amazon behind a proxy that signs',
    'amazon-prometheus',
    '/workspaces/ws-b226cc2a',
    'LambdaErrors',
  ],
])('%s', (_, folder, prefix, alert) => {
  it('has its alerts shown, and what it cannot say said once', async () => {
    const { source } = await start(folder, prefix)
    const reports = [await poll(source), await poll(source), await poll(source), await poll(source)]
    expect(reports.flatMap(({ firing }) => firing)).toEqual([alert])
    for (const report of reports) {
      expect(report).toMatchObject({ own: [], remarks: ['no-restarts'], rejections: [], gone: [] })
    }
  })

  it('works in a test', async () => {
    const { source } = await start(folder, prefix)
    const found = await findings(source)
    expect(found).toContainEqual(expect.stringContaining('It does not tell when it started'))
    expect(found).toContain('1 alerting rule, 0 of them cannot be evaluated')
    expect(found[0]).toMatch(/^(Grafana Mimir 3\.0\.1|Prometheus, version unknown)$/)
  })
})

describe('rules of Grafana itself', () => {
  it('fire in its own spelling of states, and fail in its own spelling of health', async () => {
    const { source } = await start('grafana-rules', '/api/prometheus/grafana')
    expect(await poll(source)).toMatchObject({
      firing: ['Checkout p99', 'Cart slow', 'Orders per minute', 'Payment provider'],
      own: ['RuleEvaluationFailing Payment provider'],
      remarks: ['no-restarts'],
    })
  })

  it('that are paused are no finding of a test', async () => {
    const { source } = await start('grafana-rules', '/api/prometheus/grafana')
    const found = await findings(source)
    expect(found).toContain('5 alerts: 4 firing, 1 pending')
    expect(found).toContain('4 alerting rules, 1 of them cannot be evaluated: Payment provider')
    expect(found.join('\n')).not.toContain('never evaluated')
  })
})

describe('vmalert', () => {
  it('has its alerts shown; a group without rules is no error', async () => {
    const { source } = await start('vmalert')
    expect(await poll(source)).toMatchObject({
      firing: ['RequestErrors'],
      own: ['RecordingRuleFailing web:errors:rate5m'],
      remarks: ['no-restarts'],
      rejections: [],
    })
  })

  it('says which rules found no series to read', async () => {
    const { source } = await start('vmalert')
    expect(await findings(source)).toContainEqual(
      expect.stringContaining('found no series to read: QueueGone.'),
    )
    for (let i = 0; i < 2; i += 1) await poll(source)
    expect((await poll(source)).remarks).toEqual(['no-restarts', 'rules-without-series'])
  })
})
