import type { Result } from '#shared/domain/result/result.ts'
import type { Event, NewEvent } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Marks } from './marks.ts'
import type { Delivery, WaitingDelivery, DeliveryOutcome } from './delivery.ts'

/** Why the journal could not record. Nothing of the batch was written. */
export interface JournalFailure {
  readonly code: 'journal-full' | 'journal-failed'
  readonly message: string
  readonly hint: string
}

/** A part of the journal by sequence number, both ends left out. */
export interface EventRange {
  readonly after?: number | undefined
  readonly before?: number | undefined
}

/** The one truth. Durable when `append` returns; a batch is written whole or not at all. */
export interface Journal {
  /** The newest readable snapshot (or the empty state) and the events after it, in order. */
  load(): { readonly state: WatchState; readonly tail: readonly Event[] }
  /**
   * Numbers and writes events, deliveries and what became of earlier deliveries in one transaction.
   * Events and deliveries whose id or key is there already are skipped; the events returned are those
   * that were written.
   */
  append(
    events: readonly NewEvent[],
    deliveries: readonly Delivery[],
    outcomes?: readonly DeliveryOutcome[],
  ): Result<readonly Event[], JournalFailure>
  /** The deliveries of a channel that wait, those that may be tried first come first. */
  waitingDeliveries(channel: string, limit: number): readonly WaitingDelivery[]
  /** The event of this id, or null: how a repeated command is recognised. */
  findEvent(id: string): Event | null
  /**
   * At most `limit` events of an incident, also of those that stand on several, oldest first: the
   * ones that come first after `after`, else the newest (before `before`). By sequence number.
   */
  incidentEvents(incidentId: string, limit: number, range?: EventRange): readonly Event[]
  /** Keeps the state, so that the next start replays only what came after it. */
  writeSnapshot(state: WatchState): Result<void, JournalFailure>
  readonly marks: Marks
  close(): void
}
