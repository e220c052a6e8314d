import type { InputOf } from '#shared/contract/contract.ts'
import { MAX_HISTORY_TEXT, type DrillChoice } from '#shared/domain/history/schema.ts'
import type { IncidentStatus } from '#shared/domain/incident/schema.ts'
import { compileExpression } from '#shared/domain/matcher/expression.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import { formatTerm, readTerms, type FilterProblem } from '../../lists/filter-terms.ts'

const DAY_MS = 24 * 3_600_000

/** The periods that can be chosen, by how long they reach back from now, ms; null has no limit. */
export const periods = {
  any: null,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  quarter: 90 * DAY_MS,
  between: null,
} as const satisfies Readonly<Record<string, number | null>>
export type Period = keyof typeof periods

/** How each period is called. */
export const periodNames: Readonly<Record<Period, string>> = {
  any: 'Any time',
  day: 'Last 24 hours',
  week: 'Last 7 days',
  month: 'Last 30 days',
  quarter: 'Last 90 days',
  between: 'Between two days',
}

/** Which past incidents are wanted, as the screen lets it be chosen. */
export interface HistoryFilter {
  /** Words and label conditions, as they were typed. */
  readonly text: string
  readonly status: readonly IncidentStatus[]
  readonly severity: readonly Severity[]
  readonly period: Period
  /** Days of the period `between`, such as `2026-11-21`, in the reader's zone; empty is open. */
  readonly fromDay: string
  readonly toDay: string
  readonly drills: DrillChoice
}

/** Every incident but those of drills. */
export const noFilter: HistoryFilter = {
  text: '',
  status: [],
  severity: [],
  period: 'any',
  fromDay: '',
  toDay: '',
  drills: 'without',
}

/** True when the filter may leave incidents out, drills aside. */
export function isFiltering({ text, status, severity, period }: HistoryFilter): boolean {
  return text.trim() !== '' || status.length > 0 || severity.length > 0 || period !== 'any'
}

type Conditions = Omit<InputOf<'history.incidents'>, 'cursor' | 'limit'>

/**
 * What the engine is asked for, or what is wrong with the typed text and where.
 *
 * @param now ms since the epoch, UTC: what periods reach back from.
 */
export function toConditions(filter: HistoryFilter, now: number): Conditions | FilterProblem {
  const { terms, problem } = readTerms(filter.text)
  if (problem) return problem
  const words: string[] = []
  const labels: string[] = []
  for (const term of terms) {
    if (term.kind === 'field') {
      return {
        offset: term.start,
        message: 'Status and severity are selected with the buttons beside this field.',
      }
    }
    if (term.kind === 'text') {
      if (term.isNegated) {
        return {
          offset: term.start,
          message: 'A word cannot be excluded here, a label can: a!="b".',
        }
      }
      words.push(term.value)
      continue
    }
    if (term.operator === '=~' || term.operator === '!~') {
      const compiled = compileExpression(term.value)
      if (!compiled.ok) {
        const message = `Not a valid regular expression: ${compiled.error}.`
        return { offset: term.valueAt, message }
      }
    }
    labels.push(formatTerm(term))
  }
  const text = words.join(' ')
  if (text.length > MAX_HISTORY_TEXT) {
    const message = `Words may have ${String(MAX_HISTORY_TEXT)} characters in all.`
    return { offset: 0, message }
  }
  return {
    text,
    labels: labels.join(', '),
    status: [...filter.status],
    severity: [...filter.severity],
    drills: filter.drills,
    ...periodOf(filter, now),
  }
}

function periodOf(
  { period, fromDay, toDay }: HistoryFilter,
  now: number,
): { readonly from: number | null; readonly to: number | null } {
  if (period === 'between') return { from: startOfDay(fromDay, 0), to: startOfDay(toDay, 1) }
  const reach = periods[period]
  return { from: reach === null ? null : now - reach, to: null }
}

/** Midnight at the start of a day, or of one that many days later, in the reader's zone. */
function startOfDay(day: string, later: number): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!found) return null
  const [year, month, date] = found.slice(1).map(Number)
  const at = new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + later).getTime()
  return Number.isFinite(at) ? at : null
}
