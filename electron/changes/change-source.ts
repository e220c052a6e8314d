import type { Heard } from '#electron/engine/ports/listener.ts'
import type { Result } from '#shared/domain/result/result.ts'

/** Why a place where changes are looked for gave none, in words that hold no secret. */
export interface LookProblem {
  readonly message: string
  readonly hint: string
}

/** A place where changes are looked for. */
export interface ChangeSource {
  /** For the screen; holds no password. */
  readonly name: string
  readonly everyMs: number
  /**
   * Looks once. What was found before may be among it: it has the same keys.
   *
   * @returns the news; `keep` is called once they are recorded.
   */
  look(
    signal: AbortSignal,
  ): Promise<Result<{ readonly found: readonly Heard[]; readonly keep: () => void }, LookProblem>>
}
