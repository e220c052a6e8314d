import type { Clock } from '../ports/clock.ts'

/** Most answers that are kept; older ones are asked for again. */
const MAX_KEPT = 50

/** Answers that are given again while they are fresh. */
export interface FreshAnswers<Value> {
  /** What is known of a key; asks where nothing is, or where it is too old. */
  of(key: string, ask: () => Promise<Value>): Promise<Value>
  /** The next one asks again. */
  drop(key: string): void
}

/** @param forMs for how long an answer is fresh, counted from its question, ms. */
export function createFreshAnswers<Value>(
  clock: Pick<Clock, 'monotonic'>,
  forMs: number,
): FreshAnswers<Value> {
  const kept = new Map<string, { readonly at: number; readonly value: Promise<Value> }>()
  return {
    of(key, ask) {
      const now = clock.monotonic()
      for (const [each, { at }] of kept) if (now - at >= forMs) kept.delete(each)
      const known = kept.get(key)
      if (known) return known.value
      const [oldest] = kept.keys()
      if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest)
      const value = ask()
      kept.set(key, { at: now, value })
      return value
    },
    drop(key) {
      kept.delete(key)
    },
  }
}
