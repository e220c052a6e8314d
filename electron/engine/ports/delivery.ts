/** Something to be told to somebody, written in the transaction of the event that causes it. */
export interface Delivery {
  /** Idempotency key: the same delivery has the same key for ever. */
  readonly key: string
  readonly eventId: string
  readonly channel: string
  readonly body: string
}

/** A delivery as the outbox finds it in the journal. */
export interface WaitingDelivery extends Delivery {
  /** Attempts so far. */
  readonly attempts: number
  /** When it may be tried, ms since the epoch, UTC. */
  readonly nextAt: number
}

/** What became of a delivery. `waiting`: it is tried again at `nextAt` (ms since the epoch, UTC). */
export interface DeliveryOutcome {
  readonly key: string
  readonly state: 'waiting' | 'sent' | 'failed' | 'dropped'
  readonly attempts: number
  readonly nextAt: number
}
