import { formatValue } from '../measurement/format.ts'
import type { SaidImpact } from './schema.ts'

/** What a person said of the harm, as one line; null where they said nothing. */
export function saidSentence(said: SaidImpact): string | null {
  const { affectedUsers, revenuePerMinute, risks, sentence } = said
  const parts = [
    sentence,
    affectedUsers === null
      ? null
      : `${formatValue(affectedUsers, 'number')} ${affectedUsers === 1 ? 'user' : 'users'} affected`,
    revenuePerMinute === null
      ? null
      : `${formatValue(revenuePerMinute.amount, revenuePerMinute.currency)} a minute`,
    risks === null ? null : `risks: ${risks}`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' · ')
}
