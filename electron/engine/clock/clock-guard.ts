import type { Clock } from '../ports/clock.ts'

/** A difference of the two clocks below this, ms, is drift and not a jump. */
const JUMP_MS = 5_000
/** How long a jump is shown, ms. */
const SHOWN_FOR_MS = 120_000

/** A jump of the wall clock against the steady one: the machine slept, or its time was set. */
export interface ClockJump {
  /** How much older than thought all data is, ms; 0 for a jump backwards. */
  readonly forwardMs: number
  readonly message: string
  readonly hint: string
}

/** Compares the wall clock with the steady one. */
export interface ClockGuard {
  /** The jump since the last check; null when there was none. */
  check(): ClockJump | null
  /** True when the last jump is old enough to be forgotten. */
  isSettled(): boolean
}

/** Starts to compare from now on. */
export function createClockGuard(clock: Clock): ClockGuard {
  let offset = clock.now() - clock.monotonic()
  let lastJump: number | null = null
  return {
    check() {
      const next = clock.now() - clock.monotonic()
      const jump = next - offset
      offset = next
      if (Math.abs(jump) < JUMP_MS) return null
      lastJump = clock.monotonic()
      const seconds = String(Math.round(Math.abs(jump) / 1_000))
      return jump > 0
        ? {
            forwardMs: jump,
            message: `The clock moved forward by ${seconds} s: this machine slept, or its time was set.`,
            hint: 'All sources are being polled again. Until they respond, the data shown is that much older.',
          }
        : {
            forwardMs: 0,
            message: `The clock moved back by ${seconds} s.`,
            hint: 'Times in the timeline may be out of order around now; their sequence is right. Check the time service of this machine.',
          }
    },
    isSettled: () => lastJump !== null && clock.monotonic() - lastJump >= SHOWN_FOR_MS,
  }
}
