import type { Actor } from '#shared/domain/actor/schema.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { Event, EventBody, NewEvent } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { FollowUp } from '../follow-ups/follow-up.ts'
import { runFollowUps, type Cause, type FollowedUp } from '../follow-ups/run.ts'
import type { Clock } from '../ports/clock.ts'
import type { DeliveryOutcome } from '../ports/delivery.ts'
import type { Ids } from '../ports/ids.ts'
import type { Journal, JournalFailure } from '../ports/journal.ts'
import type { Logger } from '../ports/logger.ts'
import type { Reactor } from '../reactors/reactor.ts'
import type { InsideGuard } from '../status/inside-guard.ts'
import { stamp } from './event-id.ts'
import { createTelling } from './telling.ts'

/** A snapshot is due after this many events: replaying as many takes well under 100 ms. */
const SNAPSHOT_EVERY = 5_000
/** The snapshot waits this long, ms, so that it is not written in the middle of a burst. */
const SNAPSHOT_DELAY_MS = 2_000

const deckwatch: Actor = { kind: 'deckwatch' }

type Outcome = Result<readonly Event[], JournalFailure>

/** A batch that the journal refused: nothing of it happened. */
export interface Refused {
  readonly failure: JournalFailure
  /** What was to be recorded, with all that follows from it. */
  readonly events: readonly NewEvent[]
  /** How things stand. */
  readonly before: WatchState
  /** How they would stand, had it been recorded. */
  readonly after: WatchState
}

/** The only way into the journal: what is recorded here is durable before it is shown. */
export interface Recorder {
  readonly state: () => WatchState
  /**
   * Records what was decided. On a failure nothing changed, in the journal or in the state.
   *
   * @param refused hears of a failure before the reactors do.
   */
  record(bodies: readonly EventBody[], actor: Actor, refused?: (batch: Refused) => void): Outcome
  /**
   * A batch that is not even tried, because the journal refused what comes before it.
   *
   * @param before how things would stand, had that been recorded.
   */
  refusalOf(
    bodies: readonly EventBody[],
    actor: Actor,
    premise: { readonly failure: JournalFailure; readonly before: WatchState },
  ): Refused
  /** Records events that have their ids, such as those of a command. */
  recordEvents(events: readonly NewEvent[]): Outcome
  /** Records what became of deliveries, with the events that say so. */
  recordOutcomes(
    bodies: readonly EventBody[],
    outcomes: readonly DeliveryOutcome[],
    actor?: Actor,
  ): Outcome
  /** Records what time alone has made due, as the follow-ups say. */
  recordDue(): Outcome
  /** From now on these hear of each batch, in this order, after those that were there before. */
  attach(reactors: readonly Reactor[]): void
  /** Writes a snapshot when one is due, and stops. */
  close(): void
}

interface Deps {
  readonly clock: Clock
  readonly ids: Ids
  readonly journal: Journal
  readonly logger: Logger
  readonly followUps: readonly FollowUp[]
  readonly guarded: InsideGuard
}

/**
 * Makes the recorder on a loaded journal. What follows from an event is decided before it is
 * written, so that both are in the same transaction; what is to be started is started after it.
 */
export function createRecorder(deps: Deps): Recorder {
  const { clock, ids, journal, logger, followUps, guarded } = deps
  const loaded = journal.load()
  const telling = createTelling(guarded)
  let state = evolve(loaded.state, loaded.tail)
  let sinceSnapshot = loaded.tail.length
  let cancelSnapshot: (() => void) | null = null

  function snapshot(): void {
    cancelSnapshot = null
    const written = journal.writeSnapshot(state)
    if (written.ok) sinceSnapshot = 0
    else
      logger.warn(
        { code: written.error.code },
        'The snapshot could not be written; the events are safe',
      )
  }

  function commit(
    { events, deliveries, after }: FollowedUp,
    outcomes: readonly DeliveryOutcome[],
    refused: (batch: Refused) => void = () => undefined,
  ): Outcome {
    if (events.length + outcomes.length === 0) return ok([])
    const appended = journal.append(events, deliveries, outcomes)
    if (!appended.ok) {
      refused({ failure: appended.error, events, before: state, after })
      telling.refused(appended.error)
      return appended
    }
    const written = appended.value
    // Some were recorded before: the journal numbered only the others.
    state = written.length === events.length ? after : evolve(state, written)
    sinceSnapshot += written.length
    if (sinceSnapshot >= SNAPSHOT_EVERY) cancelSnapshot ??= clock.after(SNAPSHOT_DELAY_MS, snapshot)
    if (written.length > 0) telling.recorded({ events: written, deliveries, state })
    return appended
  }

  const followUp = (cause: Cause, before: WatchState = state) =>
    runFollowUps(followUps, before, cause, { ids, now: clock.now(), guarded })

  const recordEvents = (
    events: readonly NewEvent[],
    outcomes: readonly DeliveryOutcome[] = [],
  ): Outcome => commit(followUp({ kind: 'events', events }), outcomes)

  const stamped = (bodies: readonly EventBody[], actor: Actor, before: WatchState = state) =>
    stamp(before, bodies, { ids, now: clock.now(), actor })

  return {
    state: () => state,
    record: (bodies, actor, refused) =>
      commit(followUp({ kind: 'events', events: stamped(bodies, actor) }), [], refused),
    refusalOf(bodies, actor, { failure, before }) {
      const cause = { kind: 'events' as const, events: stamped(bodies, actor, before) }
      const { events, after } = followUp(cause, before)
      return { failure, events, before, after }
    },
    recordEvents: (events) => recordEvents(events),
    recordOutcomes: (bodies, outcomes, actor = deckwatch) =>
      recordEvents(stamped(bodies, actor), outcomes),
    recordDue: () => commit(followUp({ kind: 'time' }), []),
    attach: (reactors) => {
      telling.add(reactors)
    },
    close() {
      cancelSnapshot?.()
      if (sinceSnapshot > 0) snapshot()
    },
  }
}
