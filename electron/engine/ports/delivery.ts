/** What can leave. Each kind is registered in `electron/engine/deliveries/`. */
export type DeliveryKindName = 'page'

/**
 * Something that leaves, written in the transaction of the event that causes it. What it says is not
 * written: its kind composes that when it is sent, from how things stand then.
 */
export interface Delivery<Kind extends string = DeliveryKindName> {
  /** Idempotency key: the same delivery has the same key for ever. Its kind reads its subject from it. */
  readonly key: string
  readonly kind: Kind
  readonly eventId: string
  readonly channel: string
}

/** A delivery as the outbox finds it in the journal. */
export interface WaitingDelivery extends Delivery<string> {
  /** The number of the event that causes it. */
  readonly seq: number
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
