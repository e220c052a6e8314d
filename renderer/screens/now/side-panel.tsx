import type { Incident } from '#shared/domain/incident/schema.ts'
import { Before } from '../../parts/history/before.tsx'
import { WhatChanged } from '../../parts/changes/what-changed.tsx'
import { useLooked } from '../../parts/looked/use-looked.ts'
import { BackToQueue } from './back-to-queue.tsx'
import { Facts } from './facts.tsx'
import { NoteField } from './note-field.tsx'
import { Timeline } from '../../parts/timeline/timeline.tsx'
import { Upstream } from './upstream.tsx'
import styles from './side-panel.module.css'

interface SidePanelProps {
  readonly incident: Incident
  readonly noteField: React.Ref<HTMLTextAreaElement>
}

/** What is known of the incident, and what has happened so far. */
export function SidePanel({ incident, noteField }: SidePanelProps) {
  return (
    <aside className={styles.panel} aria-label="Facts and timeline">
      <BackToQueue />
      <div key={`known ${incident.id}`} className={styles.known}>
        <WhatChanged incident={incident} />
        <Upstream incident={incident} />
        <Before key={incident.id} incidentId={incident.id} />
        <Facts incident={incident} />
      </div>
      <Timeline key={`timeline ${incident.id}`} incidentId={incident.id} />
      <NoteField incidentId={incident.id} ref={noteField} />
      <Looked key={`looked ${incident.id}`} incidentId={incident.id} />
    </aside>
  )
}

/** Whoever has an incident before them here has seen its timeline. */
function Looked({ incidentId }: { readonly incidentId: string }) {
  useLooked(incidentId)
  return null
}
