import type { ClientPorts } from './ports.ts'

/** A difference of the two clocks below this, ms, is drift and not a jump. */
const JUMP_MS = 1_000

/**
 * A steady clock that goes on while the machine sleeps. The browser's own stands still then on Linux
 * and macOS, and what was heard before a night would look as fresh as it was in the evening. So what
 * the wall clock jumps ahead of it is added: where somebody only set the wall clock forward, all data
 * looks older than it is, which is the safe side. Set back, it makes nothing younger.
 *
 * @returns ms from an arbitrary start; never goes back.
 */
export function sleeplessClock({
  wall,
  steady,
}: Pick<ClientPorts, 'wall' | 'steady'>): ClientPorts['steady'] {
  let reference = wall() - steady()
  let slept = 0
  return () => {
    const now = steady()
    const offset = wall() - now
    const jump = offset - reference
    if (Math.abs(jump) >= JUMP_MS) {
      reference = offset
      slept += Math.max(0, jump)
    }
    return now + slept
  }
}
