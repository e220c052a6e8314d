import type { ListenerStatus } from '#shared/contract/operations/changes.ts'
import type { ListenerConfig } from '#shared/domain/configuration/listener.ts'
import type { Change } from '#shared/domain/change/schema.ts'
import type { JobStatus } from '#shared/domain/job/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { VoiceCounts } from '#shared/domain/voice/schema.ts'

/** A change as it was heard of: what it is called in the journal is the engine's affair. */
export type HeardChange = Omit<Change, 'id'>

/** What somebody outside reported to Deckwatch. Texts are printable and bounded; times in ms, UTC. */
export type Heard = {
  /** The same news twice has the same key, so that it is recorded once. */
  readonly key: string
} & (
  | { readonly kind: 'change'; readonly change: HeardChange }
  | {
      readonly kind: 'voice'
      readonly service: string
      readonly counts: VoiceCounts
      readonly saidAt: number
    }
  | {
      readonly kind: 'job'
      readonly job: string
      readonly status: JobStatus
      readonly reportedAt: number
    }
)

/** Why news was not taken. `unknown`: what it is about is none of ours. */
export interface NotTaken {
  readonly code: 'unknown' | 'not-recorded'
  readonly message: string
}

/** Records news; when it returns, the news is durable. `isKnown`: it was recorded before. */
export type TakeHeard = (heard: Heard) => Result<{ readonly isKnown: boolean }, NotTaken>

/** Where others tell Deckwatch what happens: a webhook listener. */
export interface ListenerPort {
  /** Begins to hand over what comes. */
  start(take: TakeHeard): void
  /** Listens as the configuration says from now on; null: not at all. */
  configure(config: ListenerConfig | null): Promise<void>
  /** Whether news can be heard now. */
  isListening(): boolean
  status(): ListenerStatus
  close(): Promise<void>
}
