import type { Clock } from '../ports/clock.ts'

/** After a start or a sleep the sources have this long, ms, to say how things stand now. */
const SETTLE_MS = 15_000

/**
 * Whether what is known is old because nobody has been asked since a start or a sleep. Paging
 * somebody again for what may be over since hours is a false alarm.
 */
export interface Settling {
  /** The machine started or woke up. */
  begin(): void
  answered(sourceId: string): void
  /** True until each of the sources has answered, or the time is over. */
  isUnderWay(): boolean
}

/** What is to be done at its beginning and its end. */
export interface SettlingListener {
  begun(): void
  /** Called once when it is over, by whoever looks first. */
  ended(): void
}

/** Settled until something begins. */
export function createSettling(
  clock: Pick<Clock, 'monotonic'>,
  sourceIds: () => readonly string[],
  listener: SettlingListener,
): Settling {
  let until: number | null = null
  const fresh = new Set<string>()
  return {
    begin() {
      until = clock.monotonic() + SETTLE_MS
      fresh.clear()
      listener.begun()
    },
    answered(sourceId) {
      fresh.add(sourceId)
    },
    isUnderWay() {
      if (until === null) return false
      if (clock.monotonic() < until && !sourceIds().every((id) => fresh.has(id))) return true
      until = null
      listener.ended()
      return false
    },
  }
}
