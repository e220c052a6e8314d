import { alertName, isActive } from '#shared/domain/alert/schema.ts'
import { compareSeverity } from '#shared/domain/severity/schema.ts'
import { sinceOf, sourcesOf, type AlertEntries, type AlertEntry } from './alert-entry.ts'

/** By what the alerts can be ordered. */
export const sortColumns = ['severity', 'name', 'source', 'since'] as const
export type SortColumn = (typeof sortColumns)[number]

export interface AlertSort {
  readonly column: SortColumn
  readonly isReversed: boolean
}

/** The worst first. */
export const defaultSort: AlertSort = { column: 'severity', isReversed: false }

type Compare = (a: AlertEntry, b: AlertEntry) => number

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
/** The newest first. */
const bySince: Compare = (a, b) => sinceOf(b.alert) - sinceOf(a.alert)
/** What fires comes before what is kept quiet where it comes from, and that before what is over. */
const rank = ({ alert }: AlertEntry) =>
  isActive(alert) ? (alert.suppression.length === 0 ? 0 : 1) : 2
/** However bad it is: what calls nobody stands below what does. */
const bySeverity: Compare = (a, b) =>
  rank(a) - rank(b) || compareSeverity(a.alert.severity, b.alert.severity)
const byKey: Compare = (a, b) => compareText(a.key, b.key)

const by: Readonly<Record<SortColumn, Compare>> = {
  severity: bySeverity,
  name: (a, b) => compareText(alertName(a.alert.labels), alertName(b.alert.labels)),
  source: (a, b) => compareText(sourcesOf(a.alert)[0] ?? '', sourcesOf(b.alert)[0] ?? ''),
  since: bySince,
}

/** The order of two alerts: by the column, then the worst, then the newest, and always the same. */
export function comparing({ column, isReversed }: AlertSort): Compare {
  const first = by[column]
  const sign = isReversed ? -1 : 1
  return (a, b) => sign * first(a, b) || bySeverity(a, b) || bySince(a, b) || byKey(a, b)
}

/** All entries in order. */
export function sortEntries(entries: AlertEntries, sort: AlertSort): readonly AlertEntry[] {
  return [...entries.byKey.values()].sort(comparing(sort))
}

/**
 * The order after a change: what is new is put in its place and what left is left out, so that 100
 * changes among 10,000 cost one walk and no sorting of the rest.
 */
export function mergeOrder(
  before: readonly AlertEntry[],
  { changed, replaced }: AlertEntries,
  sort: AlertSort,
): readonly AlertEntry[] {
  if (changed.length === 0 && replaced.size === 0) return before
  const compare = comparing(sort)
  const fresh = [...changed].sort(compare)
  const merged: AlertEntry[] = []
  let at = 0
  for (const entry of before) {
    if (replaced.has(entry)) continue
    for (let next = fresh[at]; next && compare(next, entry) < 0; next = fresh[at]) {
      merged.push(next)
      at += 1
    }
    merged.push(entry)
  }
  merged.push(...fresh.slice(at))
  return merged
}
