import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import { isPassing } from '#electron/http/passing.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { Remark } from '#shared/domain/source/schema.ts'
import { z } from 'zod'
import { ask } from '../api.ts'
import { readInSlices, type QueryReader } from '../promql/query-memory.ts'
import type { Rules } from '../schema.ts'
import { counted, named } from '../words.ts'
import { metricsToAsk, rulesWithoutData, rulesWithoutSeries, type IdleRule } from './idle-rules.ts'

const NAMES_PATH = '/api/v1/label/__name__/values'
/** Metrics without data for so long count as ones that nobody makes, ms. */
const WINDOW_MS = 86_400_000
/** Most rules that are looked at. */
const MAX_RULES = 5_000
/** Most metrics that are asked for in one look, and in one question: its address must stay short. */
const MAX_ASKED = 1_000
const ASKED_AT_ONCE = 40
/** Where none of so many metrics has data, this server is rather not the one that has the data. */
const TOO_MANY_TO_LACK_ALL = 5
/** Time between two looks, ms: they are not urgent, and servers may have millions of series. */
const LOOK_EVERY_MS = 3_600_000
/** The first looks at the rules are not held up. */
const LOOKS_TO_SKIP = 2

/** Looks now and then whether the metrics that rules read have any data. */
export interface MetricsLook {
  /**
   * Goes on with a look where it is time for one, by one small question. Failing is no failure: then
   * it is tried again at the next time, and what was found before stays.
   */
  goOn(rules: Rules, budget: Budget): Promise<void>
  remarks(): readonly Remark[]
}

/** Has not looked yet. */
export function createMetricsLook(
  client: HttpClient,
  clock: Clock,
  read: QueryReader,
): MetricsLook {
  let nextAt = Number.NEGATIVE_INFINITY
  let skipped = 0
  let left: readonly Chunk[] = []
  let present = new Set<string>()
  let remarks: readonly Remark[] = []
  return {
    async goOn(rules, budget) {
      if (skipped < LOOKS_TO_SKIP) {
        skipped += 1
        return
      }
      if (left.length === 0) {
        if (clock.monotonic() < nextAt) return
        nextAt = clock.monotonic() + LOOK_EVERY_MS
        left = await chunksOf(rules, read)
        present = new Set()
      }
      const [chunk, ...rest] = left
      const found = chunk ? await presentIn(client, chunk, clock.now(), budget) : ok([])
      left = found.ok ? rest : []
      if (found.ok) for (const name of found.value) present.add(name)
      else if (!isPassing(found.error)) remarks = remarksOf(rules, read, null)
      if (found.ok && rest.length === 0) remarks = remarksOf(rules, read, present)
    },
    remarks: () => remarks,
  }
}

/** Asks for all metrics of the rules at once; nothing where the server cannot be asked that. */
export async function findIdleRules(
  client: HttpClient,
  rules: Rules,
  read: QueryReader,
  now: number,
  budget: Budget,
): Promise<readonly Remark[]> {
  const present = new Set<string>()
  for (const chunk of await chunksOf(rules, read)) {
    const found = await presentIn(client, chunk, now, budget)
    if (!found.ok) return remarksOf(rules, read, null)
    for (const name of found.value) present.add(name)
  }
  return remarksOf(rules, read, present)
}

/** Names of metrics that are asked for in one question. */
type Chunk = readonly string[]

async function chunksOf(rules: Rules, read: QueryReader): Promise<readonly Chunk[]> {
  const queries = rules.groups.flatMap((group) => group.rules.map(({ query }) => query))
  if (queries.length > MAX_RULES) return []
  await readInSlices(queries, read)
  const names = metricsToAsk(rules, read).slice(0, MAX_ASKED)
  return Array.from({ length: Math.ceil(names.length / ASKED_AT_ONCE) }, (_, index) =>
    names.slice(index * ASKED_AT_ONCE, (index + 1) * ASKED_AT_ONCE),
  )
}

/** Those of the metrics that have data. */
async function presentIn(
  client: HttpClient,
  names: Chunk,
  now: number,
  budget: Budget,
): Promise<Result<readonly string[], Failure>> {
  const answer = await ask(client, NAMES_PATH, z.array(z.string()), budget, [
    ['match[]', `{__name__=~"${names.join('|')}"}`],
    ['start', String(Math.floor((now - WINDOW_MS) / 1_000))],
  ])
  return answer.ok ? ok(answer.value.value) : answer
}

/** @param present the metrics with data; null where that is not known */
function remarksOf(
  rules: Rules,
  read: QueryReader,
  present: ReadonlySet<string> | null,
): readonly Remark[] {
  if (rules.groups.reduce((count, group) => count + group.rules.length, 0) > MAX_RULES) return []
  const wanted = metricsToAsk(rules, read)
  const asked = Math.min(wanted.length, MAX_ASKED)
  const isTelling = present && (present.size > 0 || asked < TOO_MANY_TO_LACK_ALL)
  // What was not asked for counts as present.
  const idle = isTelling
    ? rulesWithoutData(rules, read, new Set([...present, ...wanted.slice(MAX_ASKED)]))
    : []
  return [...dataRemark(idle), ...seriesRemark(rulesWithoutSeries(rules, read))]
}

function dataRemark(idle: readonly IdleRule[]): readonly Remark[] {
  if (idle.length === 0) return []
  const pairs = idle.map(({ rule, metrics }) => `${rule} (${metrics.join(', ')})`)
  const rules = counted(idle.length, 'alerting rule reads', 'alerting rules read')
  return [
    {
      code: 'metrics-without-data',
      text: `${rules} metrics without data in the last 24 h and cannot fire: ${named(pairs)}. Either nobody makes them any more, or they appear only when something happens.`,
    },
  ]
}

function seriesRemark(idle: readonly IdleRule[]): readonly Remark[] {
  if (idle.length === 0) return []
  const rules = counted(idle.length, 'alerting rule', 'alerting rules')
  return [
    {
      code: 'rules-without-series',
      text: `The last evaluation of ${rules} found no series to read: ${named(idle.map(({ rule }) => rule))}. Check the names of metrics and labels in them.`,
    },
  ]
}
