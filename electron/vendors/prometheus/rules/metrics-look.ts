import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
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
  /** Asks where it is time. Failing is no failure: then nothing is said. */
  look(rules: Rules, budget: Budget): Promise<void>
  remarks(): readonly Remark[]
}

/** Has not looked yet. */
export function createMetricsLook(
  client: HttpClient,
  clock: Clock,
  read: QueryReader,
): MetricsLook {
  let nextAt: number | null = null
  let skipped = 0
  let remarks: readonly Remark[] = []
  return {
    async look(rules, budget) {
      if (skipped < LOOKS_TO_SKIP) {
        skipped += 1
        return
      }
      if (nextAt !== null && clock.monotonic() < nextAt) return
      nextAt = clock.monotonic() + LOOK_EVERY_MS
      remarks = await findIdleRules(client, rules, read, clock.now(), budget)
    },
    remarks: () => remarks,
  }
}

/** Asks for the metrics of the rules at once; nothing where the server cannot be asked that. */
export async function findIdleRules(
  client: HttpClient,
  rules: Rules,
  read: QueryReader,
  now: number,
  budget: Budget,
): Promise<readonly Remark[]> {
  const queries = rules.groups.flatMap((group) => group.rules.map(({ query }) => query))
  if (queries.length > MAX_RULES) return []
  await readInSlices(queries, read)
  const seriesless = rulesWithoutSeries(rules, read)
  const asked = metricsToAsk(rules, read).slice(0, MAX_ASKED)
  const present = await presentOf(client, asked, now, budget)
  const isTelling = present && (present.size > 0 || asked.length < TOO_MANY_TO_LACK_ALL)
  const idle = isTelling
    ? // What was not asked for counts as present.
      rulesWithoutData(rules, read, new Set([...present, ...unasked(rules, read)]))
    : []
  return [...dataRemark(idle), ...seriesRemark(seriesless)]
}

function unasked(rules: Rules, read: QueryReader): readonly string[] {
  return metricsToAsk(rules, read).slice(MAX_ASKED)
}

/** Those of the metrics that have data; null where that cannot be asked. */
async function presentOf(
  client: HttpClient,
  metrics: readonly string[],
  now: number,
  budget: Budget,
): Promise<ReadonlySet<string> | null> {
  const present = new Set<string>()
  for (let from = 0; from < metrics.length; from += ASKED_AT_ONCE) {
    const names = metrics.slice(from, from + ASKED_AT_ONCE)
    const answer = await ask(client, NAMES_PATH, z.array(z.string()), budget, [
      ['match[]', `{__name__=~"${names.join('|')}"}`],
      ['start', String(Math.floor((now - WINDOW_MS) / 1_000))],
    ])
    if (!answer.ok) return null
    for (const name of answer.value.value) present.add(name)
  }
  return present
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
