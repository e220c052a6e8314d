import type { Placeholder } from '#shared/domain/runbook/schema.ts'

/** Why a command can't be run on a click, and because of which placeholder. */
export interface Refusal {
  /** A sentence. */
  readonly reason: string
  /** Null: it is about the command as a whole. */
  readonly placeholder: Placeholder | null
}
