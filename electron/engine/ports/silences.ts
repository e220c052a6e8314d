import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Matcher } from '#shared/domain/matcher/matcher.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { Silence, WantedSilence } from '#shared/domain/silence/schema.ts'
import type { SourceProblem } from '#shared/domain/source/schema.ts'

/** Why a server did not do what it was asked. */
export interface SilenceFailure {
  readonly problem: SourceProblem
  /**
   * True when nobody knows whether it did it: no answer came after it was asked, or that of a proxy.
   * Whoever wants to ask again looks first.
   */
  readonly mayBeDone: boolean
}

/**
 * The silences of a source's server. Each question is asked once: nothing that changes something is
 * ever repeated here. Expected failures are values; all of it settles soon after an abort.
 */
export interface SilencesPort {
  /** True where the source lists only a part of its server's alerts: a silence hides the others too. */
  readonly isPartial: boolean
  /** The labels of the alerts that these match at the server and that the source does not list. */
  unlisted(
    matchers: readonly Matcher[],
    signal: AbortSignal,
  ): Promise<Result<readonly Labels[], SilenceFailure>>
  /** Those that hold or will hold, every text safe to show. */
  list(signal: AbortSignal): Promise<Result<readonly Silence[], SilenceFailure>>
  /** Resolves to the id of the new silence. */
  create(wanted: WantedSilence, signal: AbortSignal): Promise<Result<string, SilenceFailure>>
  /**
   * Lets a silence end at another time, ms since the epoch, UTC, with everything else as it is at the
   * server. Resolves to its id from now on: some servers put a new one in its place.
   */
  extend(id: string, endsAt: number, signal: AbortSignal): Promise<Result<string, SilenceFailure>>
  /** Ends a silence now. */
  expire(id: string, signal: AbortSignal): Promise<Result<null, SilenceFailure>>
}
