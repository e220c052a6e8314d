/** Time, passed in so that tests own it. */
export interface Clock {
  /** Wall clock, ms since the epoch, UTC. May jump. */
  now(): number
  /** Steady clock, ms from an arbitrary start. Never jumps; stops or runs while asleep by platform. */
  monotonic(): number
  /** Calls back once after `ms`; returns what cancels it. */
  after(ms: number, callback: () => void): () => void
}
