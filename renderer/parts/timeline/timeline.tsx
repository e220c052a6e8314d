import { useLayoutEffect, useRef } from 'react'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { toldVersion } from '../../engine/watch/reach.ts'
import { TimelineRow } from './timeline-row.tsx'
import { useTimeline } from './use-timeline.ts'
import styles from './timeline.module.css'
import { readerOf } from '../../engine/watch/reader.ts'

interface TimelineProps {
  readonly incidentId: string
  readonly revision: number
}

/** What happened, oldest first: a reading of the journal. The newest entry is in view. */
export function Timeline({ incidentId, revision }: TimelineProps) {
  const me = useMirror(({ status }) => readerOf(status))
  const told = useMirror(({ watch }) => toldVersion(watch, incidentId))
  const isLost = useMirror(({ connection }) => connection.phase === 'lost')
  const { timeline, error } = useTimeline(incidentId, `${String(revision)} ${told}`)
  const scroller = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight
  }, [timeline])
  return (
    <section className={styles.timeline} aria-labelledby="timeline-title">
      <div className={styles.head}>
        <PanelHeading id="timeline-title" title="Timeline" />
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        // Scrolled by keyboard too.
        tabIndex={0}
        data-scrolls=""
        role="group"
        aria-labelledby="timeline-title"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 8
        }}
      >
        {error ? (
          <p className={styles.error}>
            {error.message} {error.hint}
          </p>
        ) : null}
        {timeline?.isCut === true ? (
          <p className={styles.cut}>Older entries are in the journal and not shown here.</p>
        ) : null}
        <ol>
          {timeline?.entries.map((entry) => (
            <TimelineRow key={entry.seq} entry={entry} me={me} />
          ))}
        </ol>
        {timeline === null && isLost ? (
          <p className={styles.cut}>
            It was not read before the engine was lost; it is here again when the engine returns.
          </p>
        ) : null}
        {timeline?.entries.length === 0 ? <p className={styles.cut}>Nothing yet.</p> : null}
      </div>
    </section>
  )
}
