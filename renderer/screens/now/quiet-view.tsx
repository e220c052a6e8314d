import { IconAnchor, IconHelpHexagon, IconHourglass, IconPlugConnected } from '@tabler/icons-react'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { describeQuiet, type Quiet } from '../../engine/watch/quiet.ts'
import styles from './quiet-view.module.css'

const icons: Readonly<Record<Quiet['kind'], typeof IconAnchor>> = {
  calm: IconAnchor,
  unknown: IconHelpHexagon,
  waiting: IconHourglass,
  unwatched: IconPlugConnected,
}

/** The middle of the screen while no incident is selected: calm only when that is known. */
export function QuietView() {
  const actions = useActions()
  const sources = useMirror(({ watch }) => watch?.sources)
  const phase = useMirror(({ connection }) => connection.phase)
  const unrecorded = useMirror(({ status }) => status?.unrecorded)
  const hasConfig = useMirror(({ status }) => status?.config.isPresent ?? true)
  const hasIncidents = useMirror(({ watch }) => (watch?.incidents.size ?? 0) > 0)
  const mayConfigure = useMirror(({ status }) => rightRefusal(status, 'settings.write') === null)
  const quiet = sources ? describeQuiet(sources, phase, unrecorded) : loading(phase)
  const Icon = icons[quiet.kind]
  return (
    <section className={styles.view} aria-labelledby="quiet-title">
      <div className={styles.text} data-kind={quiet.kind}>
        <Icon size={36} stroke={1.4} aria-hidden="true" />
        <h2 id="quiet-title" className={styles.title}>
          {quiet.title}
        </h2>
        <p>{quiet.text}</p>
        {hasIncidents ? <p>Select an incident in the queue.</p> : null}
        {mayConfigure && (!hasConfig || quiet.kind === 'unwatched') ? (
          <TextButton onClick={actions.addSource}>Add a source…</TextButton>
        ) : null}
      </div>
    </section>
  )
}

function loading(phase: string): Quiet {
  return phase === 'lost'
    ? {
        kind: 'unknown',
        title: 'No data yet',
        text: 'Incidents appear here when Deckwatch returns.',
      }
    : { kind: 'waiting', title: 'Connecting to Deckwatch', text: 'This takes a moment.' }
}
