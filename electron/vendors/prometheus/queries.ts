import type { Clock } from '#electron/engine/ports/clock.ts'
import type {
  QueriesPort,
  QueryAnswer,
  QueryFailure,
  RangeAnswer,
} from '#electron/engine/ports/queries.ts'
import { startBudget, type Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import { isPassing } from '#electron/http/passing.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { z } from 'zod'
import { ask } from './api.ts'

/** Longest that one question may take, ms. */
const MAX_QUESTION_MS = 10_000
/** Most series whose numbers are read; a server that knows `limit` is asked for one more. */
export const MAX_SERIES = 1_000

/** A moment, s, and a number as text: `NaN` and `+Inf` are numbers here. */
const sampleSchema = z.tuple([z.number(), z.string()])

const resultSchema = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('scalar'), result: sampleSchema }),
  z.object({
    resultType: z.literal('vector'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()).default({}),
        value: sampleSchema.optional(),
      }),
    ),
  }),
  z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()).default({}),
        values: z.array(sampleSchema).optional(),
      }),
    ),
  }),
  z.object({ resultType: z.literal('string'), result: z.unknown() }),
])
type QueryResult = z.infer<typeof resultSchema>

interface Deps {
  readonly clock: Clock
  /** The time-out of the source, ms. */
  readonly timeoutMs: number
}

/** A Prometheus as a server that evaluates PromQL. Nothing is asked before the first question. */
export function createQueries(client: HttpClient, { clock, timeoutMs }: Deps): QueriesPort {
  async function question<Value>(
    path: string,
    query: readonly (readonly [string, string])[],
    signal: AbortSignal,
    read: (result: QueryResult) => Value,
  ): Promise<Result<Value, QueryFailure>> {
    const limitMs = Math.min(timeoutMs, MAX_QUESTION_MS)
    const budget: Budget = startBudget(clock, limitMs, signal)
    try {
      const answer = await ask(client, path, resultSchema, budget, [
        ...query,
        // What nobody waits for any more is not worth the work of the server.
        ['timeout', `${String(Math.ceil(limitMs / 1_000))}s`],
        ['limit', String(MAX_SERIES + 1)],
      ])
      return answer.ok ? ok(read(answer.value.value)) : fail(toFailure(answer.error))
    } finally {
      budget.end()
    }
  }

  return {
    instant: (promql, at, signal) =>
      question(
        '/api/v1/query',
        [['query', promql], ...(at === null ? [] : [['time', seconds(at)] as const])],
        signal,
        toAnswer,
      ),
    range: (promql, { from, to, stepMs }, signal) =>
      question(
        '/api/v1/query_range',
        [
          ['query', promql],
          ['start', seconds(from)],
          ['end', seconds(to)],
          ['step', seconds(stepMs)],
        ],
        signal,
        toRange,
      ),
  }
}

function seconds(ms: number): string {
  return String(ms / 1_000)
}

function toFailure(error: Failure): QueryFailure {
  const { problem, retryAfterMs } = error
  return { problem, isPassing: isPassing(error), retryAfterMs }
}

function toAnswer(answer: QueryResult): QueryAnswer {
  switch (answer.resultType) {
    case 'scalar':
      return { kind: 'samples', samples: [{ labels: {}, value: numberOf(answer.result) }] }
    case 'vector': {
      const { result } = answer
      if (result.length > MAX_SERIES) return { kind: 'too-many', series: result.length }
      const histograms = result.some(({ value }) => value === undefined)
      if (histograms) return { kind: 'other', what: 'histograms' }
      return {
        kind: 'samples',
        samples: result.flatMap(({ metric, value }) =>
          value ? [{ labels: metric, value: numberOf(value) }] : [],
        ),
      }
    }
    case 'matrix':
      return { kind: 'other', what: 'a range of values' }
    case 'string':
      return { kind: 'other', what: 'a text' }
  }
}

function toRange(answer: QueryResult): RangeAnswer {
  if (answer.resultType !== 'matrix') return { kind: 'other', what: 'no range' }
  const { result } = answer
  if (result.length > MAX_SERIES) return { kind: 'too-many', series: result.length }
  return {
    kind: 'series',
    series: result.map(({ metric, values = [] }) => ({
      labels: metric,
      points: values.map((sample) => ({ at: sample[0] * 1_000, value: numberOf(sample) })),
    })),
  }
}

/** As Go writes them: `NaN`, `+Inf`, `-Inf`. */
function numberOf([, text]: readonly [number, string]): number {
  return Number(text.replace('Inf', 'Infinity'))
}
