import type { ConnectionReport, DrillStatus } from '#shared/contract/index.ts'
import type { Labels, Signal } from '#shared/domain/alert/schema.ts'
import type { ChannelFeedback, ChannelProblem, PageMessage } from '#shared/domain/page/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { Rejection, SourceProblem } from '#shared/domain/source/schema.ts'
import type { Event, NewEvent } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'

/** Time, passed in so that tests own it. */
export interface Clock {
  /** Wall clock, ms since the epoch, UTC. May jump. */
  now(): number
  /** Steady clock, ms from an arbitrary start. Never jumps; stops or runs while asleep by platform. */
  monotonic(): number
  /** Calls back once after `ms`; returns what cancels it. */
  after(ms: number, callback: () => void): () => void
}

/** Identity, passed in so that tests own randomness and the core needs no crypto library. */
export interface Ids {
  /** The same parts give the same id on every machine; collision-safe against hostile parts. */
  derive(...parts: readonly string[]): string
  /** A fresh random fraction in [0, 1), for jitter only. */
  random(): number
}

/** Structured log. Never given a secret or a body from outside. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What a poll brought, compared with the last answer that was accepted. */
export interface SourceReport {
  /**
   * `all`: `signals` is everything the source lists now (the first answer, or after `forget`).
   * `changes`: `signals` is what is new or different, `gone` what is no longer listed.
   */
  readonly kind: 'all' | 'changes'
  readonly signals: readonly Signal[]
  /** Label sets that the source no longer lists; empty for kind `all`. */
  readonly gone: readonly Labels[]
  /** All that could not be read in this answer, already bounded; the same ones at each poll. */
  readonly rejections: readonly Rejection[]
  readonly moreRejections: number
  /** Identifies the memory behind the answer (Alertmanager's start time); null if the kind has none. */
  readonly instance: string | null
  /** Alerts that the source lists now. */
  readonly total: number
  /** Problems that the source reports of itself; each is raised as an alert of Deckwatch's own. */
  readonly selfAlerts: readonly SelfAlert[]
}

/** Something wrong with a source that must alert by itself, such as a rule that cannot be evaluated. */
export interface SelfAlert {
  readonly name: string
  readonly severity: 'critical' | 'high' | 'medium'
  readonly labels: Labels
  readonly summary: string
  readonly description: string
  /** ms since the epoch, UTC. */
  readonly startsAt: number
}

/**
 * A place alerts come from. The adapter keeps what it compared last: after `accept` the report is
 * the new basis, after `forget` the next report is `all`. A report that is neither accepted nor
 * forgotten is presented again.
 */
export interface Source {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly intervalMs: number
  /** Conditions on labels of alerts that must always fire here, as matcher texts. */
  readonly heartbeats: readonly string[]
  /** Asks once. Expected failures are values; throwing is a bug. Must settle soon after an abort. */
  poll(signal: AbortSignal): Promise<Result<SourceReport, SourceProblem>>
  accept(): void
  forget(): void
  /** Asks once without any effect and says what was found. */
  test(signal: AbortSignal): Promise<ConnectionReport>
  close(): Promise<void>
}

/** A source that can be steered: the drill. */
export interface DrillSource extends Source {
  status(): DrillStatus
  control(change: {
    isPaused?: boolean | undefined
    speed?: number | undefined
    restart?: boolean | undefined
  }): void
}

/** Small values that a source keeps over a restart, such as where the drill's story is. */
export interface Marks {
  read(key: string): string | null
  write(key: string, value: string): void
}

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

/** Why the journal could not record. Nothing of the batch was written. */
export interface JournalFailure {
  readonly code: 'journal-full' | 'journal-failed'
  readonly message: string
  readonly hint: string
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
  /** The newest `limit` events of an incident, oldest first. */
  incidentEvents(incidentId: string, limit: number): readonly Event[]
  /** Keeps the state, so that the next start replays only what came after it. */
  writeSnapshot(state: WatchState): Result<void, JournalFailure>
  readonly marks: Marks
  close(): void
}

/**
 * A way to reach a person, such as the desktop's notifications. Failures are values; throwing is a
 * bug. The outbox sends one message at a time to each channel.
 */
export interface Channel {
  /** What deliveries and the configuration call it, such as `desktop`. */
  readonly name: string
  /** Hands a message over; settles once the receiver has taken it, not when a person has seen it. */
  send(message: PageMessage, signal: AbortSignal): Promise<Result<void, ChannelProblem>>
  /** Takes back what is shown under a tag. Does nothing for a tag that is not shown. */
  withdraw(tag: string): void
  /** Calls back when a person did something with a message; returns what stops it. */
  listen(listener: (feedback: ChannelFeedback) => void): () => void
  /** Facts for "send a test": what shows notifications here, whether buttons and sounds work. */
  describe(): Promise<readonly string[]>
  /** Ends what it runs. What is shown may stay. */
  close(): Promise<void>
}

/** Shows the cockpit to the person: raises its window, or opens it. */
export interface Presenter {
  /** @param incidentId the incident to select; null leaves the selection alone. */
  open(incidentId: string | null): void
}
