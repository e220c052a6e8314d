import { afterEach, describe, expect, it } from 'vitest'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createMeasurements } from '#electron/measurements/measurements.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import type { AlertChart } from '#shared/domain/measurement/chart.ts'
import { prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { ids } from '#test/unit/electron/http/world.ts'
import { startPrometheus } from './servers/prometheus.ts'
import { writePast } from './servers/time-series.ts'

const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Two pods, of which one fails more than it may. */
const rules = `
groups:
  - name: failing
    rules:
      - alert: Failing
        expr: |
          (
            label_replace(failing_a, "pod", "a", "", "") or label_replace(failing_b, "pod", "b", "", "")
          ) > 0.05
        labels: { severity: critical }
      - alert: Failing
        expr: failing_a > 0.9
        labels: { severity: page }
`

/** Two hours of a value; it holds for five minutes more, as Prometheus looks back. */
function* hours(end: number, value: number): Iterable<readonly [number, number]> {
  for (let at = end - 125 * MINUTE; at <= end; at += 15_000) yield [at, value]
}

describe('the chart of an alert against a real Prometheus', () => {
  it('has the series of the alert by the rule of its server, now and a week ago', async () => {
    const now = Date.now()
    const written = await writePast([
      { metric: 'failing_a', samples: [...hours(now - 7 * DAY, 0.03), ...hours(now, 0.02)] },
      { metric: 'failing_b', samples: [...hours(now - 7 * DAY, 0.01), ...hours(now, 0.36)] },
    ])
    cleanups.push(() => written.remove())
    const server = await startPrometheus({ rules, dataDir: written.dataDir, retention: '60d' })
    cleanups.push(() => server.stop())
    const clock = createNodeClock()
    const source = createPrometheusSource(
      prometheusConfigSchema.parse({
        type: 'prometheus',
        name: 'prom',
        url: server.url,
        interval: '500ms',
      }),
      { clock, ids, secrets: createSecretReader() },
    )
    const measurements = createMeasurements({ clock, random: () => 0.5 })
    const live = startLiveEngine([source], { measurements })
    cleanups.push(() => live.stop())
    const { incidents } = await live.until((state) => state.incidents.size > 0)
    const [incidentId = ''] = incidents.keys()

    const answer = await live.run('alert.series', { incidentId })
    if (!answer.ok) throw new Error(answer.error.message)
    const { chart } = answer.value as { chart: AlertChart }
    if (chart.kind !== 'known') throw new Error(JSON.stringify(chart))
    expect(chart).toMatchObject({
      origin: 'rule',
      server: 'prom',
      threshold: { operator: '>', value: 0.05 },
      stepMs: MINUTE,
    })
    const said = chart.lines.map(({ name, points, problem }) => [
      name,
      [...new Set(points.map(([, value]) => value))],
      problem,
    ])
    expect(said).toEqual([
      ['now', [0.36], null],
      ['yesterday', [], 'no data'],
      ['last week', [0.01], null],
    ])
    expect(chart.lines[0]?.points.length).toBeGreaterThan(115)
  })
})
