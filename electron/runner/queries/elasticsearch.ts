import { z } from 'zod'
import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import { parseJson } from '#electron/http/json.ts'
import type { ElasticsearchPlace } from '#shared/domain/configuration/query-places.ts'
import type { ElasticsearchQuery } from '#shared/domain/runbook/query/schema.ts'
import { failed, type Found } from '../checks/found.ts'
import { httpProblem } from './http-problem.ts'
import { countOf, grouped, lineOf } from './numbers.ts'

/** Most hits that are asked for. */
export const MAX_HITS = 100
/** As many as a server gives where nothing is said. */
const USUAL_HITS = 10
/** Longest line of a hit, in UTF-16 units. */
const MAX_LINE = 2_000
/** Longest text of aggregations, in UTF-16 units. */
const MAX_AGGREGATIONS = 100_000

const bodySize = z.object({ size: z.number().int().nonnegative() })

const answer = z.object({
  timed_out: z.boolean(),
  _shards: z.object({ total: z.number(), failed: z.number() }),
  hits: z.object({
    // A bare number before version 7; missing where it was not to be counted.
    total: z
      .union([
        z.number().transform((value) => ({ value, relation: 'eq' })),
        z.object({ value: z.number(), relation: z.string() }),
      ])
      .optional(),
    hits: z.array(
      z.object({
        _index: z.string(),
        _source: z.unknown().optional(),
        fields: z.unknown().optional(),
      }),
    ),
  }),
  aggregations: z.record(z.string(), z.unknown()).optional(),
})
type Answer = z.infer<typeof answer>

/** Searches an Elasticsearch, or an OpenSearch. */
export async function askElasticsearch(
  client: HttpClient,
  { index, body }: ElasticsearchQuery,
  place: ElasticsearchPlace,
  budget: Budget,
): Promise<Found> {
  const names = index ?? place.index
  const path = names === undefined ? '/_search' : `/${names}/_search`
  const asked = await client.ask(
    path,
    [
      // It wins over the size of the body.
      ['size', String(sizeOf(body))],
      ['timeout', `${String(Math.ceil(budget.limitMs))}ms`],
    ],
    body,
    budget,
  )
  if (!asked.ok) return httpProblem(asked.error, budget)
  const parsed = parseJson(asked.value, client.host)
  if (!parsed.ok) return httpProblem(parsed.error, budget)
  const read = answer.safeParse(parsed.value)
  if (!read.success) return failed(`${client.host} answers, but not as Elasticsearch does.`)
  return toFound(read.data)
}

/** Reads the reason out of the start of a refusal, which may be cut. */
export function elasticsearchError(bodyStart: string): string | null {
  const [, reason] = /"reason"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(bodyStart) ?? []
  if (reason === undefined) return null
  try {
    return z.string().parse(JSON.parse(reason))
  } catch {
    return null
  }
}

function sizeOf(body: string): number {
  const read = bodySize.safeParse(JSON.parse(body))
  return Math.min(MAX_HITS, read.success ? read.data.size : USUAL_HITS)
}

function toFound(found: Answer): Found {
  const { total, hits } = found.hits
  const said =
    total === undefined
      ? `${countOf(hits.length, 'hit')} shown`
      : `${total.relation === 'gte' ? 'at least ' : ''}${countOf(total.value, 'hit')}`
  const missing = missingOf(found)
  const aggregations =
    found.aggregations === undefined ? [] : JSON.stringify(found.aggregations, null, 2).split('\n')
  return {
    kind: 'answered',
    summary: [said, ...missing].join('. '),
    lines: [
      ...missing,
      ...hits.map(({ _index, _source, fields }) =>
        lineOf(`${_index}  ${JSON.stringify(_source ?? fields ?? {})}`, MAX_LINE),
      ),
      ...cut(aggregations),
      `(${said}${hits.length === (total?.value ?? hits.length) ? '' : `, ${grouped(hits.length)} shown`})`,
    ],
    numbers: {
      lines: hits.length,
      values: hits.length,
      ...(total === undefined ? {} : { value: total.value }),
    },
  }
}

/** Says where an answer is not whole: fewer hits than there are must not look like all. */
function missingOf({ timed_out: isTimedOut, _shards }: Answer): readonly string[] {
  return [
    ...(isTimedOut ? ['The search ran out of time: the answer is not whole'] : []),
    ...(_shards.failed > 0
      ? [
          `${grouped(_shards.failed)} of ${grouped(_shards.total)} shards failed: the answer is not whole`,
        ]
      : []),
  ]
}

function cut(lines: readonly string[]): readonly string[] {
  let length = 0
  const shown = lines.filter((line) => (length += line.length) <= MAX_AGGREGATIONS)
  return shown.length === lines.length ? lines : [...shown, '…']
}
