import type { Accuracy, Before } from '#shared/domain/history/before.ts'
import type { EarlierIncident } from '#shared/domain/history/earlier.ts'
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

/** What an incident turned out to be that was no incident of its own. */
export const verdictWords = { 'false-alarm': 'false alarm', duplicate: 'duplicate' } as const

/** `3 of 5 false alarms in 30 days, 1 of 5 a duplicate`; null where nobody has judged one. */
export function accuracyWords({ real, falseAlarms, duplicates }: Accuracy): string | null {
  const judged = formatCount(real + falseAlarms + duplicates)
  const said = [
    { count: falseAlarms, one: 'a false alarm', many: 'false alarms' },
    { count: duplicates, one: 'a duplicate', many: 'duplicates' },
  ].filter(({ count }) => count > 0)
  if (said.length === 0)
    return real === 0 ? null : `${formatCount(real)} of ${judged} real in 30 days`
  const [first, ...rest] = said.map(
    ({ count, one, many }) => `${formatCount(count)} of ${judged} ${count === 1 ? one : many}`,
  )
  return [`${first ?? ''} in 30 days`, ...rest].join(', ')
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
