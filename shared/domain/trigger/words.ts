import { formatDuration } from '../duration/format-duration.ts'
import { formatValue } from '../measurement/format.ts'
import type { Plan, PlanValue, Trigger, TriggerCondition, Unit } from '../plan/schema.ts'
import { unreachable } from '../result/result.ts'

/** How often a minute's value is in the time that a bound is about. */
export const minutesIn: Readonly<Record<'minute' | 'hour' | 'day', number>> = {
  minute: 1,
  hour: 60,
  day: 1_440,
}

type Values = Readonly<Record<string, PlanValue>>

/** The unit of a value of the impact; a plain number where the plan does not have it. */
export function unitOf(values: Values, name: string): Unit {
  return Object.hasOwn(values, name) ? (values[name]?.unit ?? 'number') : 'number'
}

/** What a trigger watches, as the person reads it: the plan's words, else made from its condition. */
export function triggerText(
  { text, when }: Pick<Trigger, 'text' | 'when'>,
  { impact }: Pick<Plan, 'impact'>,
): string {
  return text ?? conditionText(when, impact.values)
}

function conditionText(when: TriggerCondition, values: Values): string {
  switch (when.kind) {
    case 'promql':
      return `${when.promql}${forWords(when.forMs)}`
    case 'value':
      return `${when.value} ${when.comparison} ${boundText(when, values)}${forWords(when.forMs)}`
    case 'baseline': {
      const share = formatValue(when.above, 'percent')
      return `${when.promql} ${share} above baseline${forWords(when.forMs)}`
    }
    case 'unresolved':
      return `unresolved for ${formatDuration(when.forMs)}`
    case 'unacknowledged':
      return `unacknowledged for ${formatDuration(when.forMs)}`
    case 'alerts':
      return when.atLeast === 1
        ? 'any active alert'
        : `${String(when.atLeast)} or more active alerts`
    case 'satisfaction':
      return `satisfaction below ${formatValue(when.below, 'percent')}`
    case 'complaints':
      return `${when.atLeast === 1 ? 'any complaint' : `${String(when.atLeast)} or more complaints`} within ${formatDuration(when.overMs)}`
    case 'no-improvement':
      return `no improvement of ${when.value} within ${formatDuration(when.withinMs)} of the first action`
    default:
      return unreachable(when)
  }
}

function forWords(ms: number): string {
  return ms === 0 ? '' : ` for ${formatDuration(ms)}`
}

/** The bound of a value, such as `$500 an hour`. */
export function boundText(
  when: Extract<TriggerCondition, { readonly kind: 'value' }>,
  values: Values,
): string {
  return perText(formatValue(when.bound, unitOf(values, when.value)), when.per)
}

/** A number with the time that it is about. */
export function perText(text: string, per: 'minute' | 'hour' | 'day' | null): string {
  if (per === null) return text
  return `${text} ${per === 'hour' ? 'an' : 'a'} ${per}`
}

/** What is to be done when it is crossed, and by whom: Deckwatch itself sends nothing then. */
export function consequence({ then, to }: Pick<Trigger, 'then' | 'to'>): string {
  if (then === 'notify') return `you notify ${to ?? 'the owner'}`
  return `you escalate ${to === null ? 'along the path of the plan' : `to ${to}`}`
}

/** What is said of a crossed trigger beside {@link consequence}: what the plan wants is not done yet. */
export const NOBODY_NOTIFIED = 'Deckwatch has notified nobody'
