import { evolve } from '#shared/domain/watch/evolve.ts'
import type { Actor } from '#shared/domain/incident/schema.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { Event, EventBody, NewEvent } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { stamp } from './event-id.ts'
import type { Clock, Ids, Journal, JournalFailure, Logger } from './ports.ts'

/** A snapshot is due after this many events: replaying as many takes well under 100 ms. */
const SNAPSHOT_EVERY = 5_000
/** The snapshot waits this long, ms, so that it is not written in the middle of a burst. */
const SNAPSHOT_DELAY_MS = 2_000

/** The only way into the journal: what is recorded here is durable before it is shown. */
export interface Recorder {
  readonly state: () => WatchState
  /** Records what was decided. On a failure nothing changed, in the journal or in the state. */
  record(bodies: readonly EventBody[], actor: Actor): Result<readonly Event[], JournalFailure>
  /** The same for events that have their ids, such as those of a command. */
  recordEvents(events: readonly NewEvent[]): Result<readonly Event[], JournalFailure>
  /** Writes a snapshot when one is due, and stops. */
  close(): void
}

/** Where recorded events and failures go. */
export interface RecorderListener {
  recorded(events: readonly Event[]): void
  failed(failure: JournalFailure): void
}

/** Makes the recorder on a loaded journal. */
export function createRecorder(
  deps: { clock: Clock; ids: Ids; journal: Journal; logger: Logger },
  listener: RecorderListener,
): Recorder {
  const { clock, ids, journal, logger } = deps
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

  function recordEvents(events: readonly NewEvent[]): Result<readonly Event[], JournalFailure> {
    if (events.length === 0) return ok([])
    const appended = journal.append(events, [])
    if (!appended.ok) {
      listener.failed(appended.error)
      return appended
    }
    state = evolve(state, appended.value)
    sinceSnapshot += appended.value.length
    if (sinceSnapshot >= SNAPSHOT_EVERY) cancelSnapshot ??= clock.after(SNAPSHOT_DELAY_MS, snapshot)
    listener.recorded(appended.value)
    return appended
  }

  return {
    state: () => state,
    record: (bodies, actor) => recordEvents(stamp(state, bodies, { ids, now: clock.now(), actor })),
    recordEvents,
    close() {
      cancelSnapshot?.()
      if (sinceSnapshot > 0) snapshot()
    },
  }
}
