import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient, Query } from '#electron/http/client.ts'
import { parseJson } from '#electron/http/json.ts'
import { isRecord, textMapSchema } from '#electron/polling/labels.ts'
import {
  compileMatchers,
  formatMatcher,
  type LabelPredicate,
  type Matcher,
} from '#shared/domain/matcher/matcher.ts'
import type { Remark } from '#shared/domain/source/schema.ts'
import { ALERTS_PATH } from './read-alerts.ts'

/** What was found last stands for so many polls in which the question fails. */
const KEPT_POLLS = 2

/**
 * Looks for heartbeats without the source's receiver and filter. A Watchdog goes to a receiver of its
 * own: a question for somebody's alerts leaves it out, and it would seem to be missing.
 */
export interface HeartbeatSearch {
  /** The alerts that are heartbeats, as they came. Asks nothing where no filter leaves any out. */
  look(budget: Budget): Promise<readonly unknown[]>
  remarks(): readonly Remark[]
}

interface Heartbeat {
  readonly query: Query
  readonly matches: LabelPredicate
  found: readonly unknown[]
  failedPolls: number
}

/** Prepares one question for each heartbeat. */
export function createHeartbeatSearch(
  client: HttpClient,
  heartbeats: readonly { readonly matchers: readonly Matcher[] }[],
): HeartbeatSearch {
  const searched = heartbeats.map(({ matchers }): Heartbeat => {
    return {
      query: matchers.map((matcher) => ['filter', formatMatcher(matcher)]),
      matches: compileMatchers(matchers),
      found: [],
      failedPolls: 0,
    }
  })
  let doubt: string | null = null

  async function lookFor(heartbeat: Heartbeat, budget: Budget): Promise<string | null> {
    const body = await client.get(ALERTS_PATH, heartbeat.query, budget)
    const json = body.ok ? parseJson(body.value, client.host) : body
    const items = json.ok && Array.isArray(json.value) ? (json.value as readonly unknown[]) : null
    if (items) {
      heartbeat.failedPolls = 0
      heartbeat.found = items.filter((item) => isMatch(heartbeat, item))
      return null
    }
    heartbeat.failedPolls += 1
    if (heartbeat.failedPolls > KEPT_POLLS) heartbeat.found = []
    return json.ok ? `${client.host} answered with no list of alerts.` : json.error.problem.message
  }

  return {
    async look(budget) {
      const problems = await Promise.all(searched.map((each) => lookFor(each, budget)))
      doubt = problems.find((problem) => problem !== null) ?? null
      return searched.flatMap(({ found }) => found)
    },
    remarks: () =>
      doubt === null
        ? []
        : [{ code: 'heartbeats-unknown', text: `Heartbeats could not be looked for: ${doubt}` }],
  }
}

/** A proxy may leave the filter out of the question: then everything is listed. */
function isMatch({ matches }: Heartbeat, item: unknown): boolean {
  const labels = textMapSchema.safeParse(isRecord(item) ? item['labels'] : undefined)
  return labels.success && matches(labels.data)
}
