import type { Clock } from '#electron/engine/ports/clock.ts'
import { startBudget, type Budget } from '#electron/http/budget.ts'
import type { HttpClient, Query } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import { isPassing } from '#electron/http/passing.ts'
import type { Comparison, Listing } from '#electron/polling/listing.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { Remark } from '#shared/domain/source/schema.ts'
import type { MuteSettings } from './configuration.ts'
import { createExpectedMutes } from './expected-mutes.ts'
import { GROUPS_PATH, readGroups, type GroupsAnswer, type Mutes } from './groups.ts'
import { applyMutes } from './mutes.ts'

/** What was told is believed for so many polls when the question fails; then nothing is known. */
const KEPT_POLLS = 2
/** A server that refuses the question, or does not know it, is asked again after so many polls. */
const REFUSED_POLLS = 20
/** While it fails in another way, it is asked again after so many polls. */
const FAILED_POLLS = 3
/** The question may take this part of a poll's time: the alerts themselves are worth more. */
const PART = 1 / 3

const nothing: Mutes = new Map()

/** Remembers which alerts are muted by time intervals. */
export interface MuteBook {
  /**
   * Asks where a question is worth it, and returns the comparison with what it found. A failure
   * leaves mutes unknown, so that muted alerts page; it fails no poll.
   */
  bringUpToDate(
    comparison: Comparison,
    basis: Listing,
    settings: MuteSettings,
    budget: Budget,
  ): Promise<Comparison>
  /** Why mutes are not known; nothing while they are. */
  remarks(): readonly Remark[]
}

/**
 * Starts with an empty book.
 *
 * @param query that of the alerts: the same alerts and routes are asked for
 * @param receiver the source's expression for receivers
 */
export function createMuteBook(
  client: HttpClient,
  query: Query,
  receiver: string | undefined,
  clock: Clock,
): MuteBook {
  const expected = createExpectedMutes(clock, receiver)
  let told: GroupsAnswer | null = null
  let asked: { readonly text: string; readonly answer: GroupsAnswer } | null = null
  let doubt: string | null = null
  let hasToldAny = false
  let hasMuted = false
  let failedPolls = 0
  let wait = 0
  let poll: Budget | null = null

  async function ask(budget: Budget): Promise<Result<GroupsAnswer, Failure>> {
    const body = await client.get(GROUPS_PATH, query, budget)
    if (!body.ok) return body
    if (asked?.text === body.value) return ok(asked.answer)
    const read = readGroups(body.value, client.host)
    asked = read.ok ? { text: body.value, answer: read.value } : null
    return read
  }

  function heard(answer: Result<GroupsAnswer, Failure>, isGrafana: boolean): void {
    if (answer.ok) {
      const { tells, mutes } = answer.value
      failedPolls = 0
      hasToldAny ||= mutes.size > 0
      // Grafana has the field and leaves it empty.
      const isUntold = tells === false || (isGrafana && !hasToldAny)
      told = isUntold ? null : answer.value
      doubt = isUntold ? untold(isGrafana) : null
      return
    }
    failedPolls += 1
    const isLasting = !isPassing(answer.error)
    if (told && !isLasting && failedPolls <= KEPT_POLLS) return
    wait = isLasting ? REFUSED_POLLS : FAILED_POLLS
    told = null
    doubt = answer.error.problem.message
  }

  return {
    async bringUpToDate(comparison, basis, settings, budget) {
      if (settings.intervals === 'none') {
        told = null
        doubt = null
        wait = 0
        // Once any were muted, nobody knows for how long the basis has them.
        return hasMuted ? applyMutes(comparison, nothing) : comparison
      }
      // Where replicas take turns, a poll asks several times for its alerts.
      const isNextPoll = budget !== poll
      poll = budget
      if (isNextPoll) wait -= 1
      if (isNextPoll && wait <= 0) {
        const part = startBudget(clock, Math.round(budget.limitMs * PART), budget.signal)
        try {
          heard(await ask(part), settings.isGrafana)
        } finally {
          part.end()
        }
      }
      if (!told) return applyMutes(comparison, nothing)
      const mutes = expected.added(told.mutes, comparison, basis, settings.routing())
      hasMuted ||= mutes.size > 0
      return applyMutes(comparison, mutes)
    },
    remarks() {
      // Some have the field as newer versions do, and never fill it in.
      const isNeverTold = doubt === null && !hasToldAny && expected.isContradicted()
      const reason = isNeverTold ? contradicted : doubt
      return reason === null ? [] : [mutesUnknown(reason)]
    },
  }
}

const contradicted = 'it calls alerts active that by its configuration are muted now.'

function untold(isGrafana: boolean): string {
  return isGrafana
    ? 'Grafana does not tell which alerts its mute timings mute.'
    : 'this version of Alertmanager does not tell which alerts its time intervals mute; 0.28 and newer do.'
}

/** The remark that mutes are not known, with the reason. */
export function mutesUnknown(reason: string): Remark {
  return {
    code: 'mutes-unknown',
    text: `Mutes are not known: ${reason} An alert in a mute time interval pages like any other.`,
  }
}
