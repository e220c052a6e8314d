import type { Outcome, Target } from '#shared/domain/execution/schema.ts'
import type { Code, Risk } from '#shared/domain/runbook/schema.ts'

/** A command that may be run: made by {@link Runner.judge} alone. */
export interface Runnable {
  /** The script, in which values stand as variables. */
  readonly script: string
  /** The variables, by name. */
  readonly environment: Readonly<Record<string, string>>
  /** The Kubernetes context that it is held to; null: none. */
  readonly context: string | null
}

/** What a command is and does, before anything runs. */
export interface Judged {
  /** As it would run, with the values in it, for people. */
  readonly shown: string
  readonly risk: Risk
  /** Why it counts as that, a sentence each. */
  readonly why: readonly string[]
  readonly targets: readonly Target[]
  /** What it would be run as, or why it cannot be run from here, in words. */
  readonly work:
    | { readonly kind: 'runnable'; readonly runnable: Runnable }
    | { readonly kind: 'refused'; readonly why: string }
}

/** How a run ended, and what it printed: clean, and without secrets. */
export interface RunEnd {
  readonly outcome: Exclude<Outcome, { readonly kind: 'answered' | 'lost' }>
  readonly durationMs: number
  /** The end of the output, 2,000 characters. */
  readonly tail: string
  readonly bytes: number
  readonly lines: number
  readonly isCut: boolean
}

/** Something that runs. */
export interface Run {
  /** Never rejects. */
  readonly ended: Promise<RunEnd>
  /** Ends it with all that it started; `ended` says so. */
  cancel(): void
}

/** A page of an output; offsets in bytes. */
export interface OutputPage {
  readonly text: string
  readonly offset: number
  readonly next: number | null
  readonly size: number
  readonly state: 'running' | 'complete' | 'incomplete'
}

/** Runs commands on this machine, and keeps what they print. Expected failures are values. */
export interface Runner {
  /** Gets ready to judge, which takes a moment the first time. */
  warmUp(): void
  /**
   * Reads a command: what cannot be read is refused with why.
   *
   * @param values what its placeholders are filled with, by `placeholderKey`.
   */
  judge(code: Code, values: ReadonlyMap<string, string>): Promise<Judged>
  /**
   * Starts it.
   *
   * @param id names its output for ever.
   * @param printed called each time more of the output can be read.
   */
  start(
    runnable: Runnable,
    options: {
      readonly id: string
      readonly timeoutMs: number
      readonly printed: () => void
    },
  ): Run
  /** Keeps a text as the output of something that was not run here, such as a query. */
  keep(id: string, text: string): Promise<Pick<RunEnd, 'bytes' | 'lines' | 'isCut' | 'tail'>>
  /** Null where nothing is kept of it (any more). */
  output(
    id: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<OutputPage | null>
}
