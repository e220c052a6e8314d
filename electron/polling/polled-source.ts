import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Ids } from '#electron/engine/ports/ids.ts'
import type { SelfAlert, Source, SourceReport } from '#electron/engine/ports/source.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import type { FieldValues } from '#shared/domain/source-kind/field-value.ts'
import { compileMatchers } from '#shared/domain/matcher/matcher.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Remark, SourceProblem } from '#shared/domain/source/schema.ts'
import { startBudget, type Budget } from '#electron/http/budget.ts'
import type { ConnectionConfig } from '#electron/http/client.ts'
import { failure, type Failure } from '#electron/http/failure.ts'
import { emptyListing, goneLabels, type Comparison, type Listing } from './listing.ts'
import type { SecretReader } from '#electron/http/secrets.ts'

/** What every adapter that polls is given. */
export interface PolledSourceDeps {
  readonly clock: Clock
  readonly ids: Ids
  readonly secrets: SecretReader
}

/** What every polled source has in its configuration. */
export interface PolledConfig extends ConnectionConfig {
  readonly name: string
  /** Time between polls, ms. */
  readonly interval: number
  readonly heartbeats: FieldValues['matchers']
}

/** What is special to a kind of server. */
export interface PolledKind {
  readonly type: string
  /** The server's word for itself, for messages. */
  readonly product: string
  /** Asks for all alerts and compares them with the basis. */
  readAlerts(basis: Listing, budget: Budget): Promise<Result<Comparison, Failure>>
  /** Asks for what identifies the server's memory: when its process started. */
  readInstance(budget: Budget): Promise<Result<string, Failure>>
  /** What the server says is wrong with itself. Asked after the alerts; failing is no failure. */
  readSelfAlerts(budget: Budget): Promise<readonly SelfAlert[]>
  /** What cannot be told or is left unseen, as of the last answers. Left out: nothing. */
  remarks?(): readonly Remark[]
  /** Asks for everything that is worth knowing of a new source, without any effect on polls. */
  inspect(budget: Budget): Promise<Result<Inspection, Failure>>
  close(): Promise<void>
}

/** What "test connection" found before heartbeats are looked for. */
export interface Inspection {
  readonly findings: readonly string[]
  readonly labels: readonly Labels[]
}

/** The start time is asked for at least once in so many polls, to notice a restart that hid nothing. */
export const INSTANCE_EVERY_POLLS = 20
/** Tries to get alerts and start time of one and the same process. */
const MAX_BRACKETS = 3

interface Accepted {
  readonly listing: Listing
  readonly instance: string
}

interface Answer extends Accepted {
  readonly comparison: Comparison
  readonly isVerified: boolean
}

/**
 * A source that asks a server for all of its alerts at each poll.
 *
 * Alerts and start time come in two answers, and the server may restart between them. So whenever
 * something vanished, the alerts count only if the same start time was seen before and after them:
 * otherwise they are asked for again. The basis and its instance hence always belong together, and
 * a restart is noticed at the latest when something vanishes.
 */
export function createPolledSource(config: PolledConfig, clock: Clock, kind: PolledKind): Source {
  let accepted: Accepted | null = null
  let pending: Answer | null = null
  /** True until a whole report was accepted. The basis outlives `forget`: it saves reading anew. */
  let isAllDue = true
  let pollsSinceVerified = 0
  let quiet: { readonly until: number; readonly problem: SourceProblem } | null = null

  function pause(): number | null {
    const left = quiet ? quiet.until - clock.monotonic() : 0
    return left > 0 ? left : null
  }

  async function ask(budget: Budget): Promise<Result<Answer, Failure>> {
    const basis: Listing = accepted?.listing ?? emptyListing
    const isDue = isAllDue || pollsSinceVerified >= INSTANCE_EVERY_POLLS
    let before = accepted?.instance ?? null
    if (before === null) {
      const instance = await kind.readInstance(budget)
      if (!instance.ok) return instance
      before = instance.value
    }
    for (let tries = 0; tries < MAX_BRACKETS; tries += 1) {
      const read = await kind.readAlerts(basis, budget)
      if (!read.ok) return read
      const answer = { comparison: read.value, listing: read.value.listing }
      const isKnownProcess = before === accepted?.instance
      if (!isDue && isKnownProcess && read.value.gone.length === 0) {
        return ok({ ...answer, instance: before, isVerified: false })
      }
      const after = await kind.readInstance(budget)
      if (!after.ok) return fail(withoutInstance(after.error))
      if (after.value === before) return ok({ ...answer, instance: before, isVerified: true })
      before = after.value
    }
    return fail(
      failure(
        'server-error',
        `The start time of ${kind.product} differed with every question, so that nothing can be said about alerts that vanished.`,
        'Either it restarts again and again, or a load balancer mixes several: name each of them as a source of its own.',
      ),
    )
  }

  function withoutInstance(error: Failure): Failure {
    const { code, message, hint } = error.problem
    return failure(
      code,
      `${message} Without its start time a restart of ${kind.product} cannot be told from a recovery, so this answer was set aside.`,
      hint,
      error.retryAfterMs,
    )
  }

  function report(answer: Answer, selfAlerts: readonly SelfAlert[]): SourceReport {
    const { comparison, listing, instance } = answer
    const signals = []
    if (isAllDue) for (const entry of listing.entries.values()) signals.push(entry.signal)
    else for (const place of comparison.changed) signals.push(listing.entries.get(place)?.signal)
    return {
      kind: isAllDue ? 'all' : 'changes',
      signals: signals.filter((signal) => signal !== undefined),
      gone: isAllDue ? [] : goneLabels(comparison.gone),
      rejections: comparison.rejections,
      moreRejections: comparison.moreRejections,
      instance,
      total: listing.entries.size,
      selfAlerts,
      remarks: kind.remarks?.() ?? [],
    }
  }

  async function test(signal: AbortSignal) {
    const budget = startBudget(clock, config.timeout, signal)
    try {
      const inspection = await kind.inspect(budget)
      if (!inspection.ok) {
        return { isWorking: false, findings: [], problem: inspection.error.problem }
      }
      const { findings, labels } = inspection.value
      return {
        isWorking: true,
        findings: [...findings, ...heartbeatFindings(config, labels)],
        problem: null,
      }
    } catch {
      return { isWorking: false, findings: [], problem: bug }
    } finally {
      budget.end()
    }
  }

  return {
    id: config.name,
    name: config.name,
    type: kind.type,
    intervalMs: config.interval,
    heartbeats: config.heartbeats.map(({ text }) => text),
    async poll(signal, { isAsked = false } = {}) {
      pending = null
      if (pause() !== null && quiet && !isAsked) return fail(quiet.problem)
      quiet = null
      const budget = startBudget(clock, config.timeout, signal)
      try {
        const answer = await ask(budget)
        if (!answer.ok) {
          const { problem, retryAfterMs } = answer.error
          if (retryAfterMs !== null) quiet = { until: clock.monotonic() + retryAfterMs, problem }
          return fail(problem)
        }
        const selfAlerts = await kind.readSelfAlerts(budget)
        pending = answer.value
        return ok(report(answer.value, selfAlerts))
      } finally {
        budget.end()
      }
    },
    pausedMs: pause,
    accept() {
      if (!pending) return
      accepted = { listing: pending.listing, instance: pending.instance }
      pollsSinceVerified = pending.isVerified ? 0 : pollsSinceVerified + 1
      isAllDue = false
      pending = null
    },
    forget() {
      isAllDue = true
      pending = null
    },
    test,
    close: () => kind.close(),
  }
}

const bug: SourceProblem = {
  code: 'internal',
  message: 'Deckwatch failed while it tested the source.',
  hint: 'This is a defect of Deckwatch: please report it with what the source is.',
}

function heartbeatFindings(config: PolledConfig, labels: readonly Labels[]): readonly string[] {
  return config.heartbeats.map(({ text, matchers }) => {
    const isMatch = compileMatchers(matchers)
    return `heartbeat ${text} is ${labels.some(isMatch) ? 'present' : 'missing'}`
  })
}
