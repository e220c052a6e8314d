import type { InputOf, OperationName, OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { PushMessage } from '#shared/contract/messages.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { Unreadable } from './message-reader.ts'
import type { Refusal } from './ports.ts'

/** A moment on both clocks: to name it to people (wall) and to count from it (steady). */
export interface Moment {
  /** ms since the epoch, UTC, on the reader's clock, which may jump. */
  readonly wall: number
  /** ms from an arbitrary start; never goes back. */
  readonly steady: number
}

/**
 * How the cockpit stands with its engine. `open` only while what is shown is current: a connection
 * counts from its first snapshot on. `lost` counts from the last message while it was open.
 */
export type Connection =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'open' }
  | {
      readonly phase: 'lost'
      /** Null when the engine was never heard. */
      readonly lastHeard: Moment | null
      /** True while an attempt to connect runs; false while waiting for the next one. */
      readonly isTrying: boolean
      /** There when the host answers, but carries no connection. */
      readonly refusal?: Refusal
    }

/**
 * The cockpit's only way to the engine, whatever carries it. Nothing here throws for an expected
 * failure: a lost engine is a `Result` with the code `engine-unreachable`.
 */
export interface EngineClient {
  /**
   * Asks the engine; the answer is parsed with the contract before it is given back.
   *
   * @param id identifies a command for ever: sent again under it, it is carried out once.
   * @param givenAt when a person gave a command that was kept since, ms since the epoch, UTC.
   */
  request<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    id?: string,
    givenAt?: number,
  ): Promise<Result<OutputOf<Name>, ContractError>>
  /** Asks for a fresh snapshot, which arrives as a message. */
  sync(): void
  /** Calls back with each message that the engine pushes; returns what stops it. */
  listen(listener: (message: PushMessage) => void): () => void
  connection(): Connection
  /** Calls back when the connection changes; returns what stops it. */
  listenConnection(listener: (connection: Connection) => void): () => void
  /** Calls back when a message cannot be read; returns what stops it. */
  listenUnreadable(listener: (unreadable: Unreadable) => void): () => void
  /** Tells the engine whether a person looks at this page: now, and again on each connection. */
  tellPresence(hasFocus: boolean): void
  /** The network or the page came back: look at once instead of at the next turn. */
  nudge(): void
  /** Has the host start its engine again where it could not, and looks at once. */
  startEngine(): void
  /** Ends the connection for good. */
  close(): void
}
