import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useAlertsModel, useAlertScreen, usePreferences } from './alerts-model.ts'
import type { SortColumn } from './entries/alert-order.ts'
import { allOf, extentOf } from './entries/row-selection.ts'
import { columnTitles, sortOf, type Column } from './columns.ts'
import styles from './grid-head.module.css'

interface GridHeadProps {
  readonly columns: readonly Column[]
}

/** The heading of the list: what stands where, and by what it is ordered. */
export function GridHead({ columns }: GridHeadProps) {
  return columns.map((column) => <Heading key={column} column={column} />)
}

function Heading({ column }: { readonly column: Column }) {
  const { preferences } = useAlertsModel()
  const sort = usePreferences((each) => each.sort)
  if (column === 'select') return <ChooseAll />
  const sortColumn = sortOf[column]
  if (!sortColumn) {
    return (
      <span role="columnheader" className={styles.cell} data-column={column}>
        {columnTitles[column]}
      </span>
    )
  }
  const isSorted = sort.column === sortColumn
  const isDescending = isSorted && sort.isReversed !== isNewestFirst(sortColumn)
  const Arrow = isDescending ? IconArrowDown : IconArrowUp
  return (
    <span
      role="columnheader"
      className={styles.cell}
      data-column={column}
      aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() =>
          preferences.change(() => ({
            sort: { column: sortColumn, isReversed: isSorted && !sort.isReversed },
          }))
        }
      >
        {columnTitles[column]}
        {isSorted ? <Arrow size={13} aria-hidden="true" /> : null}
      </button>
    </span>
  )
}

/** Times are ordered with the newest first to begin with: their numbers go down. */
function isNewestFirst(column: SortColumn): boolean {
  return column === 'since'
}

function ChooseAll() {
  const { screen } = useAlertsModel()
  const extent = useAlertScreen(({ shown, selected }) => extentOf(shown, selected))
  return (
    <span role="columnheader" className={styles.choose}>
      <input
        type="checkbox"
        aria-label="Select all listed alerts"
        checked={extent === 'all'}
        ref={(box) => {
          if (box) box.indeterminate = extent === 'some'
        }}
        onChange={() =>
          screen.select(extent === 'none' ? allOf(screen.store.getState().shown) : new Set())
        }
      />
    </span>
  )
}
