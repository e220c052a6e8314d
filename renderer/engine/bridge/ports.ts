import type { DoorClosed } from '#shared/contract/door.ts'
import type { UnopenedJournal } from '#shared/contract/unopened-journal.ts'

/** Time and chance for the client, passed in so that tests own them. */
export interface ClientPorts {
  /** ms since the epoch, UTC. May jump. */
  readonly wall: () => number
  /** ms from an arbitrary start. Never goes back, and does not stand still while the machine sleeps. */
  readonly steady: () => number
  /** Calls back once after `ms`; returns what cancels it. */
  readonly after: (ms: number, callback: () => void) => () => void
  /** A fraction in [0, 1), for jitter. */
  readonly random: () => number
  /** A fresh id for a request. */
  readonly newId: () => string
  /** Opens a socket to the engine. Handlers are never called before this has returned. */
  readonly openSocket: (handlers: SocketHandlers) => Socket
  /** Has the program around this page start its engine again; there in the desktop's window only. */
  readonly startEngine?: () => void
}

/**
 * Why a host that answers carries no connection: it does not let this browser in, or it has no engine
 * because the journal cannot be opened.
 */
export type Refusal = DoorClosed | UnopenedJournal

/** What a socket reports. After `closed` nothing more comes. */
export interface SocketHandlers {
  opened(): void
  received(text: string): void
  /** @param why there when the host says it. */
  closed(why?: Refusal): void
}

/** The little that is needed of a WebSocket. */
export interface Socket {
  send(text: string): void
  /** Lets go of it: no handler is called any more. */
  close(): void
}
