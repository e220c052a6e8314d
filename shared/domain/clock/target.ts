import { z } from 'zod'
import { afterOpenTime, nextBusinessDay } from '../calendar/business-time.ts'
import type { Calendar } from '../calendar/schema.ts'
import { parseDuration } from '../duration/duration.ts'

const HOUR_MS = 3_600_000

/** Whose open hours count: `business` and `duty` are what `clocks.yaml` says they are. */
export type HoursName =
  | { readonly role: 'business' | 'duty' }
  | { readonly role: 'calendar'; readonly id: string }

/** A response time as a file writes it, read. */
export interface Target {
  /** As it is written. */
  readonly text: string
  /** So much time; `next-day`: when the next business day opens. */
  readonly ms: number | 'next-day'
  /** Whose open hours count; null: every hour counts. */
  readonly hours: HoursName | null
  /** What it counts from: that the incident was triggered, or that somebody was paged for it. */
  readonly from: 'trigger' | 'page'
}

const FORM =
  /^(?:(at once)|(next business day)|([0-9a-z]+)(?: of a (page))?)(?: in (?:(business|duty) hours|([a-z0-9][a-z0-9-]{0,63})))?$/

/**
 * Reads a response time: `15m`, `at once`, `4h in business hours`, `5m of a page in duty hours`,
 * `8h in berlin` (a calendar), `next business day`. Null for anything else.
 */
export function parseTarget(written: string): Target | null {
  const text = written.trim().replaceAll(/\s+/g, ' ')
  const found = FORM.exec(text)
  if (!found) return null
  const [, atOnce, nextDay, duration, page, role, id] = found
  const hours: HoursName | null =
    role === 'business' || role === 'duty'
      ? { role }
      : id === undefined
        ? null
        : { role: 'calendar', id }
  if (nextDay !== undefined) {
    return { text, ms: 'next-day', hours: hours ?? { role: 'business' }, from: 'trigger' }
  }
  const ms = atOnce === undefined ? parseDuration(duration ?? '') : 0
  if (ms === null) return null
  return { text, ms, hours, from: page === undefined ? 'trigger' : 'page' }
}

/** A response time in a file. */
export const targetText = z.string().transform((text, context): Target => {
  const target = parseTarget(text)
  if (target) return target
  context.addIssue({
    code: 'custom',
    message: `${JSON.stringify(text)} is no response time; write it as 15m, "4h in business hours", "next business day" or "at once"`,
  })
  return z.NEVER
})

/** When something is due and when it is time to say so; both ms since the epoch, UTC. */
export interface DueTimes {
  readonly dueAt: number
  readonly warnAt: number
}

/** A warning comes when a fifth of the time is left, an hour at most. */
function leadOf(ms: number): number {
  return Math.min(Math.floor(ms / 5), HOUR_MS)
}

/**
 * When it is due, counted from an instant.
 *
 * @param calendar whose open hours count; null: every hour counts.
 * @returns null for a calendar that is not open for so long within years.
 */
export function dueTimes(
  { ms }: Pick<Target, 'ms'>,
  calendar: Calendar | null,
  from: number,
): DueTimes | null {
  if (ms === 'next-day') {
    const dueAt = calendar && nextBusinessDay(calendar, from)
    return dueAt === null ? null : { dueAt, warnAt: dueAt - leadOf(dueAt - from) }
  }
  const lead = leadOf(ms)
  if (!calendar) return { dueAt: from + ms, warnAt: from + ms - lead }
  const dueAt = afterOpenTime(calendar, from, ms)
  const warnAt = afterOpenTime(calendar, from, ms - lead)
  return dueAt === null || warnAt === null ? null : { dueAt, warnAt }
}
