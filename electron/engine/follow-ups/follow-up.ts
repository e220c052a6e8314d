import type { Event, EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Delivery } from '../ports/delivery.ts'

/** What a batch would change. Nothing of it is recorded yet. */
export interface Change {
  /** How things stood before the batch. */
  readonly before: WatchState
  /** How things stand after all that has been added so far. */
  readonly after: WatchState
  /** What this follow-up has not looked at yet, in order; its own additions are among them. */
  readonly events: readonly Event[]
  /** ms since the epoch, UTC. */
  readonly now: number
}

/** What a follow-up adds to the transaction. */
export interface Additions {
  readonly bodies: readonly EventBody[]
  /** Each names the event that causes it, which is among the bodies or recorded already. */
  readonly deliveries: readonly Delivery[]
}

/**
 * A rule that what happened, or time alone, leads to more: it adds events and deliveries to the very
 * transaction that caused them, so that no crash comes in between. Pure: it decides by how things
 * stand and starts nothing. What must be started after the commit is a reactor's.
 */
export interface FollowUp {
  /** For the log and the status, such as `paging`. */
  readonly name: string
  /** What follows from a change; left out by one that only time concerns. */
  after?(change: Change): Additions
  /**
   * What time alone has made due; asked about once a second. Must be true of the state for as long
   * as it was not recorded: a tick that fails is made up for by the next one.
   *
   * @param now ms since the epoch, UTC.
   */
  due?(state: WatchState, now: number): Additions
}

/** What a follow-up says that has nothing to add. */
export const nothingToAdd: Additions = { bodies: [], deliveries: [] }
