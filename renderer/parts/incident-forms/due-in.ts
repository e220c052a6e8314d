import { parseDuration } from '#shared/domain/duration/duration.ts'
import { formatDuration } from '#shared/domain/duration/format-duration.ts'
import { timeFormat } from '../../text/time.ts'

const local = timeFormat()

const MINUTE_MS = 60_000

/** What was typed as the time until something is due. */
export type DueIn =
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid' }
  /** ms since the epoch, UTC. */
  | { readonly kind: 'at'; readonly at: number }

/** Units as people write them in full; `m` and `h` stay as they are. */
const spelledUnits: readonly (readonly [RegExp, string])[] = [
  [/(?<=\d)\s*(?:minutes?|mins?|m)(?![a-z])/g, 'm'],
  [/(?<=\d)\s*(?:hours?|hrs?|h)(?![a-z])/g, 'h'],
  [/(?<=\d)\s*(?:days?|d)(?![a-z])/g, 'd'],
]

/** The same with short units and no spaces between them: `1 h 30 min` is `1h30m`. */
function shortUnits(text: string): string {
  return spelledUnits
    .reduce((short, [pattern, unit]) => short.replace(pattern, unit), text.toLowerCase())
    .replace(/(?<=[a-z])\s+(?:and\s+)?(?=\d)/g, '')
}

/** Reads `30m`, `2 hours`, `1 h 30 min` or plain minutes, from `now` on: ms since the epoch, UTC. */
export function readDueIn(text: string, now: number): DueIn {
  const typed = text.trim()
  if (typed === '') return { kind: 'none' }
  const ms = /^\d+$/.test(typed) ? Number(typed) * MINUTE_MS : parseDuration(shortUnits(typed))
  return ms === null || ms <= 0 ? { kind: 'invalid' } : { kind: 'at', at: Math.round(now + ms) }
}

/** What the field says below: the time that it comes to, or how it is written. */
export function dueInHint(due: DueIn, now: number): string {
  return due.kind === 'at' ? `At ${local.minute(due.at, now)}` : 'Such as 30m or 2h; empty for none'
}

/** A time that is still to come as it is typed; empty where there is none, or it has passed. */
export function dueInText(at: number | null, now: number): string {
  if (at === null || at <= now) return ''
  return formatDuration(Math.max(1, Math.round((at - now) / MINUTE_MS)) * MINUTE_MS)
}
