import type { Clock } from '#electron/engine/ports/clock.ts'
import type { QueryPlace } from '#electron/engine/ports/measurements.ts'
import type { QueryFailure } from '#electron/engine/ports/queries.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'

/** Time between two questions of the same query, ms, as long as the budget allows it. */
const EVERY_MS = 15_000
/** Most questions to one server, in a minute and at once. */
export const PER_MINUTE = 240
const AT_ONCE = 4
/** Questions that may be asked in a burst when none was asked for a while. */
const BURST = 20
/** Longest wait between two tries of a query that fails, and of a server that does not answer, ms. */
const MAX_QUERY_WAIT_MS = 300_000
const MAX_PLACE_WAIT_MS = 120_000
/** How often it is looked at what is due, ms. */
const LOOK_MS = 1_000

const bug: QueryFailure = {
  problem: {
    code: 'internal',
    message: 'Deckwatch failed while it measured.',
    hint: 'This is a defect of Deckwatch: please report it with what was measured.',
  },
  isPassing: false,
  retryAfterMs: null,
}

/** A query that is asked, again and again or once. */
export interface Job<Value> {
  /** The same query has the same key, whoever wants it. */
  readonly key: string
  readonly place: QueryPlace
  /** How many questions it is. */
  readonly cost: number
  /** False for one that is asked until it is answered, and then no more. */
  readonly isLasting: boolean
  ask(signal: AbortSignal): Promise<Result<Value, QueryFailure>>
}

/** What a job brought last. */
export interface Outcome<Value> {
  readonly result: Result<Value, QueryFailure>
  /** When it was asked, ms since the epoch, UTC. */
  readonly askedAt: number
  /** For how long it counts as current, ms. */
  readonly freshMs: number
}

interface Entry {
  job: Job<unknown>
  /** ms on the steady clock. */
  nextAt: number
  failures: number
  isRunning: boolean
  outcome: Outcome<unknown> | null
}

interface PlaceState {
  tokens: number
  refilledAt: number
  running: number
  failures: number
  pausedUntil: number
}

/** Asks servers what is wanted, each query once for all that want it. */
export interface Jobs {
  /** From now on these are asked, and no others; those that were asked before go on as they were. */
  want(jobs: readonly Job<unknown>[]): void
  /** What a job brought last; null before. The same object until it brings something else. */
  outcome<Value>(job: Job<Value>): Outcome<Value> | null
  close(): void
}

interface Deps {
  readonly clock: Clock
  /** A fresh random fraction in [0, 1), for jitter. */
  readonly random: () => number
  /** Time between two questions of the same query, ms; 15 s when left out. */
  readonly everyMs?: number
}

/**
 * Keeps to a budget for each server: what does not fit in waits its turn, the longest overdue first,
 * so that many queries make longer intervals and no more load. A server that does not answer is left
 * alone for a while with all of its queries; a query that it refuses is asked less and less often.
 */
export function createJobs({ clock, random, everyMs = EVERY_MS }: Deps): Jobs {
  const entries = new Map<string, Entry>()
  const places = new Map<string, PlaceState>()
  const abort = new AbortController()
  let cancel: (() => void) | null = null

  function placeOf({ id }: QueryPlace): PlaceState {
    const known = places.get(id)
    if (known) return known
    const now = clock.monotonic()
    const made = { tokens: BURST, refilledAt: now, running: 0, failures: 0, pausedUntil: now }
    places.set(id, made)
    return made
  }

  function refill(place: PlaceState): void {
    const now = clock.monotonic()
    const earned = ((now - place.refilledAt) * PER_MINUTE) / 60_000
    place.tokens = Math.min(BURST, place.tokens + earned)
    place.refilledAt = now
  }

  /** How long it takes to ask all that one server is asked again and again. */
  function roundMs(placeId: string): number {
    let cost = 0
    for (const { job } of entries.values()) {
      if (job.place.id === placeId && job.isLasting) cost += job.cost
    }
    return (cost * 60_000) / PER_MINUTE
  }

  function wait(failures: number, longest: number): number {
    return Math.min(everyMs * 2 ** (failures - 1), longest) * (0.75 + random() * 0.5)
  }

  async function answerOf(job: Job<unknown>): Promise<Result<unknown, QueryFailure>> {
    try {
      return await job.ask(abort.signal)
    } catch {
      return fail(bug)
    }
  }

  async function run(entry: Entry, place: PlaceState): Promise<void> {
    const { job } = entry
    entry.isRunning = true
    place.running += 1
    place.tokens -= job.cost
    const askedAt = clock.now()
    const asked = clock.monotonic()
    const result = await answerOf(job)
    entry.isRunning = false
    place.running -= 1
    if (abort.signal.aborted) return
    const freshMs = 3 * Math.max(everyMs, roundMs(job.place.id))
    // An answer of the same moment, or one that says something else: whoever looks sees that it is new.
    entry.outcome = { result, askedAt, freshMs }
    if (result.ok) {
      entry.failures = 0
      place.failures = 0
      entry.nextAt = job.isLasting ? asked + everyMs : Infinity
      return
    }
    entry.failures += 1
    const { isPassing, retryAfterMs } = result.error
    entry.nextAt = clock.monotonic() + wait(entry.failures, MAX_QUERY_WAIT_MS)
    if (!isPassing) return
    // The query may be fine: it is tried as soon as its server is.
    entry.nextAt = clock.monotonic()
    place.failures += 1
    place.pausedUntil =
      clock.monotonic() + (retryAfterMs ?? wait(place.failures, MAX_PLACE_WAIT_MS))
  }

  function look(): void {
    const now = clock.monotonic()
    const due = [...entries.values()]
      .filter(({ nextAt, isRunning }) => nextAt <= now && !isRunning)
      .sort((a, b) => a.nextAt - b.nextAt)
    for (const entry of due) {
      const place = placeOf(entry.job.place)
      refill(place)
      const isFree = place.pausedUntil <= now && place.running < AT_ONCE
      // A server that failed is tried by one question.
      const isTrying = place.failures > 0 && place.running > 0
      if (isFree && !isTrying && place.tokens >= entry.job.cost) void run(entry, place)
    }
  }

  function beat(): void {
    if (entries.size === 0) {
      cancel = null
      return
    }
    look()
    cancel = clock.after(Math.min(LOOK_MS, everyMs), beat)
  }

  return {
    want(jobs) {
      const wanted = new Map(jobs.map((job) => [job.key, job]))
      for (const key of entries.keys()) if (!wanted.has(key)) entries.delete(key)
      for (const [key, job] of wanted) {
        const known = entries.get(key)
        // The server may be reached by another connection now.
        if (known) known.job = job
        else {
          const nextAt = clock.monotonic()
          entries.set(key, { job, nextAt, failures: 0, isRunning: false, outcome: null })
        }
      }
      if (entries.size > 0 && !abort.signal.aborted) cancel ??= clock.after(0, beat)
    },
    outcome<Value>({ key }: Job<Value>) {
      return (entries.get(key)?.outcome ?? null) as Outcome<Value> | null
    },
    close() {
      abort.abort()
      cancel?.()
      entries.clear()
    },
  }
}
