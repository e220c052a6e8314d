import { z } from 'zod'
import type { DeafTime } from '#shared/domain/job/judge.ts'
import type { Clock } from '../ports/clock.ts'
import type { Marks } from '../ports/marks.ts'

/** A silence of Deckwatch itself that is shorter, ms, is within what a sender tries again. */
const SHORTEST_MS = 30_000
/** How often it is written down that reports can be heard, ms. */
const WRITE_EVERY_MS = 15_000
/** How long they are remembered, ms: no job of a month is called missing for them. */
const KEPT_MS = 70 * 86_400_000
const MAX_KEPT = 200

const MARK = 'jobs/heard-until'

const markSchema = z.object({
  at: z.number(),
  deaf: z.array(z.object({ from: z.number(), until: z.number() })),
})

/** The times in which no report of a job could be heard: asleep, not running, not listening. */
export interface DeafTimes {
  /** Looks at the clock. `isListening`: a report that is sent now is heard. */
  look(isListening: boolean): void
  /** Until now. */
  all(): readonly DeafTime[]
}

/** Goes on from what an earlier run wrote down. */
export function createDeafTimes(clock: Pick<Clock, 'now'>, marks: Marks): DeafTimes {
  let deaf: readonly DeafTime[] = []
  let heardUntil: number | null = null
  let writtenAt = -Infinity

  function begin(now: number): number {
    const read = readMark(marks)
    deaf = read?.deaf ?? []
    return read?.at ?? now
  }

  function write(now: number): void {
    writtenAt = now
    marks.write(MARK, JSON.stringify({ at: now, deaf }))
  }

  return {
    look(isListening) {
      const now = clock.now()
      heardUntil = Math.min(heardUntil ?? begin(now), now)
      if (!isListening) return
      if (now - heardUntil >= SHORTEST_MS) {
        const kept = deaf.filter(({ until }) => until > now - KEPT_MS)
        deaf = [...kept, { from: heardUntil, until: now }].slice(-MAX_KEPT)
        write(now)
      }
      heardUntil = now
      // A clock that was set back must not keep it from being written.
      if (Math.abs(now - writtenAt) >= WRITE_EVERY_MS) write(now)
    },
    all() {
      const now = clock.now()
      heardUntil ??= begin(now)
      return now - heardUntil >= SHORTEST_MS ? [...deaf, { from: heardUntil, until: now }] : deaf
    },
  }
}

function readMark(marks: Marks): z.infer<typeof markSchema> | null {
  try {
    return markSchema.parse(JSON.parse(marks.read(MARK) ?? 'null'))
  } catch {
    // None yet, or another version's: then nothing is known of before.
    return null
  }
}
