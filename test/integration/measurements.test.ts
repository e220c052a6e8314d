import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createMeasurements } from '#electron/measurements/measurements.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import type { IncidentMeasurements } from '#shared/domain/measurement/schema.ts'
import type { Source } from '#electron/engine/ports/source.ts'
import { prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { eventually } from '#test/setup/eventually.ts'
import { ids } from '#test/unit/electron/http/world.ts'
import { startPrometheus, type PrometheusOptions } from './servers/prometheus.ts'
import { writePast, type PastSeries } from './servers/time-series.ts'

const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY

/** One alert that always fires, so that there is an incident with the plan. */
const rules = `
groups:
  - name: always
    rules:
      - alert: Slow
        expr: vector(1)
        labels: { service: checkout }
`

/** A Prometheus with a past, and an engine that follows a plan for its alert. */
async function start(plan: object, past: readonly PastSeries[], options: PrometheusOptions = {}) {
  const written = await writePast(past)
  cleanups.push(() => written.remove())
  const { dataDir } = written
  const server = await startPrometheus({ rules, dataDir, retention: '60d', ...options })
  cleanups.push(() => server.stop())
  const clock = createNodeClock()
  const source: Source = createPrometheusSource(
    prometheusConfigSchema.parse({
      type: 'prometheus',
      name: 'prom',
      url: server.url,
      interval: '500ms',
    }),
    { clock, ids, secrets: createSecretReader() },
  )
  const measurements = createMeasurements({
    clock,
    random: () => 0.5,
    everyMs: 300,
    timeZone: 'UTC',
  })
  const playbook = playbookWith([{ plan: 'slow', match: ['alertname="Slow"'], ...plan }])
  const live = startLiveEngine([source], { playbook, measurements })
  cleanups.push(() => live.stop())
  const state = await live.until(({ responses }) => responses.size > 0)
  const [id = ''] = state.responses.keys()
  const measured = (): IncidentMeasurements | undefined => {
    const message = live.engine.greeting().find(({ type }) => type === 'measurements')
    return message?.type === 'measurements' ? message.incidents[0] : undefined
  }
  const crossing = async (trigger: string) => {
    const { triggers } = await live.until(
      (after) => after.triggers.get(id)?.crossed[trigger] !== undefined,
    )
    return triggers.get(id)?.crossed[trigger]
  }
  return { live, server, id, measured, crossing }
}

function* samples(
  from: number,
  to: number,
  stepMs: number,
  value: (at: number) => number,
): Iterable<readonly [number, number]> {
  for (let at = from; at <= to; at += stepMs) yield [at, value(at)]
}

describe('a trigger against a real Prometheus', () => {
  it('"latency > 3000 ms for 10 min" is crossed by the latency of the last 12 minutes', async () => {
    const now = Date.now()
    const latency = {
      metric: 'latency_ms',
      samples: samples(now - 40 * MINUTE, now + 3 * MINUTE, 15_000, (at) =>
        at >= now - 12 * MINUTE ? 3_400 : 900,
      ),
    }
    const short = {
      metric: 'short_ms',
      samples: samples(now - 40 * MINUTE, now + 3 * MINUTE, 15_000, (at) =>
        at >= now - 5 * MINUTE ? 3_400 : 900,
      ),
    }
    const { crossing, measured, live, id } = await start(
      {
        triggers: [
          { id: 'slow', promql: 'latency_ms > 3000', for: '10m' },
          { id: 'short', promql: 'short_ms > 3000', for: '10m' },
          { id: 'none', promql: 'nothing_ms > 3000', for: '10m' },
        ],
      },
      [latency, short],
    )
    expect(await crossing('slow')).toMatchObject({ value: '3,400', threshold: '> 3,000' })
    await eventually(() => {
      expect(measured()?.triggers['short']?.holds).toBe(true)
      expect(measured()?.triggers['none']?.reading).toMatchObject({ reason: 'no data' })
    })
    expect(Object.keys(live.engine.state().triggers.get(id)?.crossed ?? {})).toEqual(['slow'])
  })

  it('"no improvement" compares with what the server had at the first action', async () => {
    let failing = 0.36
    const target = createServer((_request, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4')
      response.end(`failing ${String(failing)}\n`)
    })
    target.listen(0, '127.0.0.1')
    await once(target, 'listening')
    cleanups.push(async () => {
      target.closeAllConnections()
      target.close()
      await once(target, 'close').catch(() => undefined)
    })
    const { port } = target.address() as AddressInfo
    const now = Date.now()
    const { live, server, id, crossing } = await start(
      {
        impact: { values: { failing: { promql: 'failing', as: 'percent' } } },
        phases: [{ name: 'Now', steps: [{ id: 'switch', text: 'Switch the processor' }] }],
        triggers: [{ id: 'stuck', noImprovementOf: 'failing', within: '2s' }],
      },
      [{ metric: 'long_ago', samples: [[now - DAY, 1]] }],
      { targets: { app: [`127.0.0.1:${String(port)}`] } },
    )
    await server.waitFor('/api/v1/query?query=failing', (body) => body.includes('0.36'))
    await live.run('plan.step', { incidentId: id, step: 'switch', state: 'done', note: null })
    failing = 0.35
    expect(await crossing('stuck')).toMatchObject({
      threshold: '≤ 32.4 % (10 % less than 36 % at the first action)',
    })
    failing = 0.1
    await live.until(({ triggers }) => triggers.get(id)?.crossed['stuck'] === undefined)
  })

  it('a baseline is that of the same hour in four weeks of data', async () => {
    const now = Date.now()
    const hour = Math.floor(now / HOUR) * HOUR
    // Each hour of a week has a value of its own; the present one is a quarter above.
    const usual = (at: number) => 100 + (Math.floor(at / HOUR) % 168)
    const requests = {
      metric: 'requests',
      samples: [4, 3, 2, 1]
        .flatMap((week) => [
          ...samples(hour - week * WEEK - DAY, hour - week * WEEK - DAY + HOUR, 4 * MINUTE, usual),
          ...samples(hour - week * WEEK - HOUR, hour - week * WEEK + 2 * HOUR, 4 * MINUTE, usual),
        ])
        .concat([...samples(now - 5 * MINUTE, now + 3 * MINUTE, 15_000, () => usual(now) * 1.25)]),
    }
    const { crossing, measured } = await start(
      {
        triggers: [
          { id: 'above', promql: 'requests', aboveBaseline: '15%' },
          { id: 'far-above', promql: 'requests', aboveBaseline: '50%' },
        ],
      },
      [requests],
    )
    expect(await crossing('above')).toBeDefined()
    const { baseline, holds } = measured()?.triggers['far-above'] ?? {}
    expect(baseline).toMatchObject({ weeks: 4, of: 4 })
    expect(baseline?.median).toBeCloseTo(usual(now), 0)
    expect(holds).toBe(false)
  })

  it('is unknown by what a server cannot answer with a number', async () => {
    const now = Date.now()
    const { measured } = await start(
      {
        triggers: [
          { id: 'broken', promql: 'sum(latency_ms) by (x) ++ > 3' },
          { id: 'refused', promql: 'label_replace(latency_ms, "0a", "$1", "b", "(.*)") > 3' },
          { id: 'range', promql: 'latency_ms[5m]' },
          { id: 'nan', promql: '(latency_ms - latency_ms) / (latency_ms - latency_ms) > 1' },
          { id: 'gone', promql: 'absent(latency_ms)' },
          { id: 'both', promql: 'latency_ms > 9000 and latency_ms > 3' },
          { id: 'many', promql: 'scrape_samples_scraped > 3' },
        ],
      },
      [
        {
          metric: 'latency_ms',
          samples: samples(now - 5 * MINUTE, now + 3 * MINUTE, 15_000, () => 3_400),
        },
      ],
    )
    await eventually(() => {
      const { triggers = {} } = measured() ?? {}
      const says = Object.fromEntries(
        Object.entries(triggers).map(([id, { reading }]) => [
          id,
          reading.kind === 'unknown'
            ? reading.reason
            : reading.kind === 'condition' && reading.holds,
        ]),
      )
      expect(says).toEqual({
        broken: expect.stringContaining('the expression is not PromQL near') as string,
        refused: expect.stringMatching(
          /refused the question \(422\)|refused the question \(400\)/,
        ) as string,
        range: expect.stringContaining('a range of values') as string,
        nan: 'the value is NaN',
        gone: false,
        both: false,
        many: 'no data',
      })
    })
  })

  it('is unknown by 10,000 series', async () => {
    const target = createServer((_request, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4')
      const lines = Array.from({ length: 10_000 }, (_, index) => `pods{pod="${String(index)}"} 1`)
      response.end(`${lines.join('\n')}\n`)
    })
    target.listen(0, '127.0.0.1')
    await once(target, 'listening')
    cleanups.push(async () => {
      target.closeAllConnections()
      target.close()
      await once(target, 'close').catch(() => undefined)
    })
    const { port } = target.address() as AddressInfo
    const { measured, crossing } = await start(
      {
        triggers: [
          { id: 'each', promql: 'pods > 0' },
          { id: 'sum', promql: 'sum(pods) >= 10000' },
        ],
      },
      [{ metric: 'long_ago', samples: [[Date.now() - DAY, 1]] }],
      { targets: { app: [`127.0.0.1:${String(port)}`] }, interval: '1s' },
    )
    expect(await crossing('sum')).toMatchObject({ value: '10,000' })
    await eventually(() => {
      const reading = measured()?.triggers['each']?.reading
      expect(reading).toMatchObject({ kind: 'unknown' })
      expect(reading?.kind === 'unknown' ? reading.reason : '').toMatch(
        /(10000|1001) or more series: aggregate them, with sum or max/,
      )
    })
  })
})
