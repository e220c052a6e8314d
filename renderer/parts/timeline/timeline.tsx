import { useCallback, useMemo, useRef, useState } from 'react'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { asShown, withMarks } from '#shared/domain/timeline/marked.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { toldVersion } from '../../engine/watch/reach.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { sentenceOf } from '../../text/timeline-sentence.ts'
import { ExportRows } from '../take-along/export-rows.tsx'
import { TakeAlongButton } from '../take-along/take-along-button.tsx'
import { TakenNote } from '../take-along/taken-note.tsx'
import { useTakeAlongKeys } from '../take-along/use-take-along-keys.ts'
import { FindRow } from './find-row.tsx'
import { TimelineEntries } from './timeline-entries.tsx'
import { entryTest, isFiltering, noFilter } from './timeline-filter.ts'
import { enterList } from './timeline-list.tsx'
import { useKeptPlace } from './use-kept-place.ts'
import { usePastedImage } from './use-pasted-image.ts'
import { useTimeline } from './use-timeline.ts'
import { useTimelineKeys, type KeyUse } from './use-timeline-keys.ts'
import styles from './timeline.module.css'

interface TimelineProps {
  readonly incidentId: string
  /** The incident as history knows it, where that was read already. */
  readonly past?: PastIncident | null
}

/** What happened, oldest first: a reading of the journal. The newest entry is in view. */
export function Timeline({ incidentId, past = null }: TimelineProps) {
  const actions = useActions()
  const { ui } = useCockpit()
  const me = useMirror(({ status }) => readerOf(status))
  const last = useMirror(({ recorded }) => recorded.get(incidentId) ?? 0)
  const told = useMirror(({ watch }) => toldVersion(watch, incidentId))
  const isLost = useMirror(({ connection }) => connection.phase === 'lost')
  const forbidden = useMirror(({ status }) => rightRefusal(status, 'entry.add'))
  const { timeline, error, isReadingOlder, readOlder } = useTimeline(
    incidentId,
    `${String(last)} ${told}`,
  )
  const { scroller, onScroll, onPressed } = useKeptPlace(timeline)
  const list = useRef<HTMLOListElement>(null)
  const [filter, setFilter] = useState(noFilter)
  /** Something is looked for: another object each time that it is asked for. */
  const [finding, setFinding] = useState<object | null>(null)
  const hasOlder = timeline?.hasOlder === true
  const entries = useMemo(
    () => (timeline ? asShown(withMarks(timeline.entries, timeline.marks)) : []),
    [timeline],
  )
  const found = useMemo(
    () => entries.filter(entryTest(filter, (entry) => sentenceOf(entry, me))),
    [entries, filter, me],
  )

  useTakeAlongKeys(incidentId, past)
  const add = useCallback(
    (image: File | null) => {
      actions.open({ kind: 'entry', incidentId, image })
    },
    [actions, incidentId],
  )
  usePastedImage(
    useCallback(
      (image: File) => {
        if (forbidden === null && ui.getState().dialog === null) add(image)
      },
      [add, forbidden, ui],
    ),
  )
  const find = useCallback(() => {
    setFinding({})
  }, [])
  /** Where there is a queue the focus goes there, else to the timeline as a whole. */
  const leave = () => {
    if (ui.getState().screen === 'now') actions.goToQueue()
    else scroller.current?.focus()
  }
  const refusedOlder = refusal(hasOlder, isLost)
  useTimelineKeys(
    useMemo(
      (): Record<'older-entries' | 'find-entries' | 'add-entry', KeyUse> => ({
        'older-entries':
          refusedOlder === null ? { perform: readOlder } : { refusedBecause: refusedOlder },
        'find-entries': { perform: find },
        'add-entry':
          forbidden === null ? { perform: () => add(null) } : { refusedBecause: forbidden },
      }),
      [add, find, forbidden, readOlder, refusedOlder],
    ),
  )

  const isFiltered = finding !== null && isFiltering(filter)
  const shown = isFiltered ? found : entries
  return (
    <section className={styles.timeline} aria-labelledby="timeline-title">
      <div className={styles.head}>
        <PanelHeading
          id="timeline-title"
          title="Timeline"
          actions={
            <>
              <TakeAlongButton action="copy-text" incidentId={incidentId} past={past} />
              <TextButton
                aria-expanded={finding !== null}
                aria-keyshortcuts={keyOf('find-entries')}
                onClick={() => (finding ? setFinding(null) : find())}
              >
                Find <KeyHint>{keyOf('find-entries')}</KeyHint>
              </TextButton>
              {forbidden === null ? (
                <TextButton
                  aria-keyshortcuts={keyOf('add-entry')}
                  title="Add what happened earlier, or an image"
                  onClick={() => add(null)}
                >
                  Add <KeyHint>{keyOf('add-entry')}</KeyHint>
                </TextButton>
              ) : null}
            </>
          }
        />
        {finding ? (
          <FindRow
            request={finding}
            filter={filter}
            onChange={setFilter}
            found={found.length}
            all={entries.length}
            onEnter={() => enterList(list.current)}
            onLeave={() => {
              setFinding(null)
              setFilter(noFilter)
              leave()
            }}
          />
        ) : (
          <ExportRows incidentId={incidentId} past={past} />
        )}
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
            {isFiltered ? 'Older entries are not searched yet. ' : null}
            <TextButton
              // Not `disabled`: the focus would be lost with each page.
              aria-disabled={isReadingOlder}
              aria-keyshortcuts={keyOf('older-entries')}
              onClick={() => {
                onPressed()
                readOlder()
              }}
            >
              {isFiltered ? 'Load older entries' : 'Older entries'}{' '}
              <KeyHint>{keyOf('older-entries')}</KeyHint>
            </TextButton>
          </p>
        ) : null}
        <TimelineEntries
          ref={list}
          incidentId={incidentId}
          entries={shown}
          me={me}
          onLeave={leave}
        />
        {timeline === null && isLost ? (
          <p className={styles.cut}>
            Timeline not loaded before the connection was lost; available when Deckwatch returns.
          </p>
        ) : null}
        {timeline !== null && shown.length === 0 ? (
          <p className={styles.cut}>{isFiltered ? 'No matching entries' : 'No entries'}</p>
        ) : null}
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
