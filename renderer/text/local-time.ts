/**
 * A time as it was where the reader is, to the second and with the zone: `29 Nov 2026, 04:12:08 CET`.
 *
 * @param at ms since the epoch, UTC.
 * @param timeZone the reader's own by default.
 * @returns null where that zone is UTC: it would say nothing new.
 */
export function localTime(at: number, timeZone?: string): string | null {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(timeZone === undefined ? {} : { timeZone }),
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
  return isUtc(format.resolvedOptions().timeZone) ? null : format.format(at)
}

/** London is on GMT in winter, and not in summer: only what is UTC all year is left out. */
function isUtc(timeZone: string): boolean {
  return /^(?:Etc\/)?(?:UTC|GMT|UCT|Zulu|Universal|Greenwich)$/.test(timeZone)
}
