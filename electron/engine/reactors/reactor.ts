import type { Event } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Delivery } from '../ports/delivery.ts'
import type { JournalFailure } from '../ports/journal.ts'

/** What was recorded in one transaction. */
export interface Recorded {
  readonly events: readonly Event[]
  readonly deliveries: readonly Delivery[]
  /** The state after it. */
  readonly state: WatchState
}

/**
 * What is started once something is durable. It may be lost in a crash, so it must be something that
 * the next start does anyway, or does without. What comes of it comes back as a command.
 */
export interface Reactor {
  /** What it does, for the log and the status, such as `waking the outbox`. */
  readonly doing: string
  /** Starts it and returns. What is recorded in here reaches all reactors after this batch. */
  recorded?(recorded: Recorded): void
  /** The journal refused a batch: nothing of it happened. */
  refused?(failure: JournalFailure): void
}
