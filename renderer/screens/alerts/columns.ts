import type { SortColumn } from './entries/alert-order.ts'
import { optionalColumns, type OptionalColumn } from './alert-preferences.ts'

/** The columns of the list, in their order. */
export const columns = ['select', 'severity', 'name', ...optionalColumns] as const
export type Column = (typeof columns)[number]

/** How each column is called. */
export const columnTitles: Readonly<Record<Column, string>> = {
  select: 'Selected',
  severity: 'Severity',
  name: 'Alert',
  labels: 'Labels',
  source: 'Source',
  incident: 'Incident',
  since: 'Since',
  why: 'Status',
}

/** By which columns the list can be ordered. */
export const sortOf: Readonly<Partial<Record<Column, SortColumn>>> = {
  severity: 'severity',
  name: 'name',
  source: 'source',
  since: 'since',
}

const widths: Readonly<Record<Column, string>> = {
  select: '1.75rem',
  severity: '5.75rem',
  name: 'minmax(0, 2.4fr)',
  labels: 'minmax(0, 2.2fr)',
  source: 'minmax(0, 0.9fr)',
  incident: 'minmax(0, 1.5fr)',
  since: '4.25rem',
  why: 'minmax(0, 1.7fr)',
}

/** What is left out as the list gets narrower, and below which width in rem. */
const roomNeeded: Readonly<Partial<Record<Column, number>>> = {
  labels: 62,
  source: 54,
  incident: 46,
  why: 34,
  since: 24,
}

/** The columns that are shown: those that the reader wants and that have room. */
export function visibleColumns(
  hidden: readonly OptionalColumn[],
  widthInRem: number,
): readonly Column[] {
  return columns.filter(
    (column) => !hidden.some((each) => each === column) && widthInRem >= (roomNeeded[column] ?? 0),
  )
}

/** The widths of some columns as a grid's template. */
export function templateOf(shown: readonly Column[]): string {
  return shown.map((column) => widths[column]).join(' ')
}
