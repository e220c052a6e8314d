import { useCallback, useRef } from 'react'
import { IncidentView } from './incident-view.tsx'
import { Queue } from './queue.tsx'
import { QuietView } from './quiet-view.tsx'
import { SidePanel } from './side-panel.tsx'
import { useNowShortcuts } from './use-now-shortcuts.ts'
import { useSelectedIncident } from './use-selected-incident.ts'
import styles from './now.module.css'

/** The screen of the one on call: what is wrong, the one thing in focus, and what to do next. */
export function Now() {
  const noteField = useRef<HTMLTextAreaElement>(null)
  useNowShortcuts(useCallback(() => noteField.current?.focus(), []))
  const incident = useSelectedIncident()
  return (
    <main className={styles.columns}>
      <Queue />
      {incident ? (
        <>
          <IncidentView key={incident.id} incident={incident} />
          <SidePanel incident={incident} noteField={noteField} />
        </>
      ) : (
        <QuietView />
      )}
    </main>
  )
}
