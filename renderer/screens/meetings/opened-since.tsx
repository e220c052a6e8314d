import { isIncidentOpen } from '#shared/domain/incident/status.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { compareSeverity } from '#shared/domain/severity/schema.ts'
import { Instant } from '../../components/instant.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import styles from './meetings.module.css'

const none: ReadonlyMap<string, Incident> = new Map()

interface OpenedSinceProps {
  /** Where the agenda ends, ms since the epoch, UTC. */
  readonly endedAt: number
}

/** What is open now and opened after an agenda ends: who reads it later must not take all for quiet. */
export function OpenedSince({ endedAt }: OpenedSinceProps) {
  const actions = useActions()
  const incidents = useMirror(({ watch }) => watch?.incidents ?? none)
  const since = [...incidents.values()]
    .filter((each) => isIncidentOpen(each) && !each.isDrill && each.triggeredAt >= endedAt)
    .toSorted((a, b) => compareSeverity(a.severity, b.severity) || a.triggeredAt - b.triggeredAt)
  if (since.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="opened-since">
      <h2 id="opened-since" className={styles.heading}>
        Open now, not in this agenda<span className={styles.count}> {since.length}</span>
      </h2>
      <ul className={styles.lines}>
        {since.map(({ id, severity, title, triggeredAt }) => (
          <li key={id} className={styles.line} data-stop>
            <button type="button" className={styles.text} onClick={() => actions.goTo(id)}>
              <SeverityMark severity={severity} tone="quiet" />
              <Instant at={triggeredAt} precision="minute" />
              <span className={styles.words}>{title}</span>
              <span className={styles.way}>Open</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
