/** How far ahead, ms, the clock of a cockpit may be and still be believed. */
const MAX_AHEAD_MS = 5_000
/** A command that was kept for longer than this, ms, says nothing credible about when it was given. */
const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1_000

/**
 * What of a cockpit's word about when a command was given is recorded: whole ms since the epoch, UTC,
 * never after `now`. Undefined where there is no such word, or it cannot be true.
 *
 * @param now this machine's clock, ms since the epoch, UTC.
 */
export function plausibleSaidAt(givenAt: number | undefined, now: number): number | undefined {
  if (givenAt === undefined || givenAt > now + MAX_AHEAD_MS || givenAt < now - MAX_AGE_MS) {
    return undefined
  }
  return Math.min(Math.round(givenAt), now)
}
