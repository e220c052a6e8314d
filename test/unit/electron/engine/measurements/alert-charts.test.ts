import { describe, expect, it } from 'vitest'
import { chartLines } from '#electron/engine/measurements/chart-lines.ts'
import type { QueryPlace } from '#electron/engine/ports/measurements.ts'
import type { QueriesPort, RangeAnswer } from '#electron/engine/ports/queries.ts'
import type { RulesPort } from '#electron/engine/ports/rules.ts'
import { createMeasurements } from '#electron/measurements/measurements.ts'
import type { AlertChart } from '#shared/domain/measurement/chart.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { createScriptedQueries, unanswered } from '#test/fixtures/scripted-queries.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const START = Date.UTC(2026, 10, 21, 3, 0, 0)

const linkOf = (promql: string) =>
  `http://prom.example/graph?g0.expr=${encodeURIComponent(promql)}&g0.tab=1`

interface World {
  readonly plan?: object
  readonly link?: string | null
  readonly rules?: RulesPort
  readonly isAskable?: boolean
  readonly alerts?: readonly Labels[]
}

/** An engine with an incident for each alert, and a server that says what the test writes. */
async function start({ plan, link = null, rules, isAskable = true, alerts }: World = {}) {
  const clock = createFakeClock(START)
  const queries = createScriptedQueries(() => clock.now())
  const scripted = createScriptedSource('prom')
  const source = {
    ...scripted,
    ...(isAskable ? { queries } : {}),
    ...(rules ? { rules } : {}),
  }
  const test = startTestEngine([source], {
    clock,
    configuration: { groupBy: ['alertname', 'pod'] },
    playbook: playbookWith(plan ? [{ plan: 'slow', match: ['alertname="Slow"'], ...plan }] : []),
    measurements: createMeasurements({ clock, random: () => 0.5, timeZone: 'UTC' }),
  })
  scripted.show(
    (alerts ?? [{ alertname: 'Slow', service: 'checkout' }]).map((labels) =>
      signal(labels, { generatorUrl: link }),
    ),
  )
  await clock.advance(0)
  await test.run('source.poll', {})
  await clock.advance(0)
  const ids = [...test.engine.state().incidents.keys()]
  const [id = ''] = ids
  const chart = async (incidentId = id): Promise<AlertChart> => {
    const answer = await test.run('alert.series', { incidentId })
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.value.chart
  }
  const known = async () => {
    const found = await chart()
    if (found.kind !== 'known') throw new Error(JSON.stringify(found))
    return found
  }
  return { test, clock, queries, ids, chart, known }
}

describe('the chart of an alert', () => {
  it('has what it judges for two hours, beside yesterday and last week', async () => {
    const { test, queries, known } = await start({ link: linkOf('failing > 0.05') })
    queries.set('failing', (at) => [at < START - DAY ? 0.02 : 0.36])
    const { lines, alertKey, ...rest } = await known()
    expect([...test.engine.state().alerts.keys()]).toEqual([alertKey])
    expect(rest).toEqual({
      kind: 'known',
      promql: 'failing',
      origin: 'link',
      threshold: { operator: '>', value: 0.05 },
      unit: 'number',
      server: 'prom',
      from: START - 120 * MINUTE,
      to: START,
      stepMs: MINUTE,
    })
    expect(lines.map(({ name, behindMs, problem }) => [name, behindMs, problem])).toEqual([
      ['now', 0, null],
      ['yesterday', DAY, null],
      ['last week', 7 * DAY, null],
    ])
    expect(lines.map(({ points }) => points.length)).toEqual([121, 121, 121])
    expect(lines.map(({ points }) => points.at(-1))).toEqual([
      [START, 0.36],
      [START - DAY, 0.36],
      [START - 7 * DAY, 0.02],
    ])
  })

  it('is asked for again after half a minute, and not before', async () => {
    const { queries, chart, clock } = await start({ link: linkOf('failing > 0.05') })
    queries.set('failing', 1)
    const [first, second] = await Promise.all([chart(), chart()])
    expect(second).toBe(first)
    await clock.advance(29_000)
    await chart()
    expect(queries.ranges).toHaveLength(3)
    await clock.advance(1_000)
    await chart()
    expect(queries.ranges).toHaveLength(6)
  })

  it('asks for two incidents at a time', async () => {
    const pods = ['a', 'b', 'c', 'd']
    const { ids, chart, queries } = await start({
      link: linkOf('failing > 0.05'),
      alerts: pods.map((pod) => ({ alertname: 'Slow', pod })),
    })
    const waiting: (() => void)[] = []
    const asked: string[] = []
    queries.range = (promql) => {
      asked.push(promql)
      return new Promise((resolve) => {
        waiting.push(() => resolve(ok({ kind: 'series', series: [] })))
      })
    }
    const all = Promise.all(ids.map(chart))
    const settle = async () => {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    }
    await settle()
    expect(asked).toHaveLength(6)
    for (const answer of waiting.splice(0)) answer()
    await settle()
    expect(asked).toHaveLength(12)
    for (const answer of waiting.splice(0)) answer()
    expect((await all).map(({ kind }) => kind)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ])
  })

  it('is given up after 20 s', async () => {
    const { chart, queries, clock } = await start({ link: linkOf('failing > 0.05') })
    queries.range = (_promql, _steps, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(fail(unanswered)))
      })
    const asked = chart()
    await clock.advance(20_000)
    expect(await asked).toEqual({
      kind: 'unknown',
      promql: 'failing',
      reason: 'prom.example did not answer within 10 s',
    })
  })

  it('is given up when the engine stops', async () => {
    const { test, chart, queries } = await start({ link: linkOf('failing > 0.05') })
    queries.range = (_promql, _steps, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(fail(unanswered)))
      })
    const asked = chart()
    await Promise.resolve()
    await test.engine.stop()
    expect((await asked).kind).toBe('unknown')
  })

  it('has the unit of the value that the plan asks in the same words', async () => {
    const { queries, known } = await start({
      link: linkOf('failing{service="checkout"} > 0.05'),
      plan: {
        impact: {
          values: {
            lost: { promql: 'lost', as: 'USD' },
            failing: { promql: 'failing{ service="{{ $labels.service }}" }', as: 'percent' },
            wrong: { promql: 'failing{', as: 's' },
          },
        },
      },
    })
    queries.set('failing{service="checkout"}', 0.3)
    expect((await known()).unit).toBe('percent')
  })

  it('takes the rule of its server where its link has no expression', async () => {
    let listed = 0
    const rules: RulesPort = {
      list: () => {
        listed += 1
        const rule = {
          name: 'Slow',
          kind: 'prometheus',
          labels: { alertname: 'Slow' },
          annotations: {},
          expression: 'latency > 3',
          forMs: null,
          comment: null,
          place: null,
        } as const
        return Promise.resolve(ok({ rules: [rule], unreadable: 0 }))
      },
    }
    const { queries, known, clock } = await start({ rules })
    queries.set('latency', 4)
    expect(await known()).toMatchObject({ origin: 'rule', promql: 'latency' })
    await clock.advance(60_000)
    await known()
    expect(listed).toBe(1)
  })

  it('takes what the plan watches where no rule is known', async () => {
    const rules: RulesPort = {
      list: () => Promise.resolve(fail({ code: 'timeout', message: 'No answer.', hint: 'Wait.' })),
    }
    const { queries, known } = await start({
      rules,
      plan: { triggers: [{ id: 'slow', promql: 'latency{service="{{ $labels.service }}"} > 3' }] },
    })
    queries.set('latency{service="checkout"}', 4)
    expect(await known()).toMatchObject({
      origin: 'plan',
      promql: 'latency{service="checkout"}',
      threshold: { operator: '>', value: 3 },
    })
  })

  it('asks the source that the plan names', async () => {
    const { chart } = await start({
      plan: { triggers: [{ id: 'slow', promql: 'latency > 3', source: 'elsewhere' }] },
    })
    expect(await chart()).toEqual({
      kind: 'unknown',
      promql: 'latency',
      reason: 'there is no source elsewhere',
    })
  })

  it('leaves an expression that is no PromQL for the next one, and tells of it where there is none', async () => {
    const link = linkOf('sum(up')
    const planned = await start({
      link,
      plan: { triggers: [{ id: 'slow', promql: 'latency > 3' }] },
    })
    planned.queries.set('latency', 1)
    expect(await planned.known()).toMatchObject({ origin: 'plan' })
    const alone = await start({ link })
    expect(await alone.chart()).toMatchObject({
      kind: 'unknown',
      promql: 'sum(up',
      reason: expect.stringContaining('not PromQL') as string,
    })
  })

  it('is none where nothing says what it would be of', async () => {
    const { chart, test } = await start()
    expect(await chart()).toEqual({ kind: 'none' })
    expect(await test.run('alert.series', { incidentId: 'unheard of' })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('is unknown without a server, and without data', async () => {
    const { chart } = await start({ link: linkOf('failing > 1'), isAskable: false })
    expect(await chart()).toMatchObject({ kind: 'unknown', reason: 'no Prometheus source' })
    const empty = await start({ link: linkOf('failing > 1') })
    expect(await empty.chart()).toMatchObject({ kind: 'unknown', reason: 'no data' })
  })

  it('is shown with what is known of the past while now has no data', async () => {
    const { queries, known } = await start({ link: linkOf('failing > 1') })
    queries.set('failing', (at) => (at < START - DAY / 2 ? [3] : []))
    const { lines } = await known()
    expect(lines.map(({ problem }) => problem)).toEqual(['no data', null, null])
  })
})

describe('the lines of a chart', () => {
  const steps = { from: START - 2 * MINUTE, to: START, stepMs: MINUTE }
  const { signal: never } = new AbortController()
  const labels = { pod: 'a' }
  const answering = (answer: RangeAnswer): Pick<QueriesPort, 'range'> => ({
    range: () => Promise.resolve(ok(answer)),
  })
  const linesOf = (queries: Pick<QueryPlace['queries'], 'range'>, timeZone = 'UTC') =>
    chartLines({ promql: 'x', labels, queries }, steps, never, timeZone)

  it('are those of the series that the alert is about, without what is no number', async () => {
    const queries = createScriptedQueries(() => START)
    queries.set('x', (at) => [1, at === START ? NaN : 2], [{ pod: 'b' }, { pod: 'a', le: 'x' }])
    const [now] = await linesOf(queries)
    expect(now?.points).toEqual([
      [START - 2 * MINUTE, 2],
      [START - MINUTE, 2],
    ])
  })

  it('are told apart from those of other series', async () => {
    const point = { at: START, value: 1 }
    const series = [{ pod: 'b' }, { pod: 'c' }].map((each) => ({ labels: each, points: [point] }))
    const [now] = await linesOf(answering({ kind: 'series', series }))
    expect(now?.problem).toBe("2 series, and the labels do not say which is the alert's")
  })

  it('say why there are none', async () => {
    const problems = async (answer: RangeAnswer) =>
      (await linesOf(answering(answer))).map(({ problem }) => problem)
    expect(await problems({ kind: 'too-many', series: 1_001 })).toEqual(
      Array(3).fill('the expression returns 1001 or more series'),
    )
    expect(await problems({ kind: 'other', what: 'a text' })).toEqual(
      Array(3).fill('the expression returns a text, no numbers'),
    )
  })

  it('lie back by the clock on the wall, over the end of summer time', async () => {
    const to = Date.UTC(2026, 9, 25, 12)
    const queries = createScriptedQueries(() => to)
    queries.set('x', 1)
    const found = await chartLines(
      { promql: 'x', labels, queries },
      { from: to - MINUTE, to, stepMs: MINUTE },
      never,
      'Europe/Berlin',
    )
    expect(found.map(({ behindMs }) => behindMs - Math.floor(behindMs / DAY) * DAY)).toEqual([
      0,
      60 * MINUTE,
      60 * MINUTE,
    ])
  })
})
