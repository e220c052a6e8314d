import type { ClockKind, ResponseClock } from '#shared/domain/clock/schema.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import { formatAge, formatUntil } from '../../text/age.ts'
import type { TimeFormat } from '../../text/time.ts'

/** How a clock stands at a moment. `late`: met, but after it was due. */
export type ClockPhase = 'running' | 'soon' | 'overdue' | 'met' | 'late' | 'stopped'

/** What is asked for, in full, and as short as a line of the queue has room for. */
export const kindWords: Readonly<
  Record<ClockKind, { readonly long: string; readonly short: string }>
> = {
  acknowledge: { long: 'Acknowledge', short: 'ack' },
  respond: { long: 'Respond', short: 'respond' },
  plan: { long: 'Plan of action', short: 'plan' },
  escalate: { long: 'Escalate', short: 'escalate' },
}

/**
 * How a clock stands, from its times alone: so it goes on while the engine is away.
 *
 * @param now ms since the epoch, UTC, on the engine's clock.
 */
export function phaseOf(clock: ResponseClock, now: number): ClockPhase {
  const { status, dueAt, warnAt, ended } = clock
  if (status === 'met') return ended !== null && ended.at > dueAt ? 'late' : 'met'
  if (status === 'stopped') return 'stopped'
  if (now >= dueAt) return 'overdue'
  return now >= warnAt ? 'soon' : 'running'
}

/** How much time is left, or by how much it was missed: `due in 3m`, `overdue 12m`, `met in 2m`. */
export function standing(clock: ResponseClock, now: number): string {
  const { startedAt, dueAt, ended } = clock
  switch (phaseOf(clock, now)) {
    case 'running':
    case 'soon':
      return `due in ${formatUntil(dueAt - now)}`
    case 'overdue':
      return `overdue ${formatAge(now - dueAt)}`
    case 'met':
      return `met in ${formatAge((ended?.at ?? dueAt) - startedAt)}`
    case 'late':
      return `met ${formatAge((ended?.at ?? dueAt) - dueAt)} late`
    case 'stopped':
      return clock.expiredAt === null ? 'not needed' : 'missed'
  }
}

const stopWords: Readonly<Record<string, string>> = {
  over: 'the incident is over',
  suppressed: 'all of its alerts are suppressed',
  informational: 'what is left of it needs nobody',
  'not-asked': 'nothing is asked for at this severity',
}

/**
 * What a clock counts and why, for who asks: `4h in business hours (calendar berlin, Europe/Berlin)
 * since 02:59, due 11:00; by-priority for P2`.
 */
export function explain(clock: ResponseClock, now: number, local: TimeFormat): string {
  const { startedAt, dueAt, severity, rule, ended, status } = clock
  const { calendar, isPlans, set, text } = rule
  const hours = calendar === null ? '' : ` (calendar ${calendar.id}, ${calendar.zone})`
  const whose = isPlans ? `plan ${set}` : `${set}, ${severity}`
  // Of a few minutes the seconds count.
  const precision = dueAt - startedAt < 3_600_000 ? 'second' : 'minute'
  const time = (at: number) => local[precision](at, now)
  const counted = `${text}${hours} since ${time(startedAt)}, due ${time(dueAt)}. Response times: ${whose}`
  if (ended === null) return counted
  const end = time(ended.at)
  const by = ended.by ? ` by ${actorName(ended.by)}` : ''
  return status === 'met'
    ? `${counted}. Met at ${end}${by}`
    : `${counted}. Stopped at ${end}: ${stopWords[ended.how] ?? ended.how}`
}
