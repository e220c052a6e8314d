import type { Clock } from '#electron/engine/ports/clock.ts'
import type { SilenceFailure, SilencesPort } from '#electron/engine/ports/silences.ts'
import { startBudget, type Budget } from '#electron/http/budget.ts'
import type { HttpClient, Query } from '#electron/http/client.ts'
import { failure, type Failure } from '#electron/http/failure.ts'
import { parseJson, unexpectedShape } from '#electron/http/json.ts'
import { cleanLabels } from '#electron/polling/labels.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { formatMatcher, type Matcher } from '#shared/domain/matcher/matcher.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Silence } from '#shared/domain/silence/schema.ts'
import { ALERTS_PATH } from './read-alerts.ts'
import {
  apiSilenceSchema,
  createdSchema,
  matchingSchema,
  toApiMatcher,
  toSilence,
} from './silence-schema.ts'

const SILENCES_PATH = '/api/v2/silences'

/** Longest that one question about silences may take, ms: a person waits for it. */
const MAX_QUESTION_MS = 6_000

/**
 * A new silence starts this much before now, ms. Alertmanager moves a start that is past to its own
 * now, but one that is to come it waits for: where this machine's clock is ahead, the silence would
 * begin later than the person thinks.
 */
const START_BEFORE_MS = 10 * 60_000

interface WriterDeps {
  readonly clock: Clock
  /** The time-out of the source, ms. */
  readonly timeoutMs: number
  /** By which the source narrows the alerts down that it lists; empty where it lists all of them. */
  readonly listed: Query
  /** Called when the server's silences are others than they were. */
  readonly onChanged: () => void
}

/** The silences of an Alertmanager, by its v2 API. Nothing is asked before the first question. */
export function createSilenceWriter(
  client: HttpClient,
  { clock, timeoutMs, listed, onChanged }: WriterDeps,
): SilencesPort {
  async function within<Value>(
    signal: AbortSignal,
    ask: (budget: Budget) => Promise<Result<Value, SilenceFailure>>,
  ): Promise<Result<Value, SilenceFailure>> {
    const budget = startBudget(clock, Math.min(timeoutMs, MAX_QUESTION_MS), signal)
    try {
      return await ask(budget)
    } finally {
      budget.end()
    }
  }

  /** Sends a silence; resolves to the id that it has. */
  async function post(body: object, budget: Budget): Promise<Result<string, SilenceFailure>> {
    const answer = await client.send('POST', SILENCES_PATH, body, budget)
    if (!answer.ok) return fail(answer.error)
    onChanged()
    const json = parseJson(answer.value, client.host)
    if (!json.ok) return fail({ ...json.error, mayBeDone: true })
    const created = createdSchema.safeParse(json.value)
    if (created.success) return ok(created.data.silenceID)
    const problem = unexpectedShape(SILENCES_PATH, client.host, 'it names no silence')
    return fail({ ...problem, mayBeDone: true })
  }

  async function readOne(id: string, budget: Budget) {
    const path = `/api/v2/silence/${encodeURIComponent(id)}`
    const body = await client.get(path, [], budget)
    if (!body.ok) {
      return fail(notDone(body.error.problem.code === 'not-found' ? isGone : body.error))
    }
    const json = parseJson(body.value, client.host)
    if (!json.ok) return fail(notDone(json.error))
    const raw = apiSilenceSchema.safeParse(json.value)
    if (raw.success) return ok(raw.data)
    return fail(notDone(unexpectedShape(path, client.host, 'it is no silence')))
  }

  /** The alerts of an answer by fingerprint, with their labels made safe. */
  async function readMatching(
    query: Query,
    budget: Budget,
  ): Promise<Result<ReadonlyMap<string, Labels>, SilenceFailure>> {
    const body = await client.get(ALERTS_PATH, query, budget)
    if (!body.ok) return fail(notDone(body.error))
    const json = parseJson(body.value, client.host)
    if (!json.ok) return fail(notDone(json.error))
    const alerts = matchingSchema.safeParse(json.value)
    if (!alerts.success) {
      return fail(notDone(unexpectedShape(ALERTS_PATH, client.host, 'it is no list of alerts')))
    }
    return ok(
      new Map(alerts.data.map((each) => [each.fingerprint, cleanLabels(each.labels).labels])),
    )
  }

  return {
    isPartial: listed.length > 0,
    unlisted: (matchers, signal) =>
      within(signal, async (budget) => {
        if (listed.length === 0) return ok([])
        const query = matchers.map(toFilter)
        const all = await readMatching(query, budget)
        if (!all.ok) return all
        const shown = await readMatching([...listed, ...query], budget)
        if (!shown.ok) return shown
        return ok([...all.value].filter(([id]) => !shown.value.has(id)).map(([, labels]) => labels))
      }),
    list: (signal) =>
      within(signal, async (budget) => {
        const body = await client.get(SILENCES_PATH, [], budget)
        if (!body.ok) return fail(notDone(body.error))
        const json = parseJson(body.value, client.host)
        if (!json.ok) return fail(notDone(json.error))
        if (!Array.isArray(json.value)) {
          return fail(notDone(unexpectedShape(SILENCES_PATH, client.host, 'it is no list')))
        }
        return ok(json.value.flatMap(readSilence))
      }),
    create: ({ matchers, startsAt, endsAt, createdBy, comment }, signal) =>
      within(signal, (budget) =>
        post(
          {
            matchers: matchers.map(toApiMatcher),
            startsAt: new Date(startsAt - START_BEFORE_MS).toISOString(),
            endsAt: new Date(endsAt).toISOString(),
            createdBy,
            comment,
          },
          budget,
        ),
      ),
    extend: (id, endsAt, signal) =>
      within(signal, async (budget) => {
        const found = await readOne(id, budget)
        if (!found.ok) return found
        // An expired one would come back to life as a new one.
        if (toSilence(found.value) === null) return fail(notDone(isGone))
        const { matchers, startsAt, createdBy, comment } = found.value
        const silence = { id, matchers, startsAt, createdBy, comment }
        return post({ ...silence, endsAt: new Date(endsAt).toISOString() }, budget)
      }),
    expire: (id, signal) =>
      within(signal, async (budget) => {
        const path = `/api/v2/silence/${encodeURIComponent(id)}`
        const answer = await client.send('DELETE', path, null, budget)
        if (answer.ok) {
          onChanged()
          return ok(null)
        }
        return fail(answer.error)
      }),
  }
}

const toFilter = (matcher: Matcher) => ['filter', formatMatcher(matcher)] as const

/** One that cannot be read cannot be shown, extended or expired here: its server has its own page. */
function readSilence(item: unknown): readonly Silence[] {
  const raw = apiSilenceSchema.safeParse(item)
  const silence = raw.success ? toSilence(raw.data) : null
  return silence ? [silence] : []
}

const isGone: Failure = failure(
  'not-found',
  'This silence has ended already, or was removed.',
  'Create a new one if it is still needed.',
)

/** Of a question that changes nothing. */
function notDone({ problem }: Failure): SilenceFailure {
  return { problem, mayBeDone: false }
}
