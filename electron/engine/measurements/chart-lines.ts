import { withoutFullStop } from '#shared/domain/text/as-part.ts'
import { seriesOfAlert } from '#shared/domain/alert/expression.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { offsetAt } from '#shared/domain/calendar/zone.ts'
import type { ChartLine } from '#shared/domain/measurement/chart.ts'
import { fail, ok, unreachable, type Result } from '#shared/domain/result/result.ts'
import type { QueriesPort, QueryFailure, RangeAnswer, Series, Steps } from '../ports/queries.ts'

const DAY_MS = 86_400_000

/** The lines of a chart, and how many days each lies back. */
const lineDays = [
  ['now', 0],
  ['yesterday', 1],
  ['last week', 7],
] as const

/** Asks one server for the lines of a chart, those of the past by the clock on the wall of a zone. */
export async function chartLines(
  { promql, labels, queries }: ChartSource,
  steps: Steps,
  signal: AbortSignal,
  timeZone?: string,
): Promise<readonly ChartLine[]> {
  const asked = await Promise.all(
    lineDays.map(async ([name, days]) => {
      const behindMs = behind(steps.to, days, timeZone)
      const past = { ...steps, from: steps.from - behindMs, to: steps.to - behindMs }
      return { name, behindMs, answer: await queries.range(promql, past, signal) }
    }),
  )
  // What the alert is about now is what it is compared with.
  const [now] = asked
  const ofNow = now?.answer.ok ? chosen(now.answer.value, labels) : null
  const known = ofNow?.ok ? ofNow.value.labels : null
  return asked.map(({ name, behindMs, answer }): ChartLine => {
    const found = answer.ok
      ? chosen(answer.value, known && name !== 'now' ? known : labels)
      : fail(failureText(answer.error))
    const points = found.ok ? finite(found.value) : []
    const problem = found.ok ? (points.length === 0 ? NO_DATA : null) : found.error
    return { name, behindMs, points, problem }
  })
}

/** What is asked, and where. */
export interface ChartSource {
  readonly promql: string
  /** Of the alert: they say which of several series is meant. */
  readonly labels: Labels
  readonly queries: Pick<QueriesPort, 'range'>
}

const NO_DATA = 'no data'

/** How long ago it was the same time on the wall some days before, ms. */
function behind(at: number, days: number, timeZone: string | undefined): number {
  const straight = at - days * DAY_MS
  return at - straight - (offsetAt(timeZone, at) - offsetAt(timeZone, straight))
}

function chosen(answer: RangeAnswer, labels: Labels): Result<Series, string> {
  switch (answer.kind) {
    case 'series': {
      const { series } = answer
      if (series.length === 0) return fail(NO_DATA)
      const index = seriesOfAlert(
        labels,
        series.map((each) => each.labels),
      )
      const found = index === null ? undefined : series[index]
      return found
        ? ok(found)
        : fail(`${String(series.length)} series, and the labels do not say which is the alert's`)
    }
    case 'other':
      return fail(`the expression returns ${answer.what}, no numbers`)
    case 'too-many':
      return fail(`the expression returns ${String(answer.series)} or more series`)
    default:
      return unreachable(answer)
  }
}

function finite({ points }: Series): [number, number][] {
  return points.flatMap(({ at, value }) => (Number.isFinite(value) ? [[at, value]] : []))
}

function failureText({ problem }: QueryFailure): string {
  return withoutFullStop(problem.message)
}
