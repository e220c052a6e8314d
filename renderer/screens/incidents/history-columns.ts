/** The columns of the list, in their order. */
export const columns = [
  'severity',
  'title',
  'opened',
  'acknowledged',
  'resolved',
  'lasted',
  'alerts',
] as const
export type Column = (typeof columns)[number]

/** How each column is called. */
export const columnTitles: Readonly<Record<Column, string>> = {
  severity: 'Severity',
  title: 'Incident',
  opened: 'Opened',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
  lasted: 'Duration',
  alerts: 'Alerts',
}

/** Numbers stand below each other at their end. */
export const endColumns: ReadonlySet<Column> = new Set<Column>(['lasted', 'alerts'])

const widths: Readonly<Record<Column, string>> = {
  severity: '7rem',
  title: 'minmax(0, 3fr)',
  opened: '9rem',
  acknowledged: 'minmax(0, 1.2fr)',
  resolved: 'minmax(0, 1.2fr)',
  lasted: '5rem',
  alerts: '3.5rem',
}

/** What is left out as the list gets narrower, and below which width in rem. */
const roomNeeded: Readonly<Partial<Record<Column, number>>> = {
  alerts: 66,
  resolved: 58,
  acknowledged: 48,
  lasted: 38,
  opened: 30,
}

/** The columns that there is room for. */
export function columnsFor(widthInRem: number): readonly Column[] {
  return columns.filter((column) => widthInRem >= (roomNeeded[column] ?? 0))
}

/** The widths of some columns as a grid's template. */
export function templateOf(shown: readonly Column[]): string {
  return shown.map((column) => widths[column]).join(' ')
}
