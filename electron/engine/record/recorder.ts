import { evolve } from '#shared/domain/watch/evolve.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { Event, EventBody, NewEvent } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { stamp } from './event-id.ts'
import type { Calls, Pager } from '../follow-ups/paging.ts'
import type { Clock } from '../ports/clock.ts'
import type { DeliveryOutcome } from '../ports/delivery.ts'
import type { Ids } from '../ports/ids.ts'
import type { Journal, JournalFailure } from '../ports/journal.ts'
import type { Logger } from '../ports/logger.ts'

/** A snapshot is due after this many events: replaying as many takes well under 100 ms. */
const SNAPSHOT_EVERY = 5_000
/** The snapshot waits this long, ms, so that it is not written in the middle of a burst. */
const SNAPSHOT_DELAY_MS = 2_000

const deckwatch: Actor = { kind: 'deckwatch' }

type Recorded = Result<readonly Event[], JournalFailure>

/** The only way into the journal: what is recorded here is durable before it is shown. */
export interface Recorder {
  readonly state: () => WatchState
  /** Records what was decided. On a failure nothing changed, in the journal or in the state. */
  record(bodies: readonly EventBody[], actor: Actor): Recorded
  /** The same for events that have their ids, such as those of a command. */
  recordEvents(events: readonly NewEvent[]): Recorded
  /** Records what became of deliveries, with the events that say so. */
  recordOutcomes(
    bodies: readonly EventBody[],
    outcomes: readonly DeliveryOutcome[],
    actor?: Actor,
  ): Recorded
  /** Records the calls for a person that time alone has made due. */
  recordDueCalls(): Recorded
  /** Writes a snapshot when one is due, and stops. */
  close(): void
}

/** Where recorded events and failures go. */
export interface RecorderListener {
  recorded(events: readonly Event[]): void
  failed(failure: JournalFailure): void
}

/**
 * Makes the recorder on a loaded journal. Whom an event calls is decided before it is written, so
 * that the call and its deliveries are in the same transaction.
 */
export function createRecorder(
  deps: { clock: Clock; ids: Ids; journal: Journal; logger: Logger; pager: Pager },
  listener: RecorderListener,
): Recorder {
  const { clock, ids, journal, logger, pager } = deps
  const loaded = journal.load()
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

  /** `projected` is the state after `events`, if all of them turn out to be new. */
  function commit(
    events: readonly NewEvent[],
    projected: WatchState,
    calls: Calls,
    outcomes: readonly DeliveryOutcome[],
  ): Recorded {
    const called = stamp(projected, calls.bodies, { ids, now: clock.now(), actor: deckwatch })
    const all = called.length === 0 ? events : [...events, ...called]
    if (all.length + outcomes.length === 0) return ok([])
    const appended = journal.append(all, calls.deliveries, outcomes)
    if (!appended.ok) {
      listener.failed(appended.error)
      return appended
    }
    const written = appended.value
    state =
      written.length === all.length
        ? evolve(projected, written.slice(events.length))
        : evolve(state, written)
    sinceSnapshot += written.length
    if (sinceSnapshot >= SNAPSHOT_EVERY) cancelSnapshot ??= clock.after(SNAPSHOT_DELAY_MS, snapshot)
    if (written.length > 0) listener.recorded(written)
    return appended
  }

  function recordEvents(
    events: readonly NewEvent[],
    outcomes: readonly DeliveryOutcome[] = [],
  ): Recorded {
    if (events.length + outcomes.length === 0) return ok([])
    const numbered = events.map((event, index) => ({ ...event, seq: state.seq + index + 1 }))
    const projected = evolve(state, numbered)
    return commit(events, projected, pager.after(projected, numbered, clock.now()), outcomes)
  }

  const stamped = (bodies: readonly EventBody[], actor: Actor) =>
    stamp(state, bodies, { ids, now: clock.now(), actor })

  return {
    state: () => state,
    record: (bodies, actor) => recordEvents(stamped(bodies, actor)),
    recordEvents: (events) => recordEvents(events),
    recordOutcomes: (bodies, outcomes, actor = deckwatch) =>
      recordEvents(stamped(bodies, actor), outcomes),
    recordDueCalls: () => commit([], state, pager.lookAtAll(state, clock.now()), []),
    close() {
      cancelSnapshot?.()
      if (sinceSnapshot > 0) snapshot()
    },
  }
}
