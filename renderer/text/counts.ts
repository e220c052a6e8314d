import { activeAlerts, type AlertCounts } from '#shared/domain/incident/schema.ts'
import { formatCount, plural } from './plural.ts'

/** `3 suppressed`: of alerts whose number stands beside it already; all of them where it is all. */
export function describeSuppressed(counts: AlertCounts): string {
  const active = activeAlerts(counts)
  if (counts.suppressed < active) return `${formatCount(counts.suppressed)} suppressed`
  return active === 1 ? 'suppressed' : 'all suppressed'
}

/** `14 alerts, 3 suppressed`: what is active, else how many there were. */
export function describeCounts(counts: AlertCounts): string {
  const active = activeAlerts(counts)
  if (active === 0) return counts.resolved === 0 ? 'no alerts' : '0 firing'
  const all = plural(active, 'alert')
  if (counts.suppressed === 0) return all
  return counts.suppressed === active
    ? `${all}, ${active === 1 ? 'suppressed' : 'all suppressed'}`
    : `${all}, ${formatCount(counts.suppressed)} suppressed`
}
