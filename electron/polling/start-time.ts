import { parseTime } from './times.ts'

/**
 * When an alert began, ms since the epoch, UTC. Where the source gives no usable time, `substitute`
 * or else the time of receipt stands in, and what stood in once is kept for the same alert, so that
 * it does not look like a new episode at each change.
 */
export function startOf(
  sent: string | null | undefined,
  substitute: string | null | undefined,
  receivedAt: number,
  previous: { readonly startsAt: number; readonly isStartEstimated: boolean } | undefined,
): { readonly startsAt: number; readonly isStartEstimated: boolean } {
  const startsAt = parseTime(sent)
  if (startsAt !== null) return { startsAt, isStartEstimated: false }
  if (previous?.isStartEstimated) return { startsAt: previous.startsAt, isStartEstimated: true }
  return { startsAt: parseTime(substitute) ?? receivedAt, isStartEstimated: true }
}
