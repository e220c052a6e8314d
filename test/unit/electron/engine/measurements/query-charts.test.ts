import { describe, expect, it } from 'vitest'
import { createChartGate } from '#electron/engine/measurements/chart-gate.ts'
import { createQueryCharts } from '#electron/engine/measurements/query-charts.ts'
import type { GroupedExecution } from '#shared/domain/execution/groups.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { ok } from '#shared/domain/result/result.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { executionOn } from '#test/fixtures/executions.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createScriptedQueries, unanswered } from '#test/fixtures/scripted-queries.ts'
import { createScriptedSource } from '#test/fixtures/scripted-source.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 21, 3, 0, 0)

/** A query that was run on a server whose values the test writes. */
function world(over: Partial<GroupedExecution> = {}) {
  const clock = createFakeClock(START)
  const queries = { ...createScriptedQueries(() => clock.now()) }
  const execution = executionOn('q', {
    kind: 'promql',
    shown: 'failing',
    targets: [{ kind: 'Prometheus', value: 'prom' }],
    startedAt: START,
    ...over,
  })
  const state = { ...emptyWatch, executions: new Map([[execution.executionId, execution]]) }
  const charts = createQueryCharts({
    clock,
    gate: createChartGate(clock),
    state: () => state,
    sources: () => [createScriptedSource('other'), { ...createScriptedSource('prom'), queries }],
  })
  const known = async () => {
    const chart = await charts.of('q')
    if (chart?.kind !== 'known') throw new Error(JSON.stringify(chart))
    return chart
  }
  const unknown = async () => {
    const chart = await charts.of('q')
    if (chart?.kind !== 'unknown') throw new Error(JSON.stringify(chart))
    return chart.reason
  }
  return { clock, queries, charts, known, unknown }
}

const pods = (count: number): Labels[] =>
  Array.from({ length: count }, (_, index) => ({
    __name__: 'failing',
    zone: 'eu',
    pod: `p${String(index)}`,
  }))

it('is asked for by its execution, which must be known', async () => {
  const test = startTestEngine([])
  expect(await test.run('execution.series', { executionId: 'q' })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  })
})

describe('the chart of a query that was run', () => {
  it('has the two hours before it, asked once', async () => {
    const { queries, known } = world()
    queries.set('failing', 4)
    const { series, ...rest } = await known()
    expect(rest).toEqual({
      kind: 'known',
      server: 'prom',
      from: START - 120 * MINUTE,
      to: START,
      stepMs: MINUTE,
      more: 0,
    })
    expect(series.map(({ name, points }) => [name, points.length])).toEqual([['', 121]])
    expect(series[0]?.points.at(-1)).toEqual([START, 4])
    await known()
    expect(queries.ranges).toHaveLength(1)
  })

  it('has the five that are highest at the end, by the labels that set them apart', async () => {
    const { queries, known } = world()
    queries.set('failing', () => [1, 7, 3, 5, 2, 6, 4], pods(7))
    const { series, more } = await known()
    expect(series.map(({ name }) => name)).toEqual(
      ['p1', 'p5', 'p3', 'p6', 'p2'].map((pod) => `pod="${pod}"`),
    )
    expect(more).toBe(2)
  })

  it('has those last that ended before, however high they were', async () => {
    const { queries, known } = world()
    queries.set('failing', (at) => (at < START - 30 * MINUTE ? [1, 900] : [1]), pods(2))
    const { series } = await known()
    expect(series.map(({ name }) => name)).toEqual(['pod="p0"', 'pod="p1"'])
  })

  it('leaves out what no drawing can show', async () => {
    const { queries, known } = world()
    queries.set('failing', (at) => [at === START ? Number.POSITIVE_INFINITY : 1])
    expect((await known()).series[0]?.points).toHaveLength(120)
    const nothing = world()
    nothing.queries.set('failing', () => [Number.NaN])
    expect(await nothing.unknown()).toBe('no data in the two hours before')
  })

  it('says why there is none, and asks again then', async () => {
    const { queries, known, unknown } = world()
    queries.failWith(unanswered)
    expect(await unknown()).toBe('prom.example did not answer within 10 s')
    queries.failWith(null)
    expect(await unknown()).toBe('no data in the two hours before')
    queries.set('failing', 1)
    expect((await known()).series).toHaveLength(1)
  })

  it('says that its server is gone, or has no such answers', async () => {
    const gone = world({ targets: [{ kind: 'Prometheus', value: 'prom-old' }] })
    expect(await gone.unknown()).toBe('there is no source prom-old any more')
    const mute = world({ targets: [{ kind: 'Prometheus', value: 'other' }] })
    expect(await mute.unknown()).toBe('there is no source other any more')
  })

  it.each([
    [{ kind: 'other', what: 'a text' }, 'the query returns a text, no numbers'],
    [{ kind: 'too-many', series: 1_001 }, 'the query returns 1001 or more series'],
  ] as const)('says what the server answers instead of lines: %o', async (answer, reason) => {
    const { queries, unknown } = world()
    queries.range = () => Promise.resolve(ok(answer))
    expect(await unknown()).toBe(reason)
  })

  it('does not ask half a query', async () => {
    const { queries, unknown } = world({ shown: 'x'.repeat(4_000) })
    expect(await unknown()).toBe('the query is too long')
    expect(queries.ranges).toEqual([])
  })

  it('is none of a command, of what did not run, and of what is not known', async () => {
    expect(await world({ kind: 'command' }).charts.of('q')).toBeNull()
    expect(await world({ startedAt: null }).charts.of('q')).toBeNull()
    expect(await world().charts.of('elsewhere')).toBeNull()
  })
})
