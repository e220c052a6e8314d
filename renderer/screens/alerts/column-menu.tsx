import { Popover } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import { SmallButton } from '../../components/small-button.tsx'
import { useAlertsModel, usePreferences } from './alerts-model.ts'
import { optionalColumns, type OptionalColumn } from './alert-preferences.ts'
import { columnTitles } from './columns.ts'
import styles from './column-menu.module.css'

/** Which columns the list has. Where there is no room, some are left out besides. */
export function ColumnMenu() {
  const { preferences } = useAlertsModel()
  const hidden = usePreferences((each) => each.hidden)
  const [isOpen, setOpen] = useState(false)
  const toggle = (column: OptionalColumn) => {
    preferences.change((now) => ({
      hidden: now.hidden.includes(column)
        ? now.hidden.filter((each) => each !== column)
        : [...now.hidden, column],
    }))
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <SmallButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <IconColumns3 size={16} aria-hidden="true" />
          Columns
        </SmallButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <fieldset className={styles.columns}>
          <legend className={styles.title}>Columns, where they fit</legend>
          {optionalColumns.map((column) => (
            <label key={column} className={styles.column}>
              <input
                type="checkbox"
                checked={!hidden.includes(column)}
                onChange={() => toggle(column)}
              />
              {columnTitles[column]}
            </label>
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  )
}
