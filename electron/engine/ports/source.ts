import type { ConnectionReport } from '#shared/contract/index.ts'
import type { Labels, Signal } from '#shared/domain/alert/schema.ts'
import type { Kin, SourceRole } from '#shared/domain/realm/kin.ts'
import type { RealmId } from '#shared/domain/realm/realm.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { Rejection, Remark, SourceProblem } from '#shared/domain/source/schema.ts'
import type { QueriesPort } from './queries.ts'
import type { RulesPort } from './rules.ts'
import type { SilencesPort } from './silences.ts'

/** What a poll brought, compared with the last answer that was accepted. */
export interface SourceReport {
  /**
   * `all`: `signals` is everything the source lists now (the first answer, or after `forget`).
   * `changes`: `signals` is what is new or different, `gone` what is no longer listed.
   */
  readonly kind: 'all' | 'changes'
  readonly signals: readonly Signal[]
  /** Label sets that the source no longer lists; empty for kind `all`. */
  readonly gone: readonly Labels[]
  /** All that could not be read in this answer, already bounded; the same ones at each poll. */
  readonly rejections: readonly Rejection[]
  readonly moreRejections: number
  /** Identifies the memory behind the answer (Alertmanager's start time); null if the kind has none. */
  readonly instance: string | null
  /** Alerts that the source lists now. */
  readonly total: number
  /** Problems that the source reports of itself; each is raised as an alert of Deckwatch's own. */
  readonly selfAlerts: readonly SelfAlert[]
  /** What the source cannot tell or leaves unseen; all of it at each report. Left out: nothing. */
  readonly remarks?: readonly Remark[]
  /** What its server said last of those it belongs with; left out where it has not. */
  readonly kin?: Kin
}

/** Something wrong with a source that must alert by itself, such as a rule that cannot be evaluated. */
export interface SelfAlert {
  readonly name: string
  readonly severity: 'critical' | 'high' | 'medium'
  readonly labels: Labels
  readonly summary: string
  readonly description: string
  /** ms since the epoch, UTC. */
  readonly startsAt: number
}

/**
 * A place alerts come from. The adapter keeps what it compared last: after `accept` the report is
 * the new basis, after `forget` the next report is `all`. A report that is neither accepted nor
 * forgotten is presented again.
 */
export interface Source {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly intervalMs: number
  /** Conditions on labels of alerts that must always fire here, as matcher texts. */
  readonly heartbeats: readonly string[]
  /** The realm that the configuration names; left out where it is to be found out. */
  readonly realm?: RealmId
  /** What it is to other sources; left out where it has nothing to do with them. */
  readonly role?: SourceRole
  /** The address of its server: at another one there is another server. Left out without one. */
  readonly server?: string
  /**
   * Asks once. Expected failures are values; throwing is a bug. Must settle soon after an abort.
   *
   * @param options.isAsked a person wants it now, whatever pause the server asked for.
   */
  poll(
    signal: AbortSignal,
    options?: { readonly isAsked?: boolean },
  ): Promise<Result<SourceReport, SourceProblem>>
  /** For how long it is not asked because its server wants a pause, ms; null when it is asked. */
  pausedMs?(): number | null
  accept(): void
  forget(): void
  /** Asks once without any effect and says what was found. */
  test(signal: AbortSignal): Promise<ConnectionReport>
  /** The rules that its server makes alerts by; left out by a source whose server has none. */
  readonly rules?: RulesPort
  /** The silences of its server; left out by a source whose server has none. */
  readonly silences?: SilencesPort
  /** Its server as one that evaluates PromQL; left out by a source whose server does not. */
  readonly queries?: QueriesPort
  close(): Promise<void>
}
