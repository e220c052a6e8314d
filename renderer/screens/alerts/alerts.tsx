import { useEffect } from 'react'
import { HiddenText } from '../../components/hidden-text.tsx'
import { useAlertsModel, useAlertScreen } from './alerts-model.ts'
import { AlertGrid } from './alert-grid.tsx'
import { AlertPanel } from './alert-panel.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { FilterField } from './filter-field.tsx'
import { FilterCount, FilterLine } from './filter-line.tsx'
import { SavedFilters } from './saved-filters.tsx'
import { useAlertKeys } from './use-alert-keys.ts'
import { useFilterInAddress } from './use-filter-in-address.ts'
import styles from './alerts.module.css'

/** All alerts, the suppressed ones too, each with why it calls nobody. */
export function Alerts() {
  const { screen, bulk } = useAlertsModel()
  const isPanelOpen = useAlertScreen((state) => state.isPanelOpen && state.activeKey !== null)
  useEffect(() => screen.attach(), [screen])
  useEffect(() => {
    const stop = screen.store.subscribe((now, before) => {
      if (now.appliedText !== before.appliedText) bulk.leave('filter')
    })
    return () => {
      stop()
      bulk.leave('screen')
    }
  }, [screen, bulk])
  useFilterInAddress()
  const snooze = useAlertKeys()
  return (
    <main className={styles.screen} aria-labelledby="all-alerts-title">
      <section className={styles.list}>
        <h2 id="all-alerts-title">
          <HiddenText>All alerts</HiddenText>
        </h2>
        <div className={styles.tools}>
          <FilterField />
          <FilterCount />
          <SavedFilters />
          <ColumnMenu />
        </div>
        <FilterLine />
        <AlertGrid />
        <BulkBar snooze={snooze} />
      </section>
      {isPanelOpen ? <AlertPanel /> : null}
    </main>
  )
}
