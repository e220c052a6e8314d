import { useEffect } from 'react'
import { HiddenText } from '../../components/hidden-text.tsx'
import { useHistory, useHistoryList } from './history-context.ts'
import { HistoryFilters } from './history-filters.tsx'
import { HistoryGrid } from './history-grid.tsx'
import { HistoryNotes } from './history-notes.tsx'
import { PastIncidentPage } from './past-incident-page.tsx'
import { useHistoryShortcuts } from './use-history-shortcuts.ts'
import styles from './incidents.module.css'

/** All incidents of the journal, newest first, and each of them as a page. */
export function Incidents() {
  const list = useHistoryList()
  const openId = useHistory((state) => state.openId)
  useEffect(() => list.attach(), [list])
  useHistoryShortcuts()
  if (openId !== null) return <PastIncidentPage key={openId} incidentId={openId} />
  return (
    <main className={styles.screen} aria-labelledby="incidents-title">
      <h2 id="incidents-title">
        <HiddenText>All incidents</HiddenText>
      </h2>
      <HistoryFilters />
      <HistoryNotes />
      <HistoryGrid />
    </main>
  )
}
