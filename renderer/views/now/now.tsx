import { useCallback, useRef } from 'react'
import { LiveRegion } from '../../components/live-region.tsx'
import { useMirror } from '../../state/context.ts'
import { Dialogs } from './dialogs.tsx'
import { DrillBar } from './drill-bar.tsx'
import { IncidentView } from './incident-view.tsx'
import { Notices } from './notices.tsx'
import { Queue } from './queue.tsx'
import { QuietView } from './quiet-view.tsx'
import { SidePanel } from './side-panel.tsx'
import { TopBar } from './top-bar.tsx'
import { useNowShortcuts } from './use-now-shortcuts.ts'
import { usePageTitle } from './use-page-title.ts'
import { useSelectedIncident } from './use-selected-incident.ts'
import styles from './now.module.css'

/** The screen of the one on call: what is wrong, the one thing in focus, and what to do next. */
export function Now() {
  const noteField = useRef<HTMLTextAreaElement>(null)
  useNowShortcuts(useCallback(() => noteField.current?.focus(), []))
  usePageTitle()
  const phase = useMirror(({ connection }) => connection.phase)
  const incident = useSelectedIncident()
  return (
    <div className={styles.screen} data-connection={phase}>
      <TopBar />
      <DrillBar />
      <Notices />
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
      <Dialogs />
      <LiveRegion />
    </div>
  )
}
