import { vi } from 'vitest'

/** What takes longer hangs, also on a machine that is busy with something else; ms. */
const PATIENCE_MS = 20_000

/**
 * Tries until nothing is thrown, and gives what was returned. `vi.waitFor` by itself gives up after a
 * second, which a busy machine needs for a single write.
 *
 * @param patienceMs longer, for what takes its time by itself.
 */
export function eventually<Value>(
  check: () => Value | Promise<Value>,
  patienceMs = PATIENCE_MS,
): Promise<Value> {
  return vi.waitFor(check, { timeout: patienceMs })
}
