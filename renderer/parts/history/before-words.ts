import type { Before, EarlierIncident } from '#shared/domain/history/before.ts'
import type { Reader } from '#shared/domain/person/identity.ts'
import { formatAge } from '../../text/age.ts'
import { formatCount } from '../../text/plural.ts'
import { whoIs } from '../../text/who.ts'

/** `3 × in 30 days, 12 in all, 2 here`; null where it is the first time. */
export function countWords({ count, here, otherAlerts }: Before): string | null {
  if (count.total === 0) {
    return otherAlerts.total === 0
      ? null
      : `First time. Other alerts of this plan: ${times(otherAlerts.total)}`
  }
  const parts = [`${times(count.recent)} in 30 days`]
  if (count.total > count.recent) parts.push(`${formatCount(count.total)} in all`)
  if (here.total < count.total)
    parts.push(here.total === 0 ? 'none here' : `${formatCount(here.total)} here`)
  return parts.join(', ')
}

const times = (count: number) => `${formatCount(count)} ×`

/** `14m, resolved by Ada`; `open` while nobody has. What ended without a person ended by itself. */
export function endWords({ openedAt, resolved }: EarlierIncident, me: Reader | undefined): string {
  if (!resolved) return 'still open'
  const lasted = formatAge(resolved.at - openedAt)
  return resolved.by.kind === 'person'
    ? `${lasted}, resolved by ${whoIs(resolved.by, me)}`
    : `${lasted}, ended by itself`
}
