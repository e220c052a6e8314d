import type { Budget } from '#electron/http/budget.ts'
import { failure, type Failure } from '#electron/http/failure.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Remark } from '#shared/domain/source/schema.ts'
import { createAbsences } from './absences.ts'
import { emptyListing, type Comparison, type Listing } from './listing.ts'
import { createMemories } from './memories.ts'
import { unite, withEarliestStarts, withHeld } from './unite.ts'

/** A server as far as its alerts are asked for. */
export interface AskedServer {
  /** The server's word for itself, for messages. */
  readonly product: string
  /** Asks for all alerts and compares them with the basis. */
  readAlerts(basis: Listing, budget: Budget): Promise<Result<Comparison, Failure>>
  /**
   * Asks for what identifies the server's memory: when its process started. Null when this server
   * cannot say: its alerts are shown all the same. A failure is only what is likely to pass.
   */
  readInstance(budget: Budget): Promise<Result<string | null, Failure>>
}

/** An answer that was accepted, and the start of the process that it came from. */
export interface Accepted {
  readonly listing: Listing
  /** Null where the server cannot say, or several take turns. */
  readonly instance: string | null
}

/** An answer that can be reported. */
export interface Answer extends Accepted {
  readonly comparison: Comparison
  /** True when the start time was asked for. */
  readonly isVerified: boolean
}

/** What a poll starts from. */
export interface Asking {
  readonly accepted: Accepted | null
  /** Everything will be reported: what is not listed counts as gone. */
  readonly isAllDue: boolean
  /** The start time is to be asked for, even if nothing vanished. */
  readonly isInstanceDue: boolean
}

/** Asks for alerts so that what vanished can be believed. */
export interface AlertsQuestion {
  ask(asking: Asking, budget: Budget): Promise<Result<Answer, Failure>>
  /** What cannot be told of this server, as of the last question. */
  remarks(): readonly Remark[]
}

const none: ReadonlySet<string> = new Set()

/** Tries to get alerts and start time of one and the same process. */
const MAX_BRACKETS = 3

/** Said of a server that cannot say when it started. */
export const noRestarts: Remark = {
  code: 'no-restarts',
  text: 'It does not tell when it started: a restart cannot be told from a recovery. An alert that two polls in a row do not list counts as resolved.',
}

/** Said of an address behind which several servers take turns. */
export const severalReplicas: Remark = {
  code: 'several-replicas',
  text: 'Several replicas answer behind this address: a restart cannot be told from a recovery. An alert counts as resolved once none of them has listed it for some polls.',
}

/**
 * Starts without knowledge.
 *
 * Alerts and start time come in two answers, and the server may restart between them. So whenever
 * something vanished, the alerts count only if the same start time was seen before and after them:
 * otherwise they are asked for again. The basis and its instance hence always belong together, and
 * a restart is noticed at the latest when something vanishes.
 *
 * Where no start time can vouch for the alerts, as the server has none or replicas take turns, what
 * any of some answers lists is listed, and what vanished is confirmed over several polls: a replica
 * without memory must not resolve what the others still fire.
 */
export function createAlertsQuestion(server: AskedServer): AlertsQuestion {
  const memories = createMemories()
  const absences = createAbsences()

  async function hear(budget: Budget): Promise<Result<string | null, Failure>> {
    const instance = await server.readInstance(budget)
    if (instance.ok) memories.heard(instance.value)
    return instance
  }

  async function ask(asking: Asking, budget: Budget): Promise<Result<Answer, Failure>> {
    const { accepted, isAllDue } = asking
    const basis = accepted?.listing ?? emptyListing
    memories.nextPoll()
    // After a change only the next polls show whether it was a restart or another replica.
    const isDue = isAllDue || asking.isInstanceDue || memories.known().size > 1
    let before = accepted?.instance ?? null
    const isOne = memories.behind() === 'one'
    if (isOne ? before === null : isDue) {
      const heard = await hear(budget)
      if (heard.ok) before = heard.value
      else if (isOne) return heard
    }
    for (let tries = 0; tries < MAX_BRACKETS && memories.behind() === 'one'; tries += 1) {
      const read = await server.readAlerts(basis, budget)
      if (!read.ok) return read
      const answer = { comparison: read.value, listing: read.value.listing, instance: before }
      const hasVanished = read.value.gone.length > 0
      if (!isDue && !hasVanished && before === accepted?.instance) {
        return ok({ ...answer, isVerified: false })
      }
      const after = await hear(budget)
      if (!after.ok) {
        const isNothingInDoubt = !isAllDue && !hasVanished && before === accepted?.instance
        return isNothingInDoubt
          ? ok({ ...answer, isVerified: false })
          : fail(withoutInstance(after.error))
      }
      let last = after.value
      if (last === before && (isAllDue || hasVanished)) {
        // Two replicas that take turns answer every other question: a second one in a row tells.
        const again = await hear(budget)
        if (!again.ok) return fail(withoutInstance(again.error))
        last = again.value
      }
      if (last === before && memories.behind() === 'one') return ok({ ...answer, isVerified: true })
      before = last
    }
    if (memories.behind() === 'one') memories.alwaysDiffered()
    return askSeveral(basis, isAllDue, isDue, budget)
  }

  async function askSeveral(
    basis: Listing,
    isAllDue: boolean,
    isVerified: boolean,
    budget: Budget,
  ): Promise<Result<Answer, Failure>> {
    const read = await server.readAlerts(basis, budget)
    if (!read.ok) return read
    let comparison = read.value
    let isHeardOut = true
    let answers = 1
    // Questions of one kind in a row: with another one in between, two replicas that take turns
    // would always answer the same one.
    for (; answers < memories.answersWanted(); answers += 1) {
      if (!isAllDue && comparison.gone.length === 0) break
      const other = await server.readAlerts(basis, budget)
      isHeardOut = other.ok
      if (!other.ok) break
      comparison = unite(comparison, other.value)
    }
    const isSeveral = memories.behind() === 'several'
    if (isSeveral) {
      comparison = withEarliestStarts(comparison, basis)
      for (let asked = 1; asked < memories.answersWanted(); asked += 1) {
        if (comparison.gone.length > 0) await hear(budget)
      }
    }
    const absent = isHeardOut
      ? absences.judge(comparison.gone, {
          answers,
          heard: memories.heardInPoll(),
          known: isSeveral ? memories.known() : none,
          answersUntilGone: memories.answersUntilGone(),
        })
      : { gone: [], held: comparison.gone }
    comparison = withHeld(comparison, basis, absent)
    return ok({ comparison, listing: comparison.listing, instance: null, isVerified })
  }

  function withoutInstance(error: Failure): Failure {
    const { code, message, hint } = error.problem
    return failure(
      code,
      `${message} Without its start time a restart of ${server.product} cannot be told from a recovery, so this answer was set aside.`,
      hint,
      error.retryAfterMs,
    )
  }

  return {
    ask,
    remarks() {
      const behind = memories.behind()
      return behind === 'one' ? [] : [behind === 'untold' ? noRestarts : severalReplicas]
    },
  }
}

/** So many questions for the start time show replicas that take turns. */
const QUESTIONS_OF_A_LOOK = 3

/** What a look at a new source finds of its start time; nothing for a process that tells it. */
export async function findRestartRemarks(
  server: Pick<AskedServer, 'readInstance'>,
  budget: Budget,
): Promise<readonly Remark[]> {
  const heard = new Set<string>()
  for (let asked = 0; asked < QUESTIONS_OF_A_LOOK; asked += 1) {
    const instance = await server.readInstance(budget)
    if (!instance.ok) break
    if (instance.value === null) return [noRestarts]
    heard.add(instance.value)
  }
  return heard.size > 1 ? [severalReplicas] : []
}
