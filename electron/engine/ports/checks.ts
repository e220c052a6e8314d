import type { Outcome } from '#shared/domain/execution/schema.ts'
import type { ServerCheck } from '#shared/domain/runbook/check/schema.ts'

/** How a check ended, and what it found. */
export interface CheckEnd {
  /** `answered`: whatever the answer is. `not-started`: there is none, and the message says why. */
  readonly outcome: Extract<
    Outcome,
    { readonly kind: 'answered' | 'not-started' | 'timed-out' | 'cancelled' }
  >
  /** For people: clean, and without secrets. */
  readonly text: string
  /** The same in one line; empty where the outcome says it. */
  readonly summary: string
  /** Such as `status`, `days`, `ms` and `values`. */
  readonly numbers: Readonly<Record<string, number>>
  readonly durationMs: number
}

/** Checks servers from this machine: asks, changes nothing, and signs in nowhere. */
export interface Checks {
  /**
   * Never rejects.
   *
   * @param signal ends it; `outcome` says so.
   */
  run(
    check: ServerCheck,
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<CheckEnd>
}
