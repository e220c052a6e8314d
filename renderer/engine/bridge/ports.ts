import type { DoorClosed } from '#shared/contract/door.ts'

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
}

/** What a socket reports. After `closed` nothing more comes. */
export interface SocketHandlers {
  opened(): void
  received(text: string): void
  /** @param why there when this browser is not let in. */
  closed(why?: DoorClosed): void
}

/** The little that is needed of a WebSocket. */
export interface Socket {
  send(text: string): void
  /** Lets go of it: no handler is called any more. */
  close(): void
}
