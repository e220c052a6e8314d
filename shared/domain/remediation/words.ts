import { formatDuration } from '../duration/format-duration.ts'
import type { Allowance, FinishReason, StopReason, WithdrawReason } from './schema.ts'

/** `2 of 2 left in 1h`. */
export function allowanceWords({ left, times, withinMs }: Allowance): string {
  return `${String(left)} of ${String(times)} left in ${formatDuration(withinMs)}`
}

/** Which time it is of those that it may be done: `time 1 of 2 in 1h`. */
export function timeWords({ left, times, withinMs }: Allowance): string {
  return `time ${String(times - left + 1)} of ${String(times)} in ${formatDuration(withinMs)}`
}

/** Why it is stopped, as the beginning of a sentence. */
export const stopWords: Readonly<Record<StopReason, string>> = {
  failed: 'its command failed',
  cancelled: 'it was cancelled',
  'not-run': 'it could not be run',
  'not-improved': 'it did not help',
  'too-often': 'it was done as often as it may be, and is due again',
  interrupted: 'Deckwatch ended before it did',
}

/** Why a proposal no longer stands. */
export const withdrawWords: Readonly<Record<WithdrawReason, string>> = {
  dismissed: 'dismissed',
  'no-longer': 'its condition no longer holds',
  'incident-over': 'the incident is over',
  'turned-off': 'the playbook or the configuration no longer allows it',
  stopped: 'it was stopped on another incident',
}

/** How it ended. */
export const finishWords: Readonly<Record<FinishReason, string>> = {
  improved: 'it helped',
  'incident-over': 'the incident is over',
  'not-needed': 'it was not needed any more, and not run',
}

/** What stays so until a person says otherwise. */
export const STAYS_STOPPED = 'It stays stopped until somebody re-arms it'

/** Who else is to know: Deckwatch itself pages only those whom the incident pages. */
export function tellWords(tell: readonly string[]): string {
  return tell.length === 0 ? '' : `. Notify ${tell.join(', ')} yourself`
}
