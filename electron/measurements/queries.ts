import type { QueryPlace } from '#electron/engine/ports/measurements.ts'
import type {
  QueryAnswer,
  QueryFailure,
  RangeAnswer,
  Steps,
} from '#electron/engine/ports/queries.ts'
import {
  baselineOf,
  localHour,
  median,
  sameHourBefore,
  type Baseline,
} from '#shared/domain/measurement/baseline.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Job } from './jobs.ts'

/** Time between two values of the hour that a baseline looks at, ms. */
const BASELINE_STEP_MS = 300_000

const keyOf = (kind: string, { id }: QueryPlace, ...rest: readonly (string | number)[]) =>
  JSON.stringify([kind, id, ...rest])

/** What an expression is now, again and again. */
export function instantJob(place: QueryPlace, promql: string): Job<QueryAnswer> {
  return {
    key: keyOf('now', place, promql),
    place,
    cost: 1,
    isLasting: true,
    ask: (signal) => place.queries.instant(promql, null, signal),
  }
}

/** What an expression was at a moment, ms since the epoch, UTC. */
export function momentJob(place: QueryPlace, promql: string, at: number): Job<QueryAnswer> {
  return {
    key: keyOf('at', place, promql, at),
    place,
    cost: 1,
    isLasting: false,
    ask: (signal) => place.queries.instant(promql, at, signal),
  }
}

/** What an expression was over a time that is past. */
export function pastJob(place: QueryPlace, promql: string, steps: Steps): Job<RangeAnswer> {
  return {
    key: keyOf('past', place, promql, steps.from, steps.to),
    place,
    cost: 1,
    isLasting: false,
    ask: (signal) => place.queries.range(promql, steps, signal),
  }
}

/**
 * What an expression usually is at this hour of this weekday; null without any data. A week's value is
 * the median of its hour. It is another job with each hour, so it is asked once in an hour.
 *
 * @param timeZone IANA name; the zone of this machine when undefined.
 */
export function baselineJob(
  place: QueryPlace,
  promql: string,
  now: number,
  timeZone: string | undefined,
): Job<Baseline | null> {
  const weeks = sameHourBefore(now, timeZone)
  return {
    key: keyOf('baseline', place, promql, localHour(now, timeZone).from),
    place,
    cost: weeks.length,
    isLasting: false,
    async ask(signal) {
      const values: (number | null)[] = []
      for (const { from, to } of weeks) {
        const steps = { from, to, stepMs: BASELINE_STEP_MS }
        const week = await place.queries.range(promql, steps, signal)
        if (!week.ok) return week
        const value = weekOf(week.value)
        if (!value.ok) return value
        values.push(value.value)
      }
      return ok(baselineOf(values))
    },
  }
}

function weekOf(answer: RangeAnswer): Result<number | null, QueryFailure> {
  const [series, ...others] = answer.kind === 'series' ? answer.series : []
  if (answer.kind !== 'series' || others.length > 0) {
    const message = 'the baseline needs an expression that returns one series'
    const hint = 'Aggregate it, with sum or max.'
    return fail({
      problem: { code: 'unexpected-shape', message, hint },
      isPassing: false,
      retryAfterMs: null,
    })
  }
  return ok(median((series?.points ?? []).map(({ value }) => value).filter(Number.isFinite)))
}
