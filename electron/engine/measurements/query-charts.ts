import { withoutFullStop } from '#shared/domain/text/as-part.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { MAX_SHOWN, type Execution } from '#shared/domain/execution/schema.ts'
import { MAX_LINES, type QueryChart } from '#shared/domain/measurement/query-chart.ts'
import { unreachable } from '#shared/domain/result/result.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Clock } from '../ports/clock.ts'
import type { Series } from '../ports/queries.ts'
import type { Source } from '../ports/source.ts'
import type { ChartGate } from './chart-gate.ts'
import { createFreshAnswers } from './fresh.ts'
import { labelText } from './label-text.ts'

/** The time that a chart shows, and between two of its points, ms. */
const SHOWN_MS = 7_200_000
const STEP_MS = 60_000
/** For how long an answer is given again, ms: the past of a query does not change. */
const KEPT_MS = 600_000

/** Charts of PromQL queries that were run. Nothing of them is recorded. */
export interface QueryCharts {
  /** The chart of an execution; null for one that asked no PromQL. Never rejects but for bugs. */
  of(executionId: string): Promise<QueryChart | null>
}

interface Deps {
  readonly clock: Pick<Clock, 'monotonic'>
  readonly gate: Pick<ChartGate, 'pass'>
  readonly state: () => WatchState
  readonly sources: () => readonly Source[]
}

/** Asks nobody before the first chart is wanted. */
export function createQueryCharts({ clock, gate, state, sources }: Deps): QueryCharts {
  const charts = createFreshAnswers<QueryChart>(clock, KEPT_MS)

  async function ask(
    { shown, targets }: Execution,
    startedAt: number,
    signal: AbortSignal,
  ): Promise<QueryChart> {
    const name = targets[0]?.value ?? ''
    const queries = sources().find((each) => each.queries && each.name === name)?.queries
    if (!queries) return { kind: 'unknown', reason: `there is no source ${name} any more` }
    // Of a longer one only the beginning is recorded.
    if (shown.length >= MAX_SHOWN) return { kind: 'unknown', reason: 'the query is too long' }
    const steps = { from: startedAt - SHOWN_MS, to: startedAt, stepMs: STEP_MS }
    const answer = await queries.range(shown, steps, signal)
    if (!answer.ok) {
      return { kind: 'unknown', reason: withoutFullStop(answer.error.problem.message) }
    }
    const { value } = answer
    switch (value.kind) {
      case 'other':
        return { kind: 'unknown', reason: `the query returns ${value.what}, no numbers` }
      case 'too-many':
        return {
          kind: 'unknown',
          reason: `the query returns ${String(value.series)} or more series`,
        }
      case 'series': {
        const drawn = drawable(value.series)
        if (drawn.length === 0)
          return { kind: 'unknown', reason: 'no data in the two hours before' }
        const top = drawn.slice(0, MAX_LINES)
        const telling = tellingNames(top)
        const series = top.map(({ labels, points }) => ({
          name: labelText(labels, (label) => telling.has(label)),
          points: [...points],
        }))
        return { kind: 'known', server: name, ...steps, series, more: drawn.length - top.length }
      }
      default:
        return unreachable(value)
    }
  }

  return {
    async of(executionId) {
      const execution = state().executions.get(executionId)
      const startedAt = execution?.startedAt ?? null
      if (execution?.kind !== 'promql' || startedAt === null) return null
      const chart = await charts.of(executionId, () =>
        gate.pass((signal) => ask(execution, startedAt, signal)),
      )
      // A server that did not answer is asked again.
      if (chart.kind === 'unknown') charts.drop(executionId)
      return chart
    },
  }
}

interface Drawable {
  readonly labels: Labels
  readonly points: readonly (readonly [at: number, value: number])[]
}

/** The series that can be drawn: those that are highest at the end first, those that ended before last. */
function drawable(
  series: readonly Series[],
): readonly { labels: Labels; points: [number, number][] }[] {
  const ends = Math.max(...series.map(({ points }) => points.at(-1)?.at ?? -Infinity))
  return series
    .map(({ labels, points }) => ({
      labels,
      points: points.flatMap(({ at, value }): [number, number][] =>
        Number.isFinite(value) ? [[at, value]] : [],
      ),
    }))
    .filter(({ points }) => points.length > 0)
    .toSorted((a, b) => endOf(b, ends) - endOf(a, ends))
}

function endOf({ points }: Drawable, ends: number): number {
  const last = points.at(-1)
  return last && ends - last[0] < STEP_MS ? last[1] : -Infinity
}

/** The labels that not all of them share. */
function tellingNames(series: readonly Drawable[]): ReadonlySet<string> {
  const [first] = series
  const names = new Set(series.flatMap(({ labels }) => Object.keys(labels)))
  return new Set(
    [...names].filter((name) => series.some(({ labels }) => labels[name] !== first?.labels[name])),
  )
}
