import { KeyHint } from '../../components/key-hint.tsx'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { TextButton } from '../../components/text-button.tsx'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { toldVersion } from '../../engine/watch/reach.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { EvidenceButtons } from '../take-along/evidence-buttons.tsx'
import { TakeAlongButtons } from '../take-along/take-along-buttons.tsx'
import { TakenNote } from '../take-along/taken-note.tsx'
import { TimelineRow } from './timeline-row.tsx'
import { useKeptPlace } from './use-kept-place.ts'
import { useOlderKey } from './use-older-key.ts'
import { useTimeline } from './use-timeline.ts'
import styles from './timeline.module.css'
import { readerOf } from '../../engine/watch/reader.ts'

interface TimelineProps {
  readonly incidentId: string
  /** The incident as history knows it, where that was read already. */
  readonly past?: PastIncident | null
}

/** What happened, oldest first: a reading of the journal. The newest entry is in view. */
export function Timeline({ incidentId, past = null }: TimelineProps) {
  const me = useMirror(({ status }) => readerOf(status))
  const last = useMirror(({ recorded }) => recorded.get(incidentId) ?? 0)
  const told = useMirror(({ watch }) => toldVersion(watch, incidentId))
  const isLost = useMirror(({ connection }) => connection.phase === 'lost')
  const { timeline, error, isReadingOlder, readOlder } = useTimeline(
    incidentId,
    `${String(last)} ${told}`,
  )
  const { scroller, onScroll, onPressed } = useKeptPlace(timeline)
  const hasOlder = timeline?.hasOlder === true
  useOlderKey(refusal(hasOlder, isLost), readOlder)
  return (
    <section className={styles.timeline} aria-labelledby="timeline-title">
      <div className={styles.head}>
        <PanelHeading
          id="timeline-title"
          title="Timeline"
          actions={<TakeAlongButtons incidentId={incidentId} past={past} />}
        />
        <EvidenceButtons incidentId={incidentId} past={past} />
        <TakenNote incidentId={incidentId} />
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        // Scrolled by keyboard too.
        tabIndex={0}
        data-scrolls=""
        role="group"
        aria-labelledby="timeline-title"
        onScroll={onScroll}
      >
        {error ? (
          <p className={styles.error}>
            {error.message} {error.hint}
          </p>
        ) : null}
        {hasOlder && isLost ? <p className={styles.cut}>{LOST}</p> : null}
        {hasOlder && !isLost ? (
          <p className={styles.cut}>
            <TextButton
              // Not `disabled`: the focus would be lost with each page.
              aria-disabled={isReadingOlder}
              aria-keyshortcuts={keyOf('older-entries')}
              onClick={() => {
                onPressed()
                readOlder()
              }}
            >
              Older entries <KeyHint>{keyOf('older-entries')}</KeyHint>
            </TextButton>
          </p>
        ) : null}
        <ol>
          {timeline?.entries.map((entry) => (
            <TimelineRow key={entry.seq} entry={entry} me={me} />
          ))}
        </ol>
        {timeline === null && isLost ? (
          <p className={styles.cut}>
            Timeline not loaded before the connection was lost; available when Deckwatch returns.
          </p>
        ) : null}
        {timeline?.entries.length === 0 ? <p className={styles.cut}>No entries</p> : null}
      </div>
    </section>
  )
}

const LOST = 'Older entries are available when Deckwatch is back.'

/** Why the key has nothing to read; null when it has. */
function refusal(hasOlder: boolean, isLost: boolean): string | null {
  if (!hasOlder) return 'No older entries'
  return isLost ? LOST : null
}
