import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Ids } from '#electron/engine/ports/ids.ts'
import type { SelfAlert, Source, SourceReport } from '#electron/engine/ports/source.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import type { FieldValues } from '#shared/domain/source-kind/field-value.ts'
import { compileMatchers } from '#shared/domain/matcher/matcher.ts'
import type { Kin, SourceRole } from '#shared/domain/realm/kin.ts'
import { realmOfName } from '#shared/domain/realm/realm.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Remark, SourceProblem } from '#shared/domain/source/schema.ts'
import { startBudget, type Budget } from '#electron/http/budget.ts'
import type { ConnectionConfig } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import {
  createAlertsQuestion,
  findRestartRemarks,
  type Accepted,
  type Answer,
  type AskedServer,
} from './ask-alerts.ts'
import { goneLabels } from './listing.ts'
import type { Proxy } from '#electron/http/proxy.ts'
import type { ProxyFinder } from '#electron/http/proxy-finder.ts'
import type { SecretReader } from '#electron/http/secrets.ts'

/** What every adapter that polls is given. */
export interface PolledSourceDeps {
  readonly clock: Clock
  readonly ids: Ids
  readonly secrets: SecretReader
  /** The proxies of this machine; without it every server is asked straight. */
  readonly proxies?: ProxyFinder
}

/** What every polled source has in its configuration. */
export interface PolledConfig extends ConnectionConfig {
  readonly name: string
  /** Time between polls, ms. */
  readonly interval: number
  readonly heartbeats: FieldValues['matchers']
  /** The name of the realm that a person put it in. */
  readonly realm?: string | undefined
}

/** What is special to a kind of server. */
export interface PolledKind extends AskedServer {
  readonly type: string
  readonly role?: SourceRole
  /** What the server said last of those it belongs with; null as long as it has not. */
  kin?(): Kin | null
  /** What the server says is wrong with itself. Asked after the alerts; failing is no failure. */
  readSelfAlerts(budget: Budget): Promise<readonly SelfAlert[]>
  /** What cannot be told or is left unseen, as of the last answers. Left out: nothing. */
  remarks?(): readonly Remark[]
  /** Asks for everything that is worth knowing of a new source, without any effect on polls. */
  inspect(budget: Budget): Promise<Result<Inspection, Failure>>
  /** The proxy that the last question went through; null when it went straight. */
  via?(): Proxy | null
  close(): Promise<void>
}

/** What "test connection" found before heartbeats are looked for. */
export interface Inspection {
  readonly findings: readonly string[]
  readonly labels: readonly Labels[]
}

/** The start time is asked for at least once in so many polls, to notice a restart that hid nothing. */
export const INSTANCE_EVERY_POLLS = 20
/** It is asked for in each of the first polls, to notice replicas that take turns. */
export const FIRST_POLLS = 4

/** A source that asks a server for all of its alerts at each poll. */
export function createPolledSource(config: PolledConfig, clock: Clock, kind: PolledKind): Source {
  const question = createAlertsQuestion(kind)
  let accepted: Accepted | null = null
  let pending: Answer | null = null
  /** True until a whole report was accepted. The basis outlives `forget`: it saves reading anew. */
  let isAllDue = true
  let polls = 0
  let pollsSinceVerified = 0
  let quiet: { readonly until: number; readonly problem: SourceProblem } | null = null

  function pause(): number | null {
    const left = quiet ? quiet.until - clock.monotonic() : 0
    return left > 0 ? left : null
  }

  function report(answer: Answer, selfAlerts: readonly SelfAlert[]): SourceReport {
    const { comparison, listing, instance } = answer
    const signals = []
    if (isAllDue) for (const entry of listing.entries.values()) signals.push(entry.signal)
    else for (const place of comparison.changed) signals.push(listing.entries.get(place)?.signal)
    const kin = kind.kin?.() ?? null
    return {
      kind: isAllDue ? 'all' : 'changes',
      signals: signals.filter((signal) => signal !== undefined),
      gone: isAllDue ? [] : goneLabels(comparison.gone),
      rejections: comparison.rejections,
      moreRejections: comparison.moreRejections,
      instance,
      total: listing.entries.size,
      selfAlerts,
      remarks: [...question.remarks(), ...(kind.remarks?.() ?? [])],
      ...(kin ? { kin } : {}),
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
      const remarks = await findRestartRemarks(kind, budget)
      return {
        isWorking: true,
        findings: [
          ...findings,
          ...remarks.map(({ text }) => text),
          ...proxyFindings(kind.via?.() ?? null),
          ...heartbeatFindings(config, labels),
        ],
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
    server: config.url,
    ...(kind.role ? { role: kind.role } : {}),
    ...(config.realm === undefined ? {} : { realm: realmOfName(config.realm) }),
    async poll(signal, { isAsked = false } = {}) {
      pending = null
      if (pause() !== null && quiet && !isAsked) return fail(quiet.problem)
      quiet = null
      const budget = startBudget(clock, config.timeout, signal)
      try {
        polls += 1
        const isInstanceDue = polls <= FIRST_POLLS || pollsSinceVerified >= INSTANCE_EVERY_POLLS
        const answer = await question.ask({ accepted, isAllDue, isInstanceDue }, budget)
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

function proxyFindings(proxy: Proxy | null): readonly string[] {
  if (!proxy) return []
  const { label, variable } = proxy
  return [
    `reached through the proxy ${label}, set by ${variable ?? 'the settings of this computer'}`,
  ]
}

function heartbeatFindings(config: PolledConfig, labels: readonly Labels[]): readonly string[] {
  return config.heartbeats.map(({ text, matchers }) => {
    const isMatch = compileMatchers(matchers)
    return `heartbeat ${text} is ${labels.some(isMatch) ? 'present' : 'missing'}`
  })
}
