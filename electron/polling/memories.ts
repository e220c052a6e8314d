/** A start time that was not heard in so many polls is of a process that has ended. */
const FORGOTTEN_AFTER_POLLS = 20
/** Most answers that are put together in one poll: each may be megabytes. */
const MAX_ANSWERS = 4
/**
 * Where replicas take turns within a poll, nobody knows whose an answer is. So many answers for each
 * of them have to miss an alert: of two that answer by chance, 1 in 65,000 times one gave them all.
 */
const ANSWERS_OF_EACH = 8
const MAX_ANSWERS_UNTIL_GONE = 32

/**
 * What answers behind an address. `one`: a process whose start time is known. `untold`: it cannot
 * say when it started. `several`: replicas that take turns, as behind a load balancer.
 */
export type Behind = 'one' | 'untold' | 'several'

/** Tells by start times which memory is behind the answers of an address. */
export interface Memories {
  /** Another poll begins. */
  nextPoll(): void
  /** Takes in what a question for the start time brought; null when the server cannot say. */
  heard(startTime: string | null): void
  /** No two questions in a row brought the same start time. */
  alwaysDiffered(): void
  behind(): Behind
  /** The start times that were heard lately: more than one after a restart, or of replicas. */
  known(): ReadonlySet<string>
  /** Those of them that were heard in this poll. */
  heardInPoll(): ReadonlySet<string>
  /** How many answers must miss an alert before it counts as gone. */
  answersUntilGone(): number
  /** How many answers in a row are likely to come from each of the replicas once. */
  answersWanted(): number
}

/**
 * Has heard nothing yet. A process that restarted is never heard again: a start time that comes back
 * after another one is a replica's.
 */
export function createMemories(): Memories {
  const lastHeard = new Map<string, number>()
  let latest: string | null = null
  let isUntold = false
  let isSeveral = false
  let isMixedInPolls = false
  let poll = 0
  let inPoll = new Set<string>()
  return {
    nextPoll() {
      poll += 1
      inPoll = new Set()
      for (const [startTime, at] of lastHeard) {
        const isOver = poll - at > FORGOTTEN_AFTER_POLLS && startTime !== latest
        if (isOver) lastHeard.delete(startTime)
      }
      if (lastHeard.size > 1) return
      isSeveral = false
      isMixedInPolls = false
    },
    heard(startTime) {
      isUntold = startTime === null
      if (startTime === null) return
      if (startTime !== latest) {
        if (lastHeard.has(startTime)) isSeveral = true
        // It was taken for the only one until now, and seldom asked for.
        if (latest !== null) lastHeard.set(latest, poll)
        latest = startTime
      }
      lastHeard.set(startTime, poll)
      inPoll.add(startTime)
      if (inPoll.size > 1) isMixedInPolls = true
    },
    alwaysDiffered() {
      isSeveral = true
    },
    behind: () => (isSeveral ? 'several' : isUntold ? 'untold' : 'one'),
    known: () => new Set(lastHeard.keys()),
    heardInPoll: () => inPoll,
    answersUntilGone: () =>
      isSeveral && isMixedInPolls
        ? Math.min(ANSWERS_OF_EACH * lastHeard.size, MAX_ANSWERS_UNTIL_GONE)
        : 1,
    // One more in every second poll: in a steady rhythm each question may meet the same replica.
    answersWanted: () => Math.min(Math.max(lastHeard.size, 2), MAX_ANSWERS) + (poll % 2),
  }
}
