import { createHash } from 'node:crypto'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Ids } from '#electron/engine/ports/ids.ts'

/** The real clock, which a test can put forward. */
export interface ShiftedClock extends Clock {
  advance(ms: number): void
}

/** Runs on real timers, since the servers of these tests are real; `advance` moves only the reading. */
export function createShiftedClock(): ShiftedClock {
  let shift = 0
  return {
    now: () => Date.now() + shift,
    monotonic: () => performance.now() + shift,
    after(ms, callback) {
      const timer = setTimeout(callback, ms)
      return () => {
        clearTimeout(timer)
      }
    },
    advance(ms) {
      shift += ms
    },
  }
}

/** Derives ids as the product does. */
export function derive(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** Derived ids; jitter is always the middle. */
export const ids: Ids = { derive, random: () => 0.5, sha256: (text) => text }
