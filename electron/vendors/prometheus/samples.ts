import { z } from 'zod'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { SamplesPort } from '#electron/engine/ports/instant-queries.ts'
import { startBudget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { ask } from './api.ts'

/** Longest that one question may take, ms. */
const LIMIT_MS = 10_000
/** Most values that are read of one answer. */
const MAX_SAMPLES = 1_000

const valueSchema = z.tuple([z.number(), z.string().max(100)])
const resultSchema = z.discriminatedUnion('resultType', [
  z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: valueSchema })),
  }),
  z.object({ resultType: z.literal('scalar'), result: valueSchema }),
  z.object({ resultType: z.enum(['matrix', 'string']), result: z.unknown() }),
])

/** What an expression gives now at a Prometheus, with the labels of each value. */
export function createSamples(client: HttpClient, clock: Clock): SamplesPort {
  return async (promql, signal) => {
    const budget = startBudget(clock, LIMIT_MS, signal)
    try {
      const query = [
        ['query', promql],
        ['limit', String(MAX_SAMPLES + 1)],
      ] as const
      const answer = await ask(client, '/api/v1/query', resultSchema, budget, query)
      if (!answer.ok) return fail(answer.error.problem)
      const { value } = answer.value
      if (value.resultType === 'scalar')
        return ok([{ labels: {}, value: toNumber(value.result[1]) }])
      if (value.resultType !== 'vector') {
        return fail({
          message: `The expression gives a ${value.resultType === 'matrix' ? 'range' : 'text'}, not numbers.`,
          hint: 'Write one that gives numbers as they are now.',
        })
      }
      if (value.result.length > MAX_SAMPLES) {
        return fail({
          message: `The expression gives more than ${String(MAX_SAMPLES)} values.`,
          hint: 'Narrow it by labels, or add them up.',
        })
      }
      return ok(
        value.result.map(({ metric, value: [, text] }) => ({
          labels: metric,
          value: toNumber(text),
        })),
      )
    } finally {
      budget.end()
    }
  }
}

/** Prometheus writes `+Inf`, which JavaScript does not read. */
function toNumber(text: string): number {
  return Number(text.replace(/^([+-]?)Inf$/, '$1Infinity'))
}
