import { IconQuote } from '@tabler/icons-react'
import { useEffect, useMemo, useRef } from 'react'
import { sectionNames, type SectionId } from '#shared/domain/review/section.ts'
import { timeWords } from '#shared/domain/review/words.ts'
import {
  asShown,
  happenedAtOf,
  textNow,
  withMarks,
  type MarkedEntry,
} from '#shared/domain/timeline/marked.ts'
import { Instant } from '../../components/instant.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useTimeline } from '../../parts/timeline/use-timeline.ts'
import { sentenceOf } from '../../text/timeline-sentence.ts'
import { citationType, type CitedEntry } from './citation.ts'
import styles from './cite-timeline.module.css'

interface CiteTimelineProps {
  readonly incidentId: string
  /** The section in which an entry is cited. */
  readonly section: SectionId
  /** The events whose entries are marked: those that the line at the caret is made of. */
  readonly marked: readonly number[]
  readonly isReadOnly: boolean
  readonly ref: React.Ref<HTMLOListElement>
  readonly onCite: (citation: CitedEntry) => void
}

/** The timeline beside a review: an entry is cited by key, by click, or by dragging it to a section. */
export function CiteTimeline({
  incidentId,
  section,
  marked,
  isReadOnly,
  ref,
  onCite,
}: CiteTimelineProps) {
  const last = useMirror(({ recorded }) => recorded.get(incidentId) ?? 0)
  const isLost = useMirror(({ connection }) => connection.phase === 'lost')
  const { timeline, error, readOlder } = useTimeline(incidentId, String(last))
  const rows = useMemo(
    () =>
      timeline &&
      asShown(withMarks(timeline.entries, timeline.marks))
        .filter(({ type }) => !type.startsWith('review.'))
        .map(toRow),
    [timeline],
  )
  const scroller = useRef<HTMLDivElement>(null)
  const [first] = marked
  useEffect(() => {
    if (first === undefined) return
    const row = scroller.current?.querySelector('[data-marked="true"]')
    row?.scrollIntoView({ block: 'nearest' })
  }, [first])
  return (
    <section className={styles.timeline} aria-labelledby="cite-title">
      <div className={styles.head}>
        <PanelHeading
          id="cite-title"
          title="Incident timeline"
          detail={isReadOnly ? undefined : `C cites the entry in ${sectionNames[section]}`}
        />
      </div>
      <div ref={scroller} className={styles.scroller}>
        {error ? (
          <p className={styles.soft}>
            {error.message} {error.hint}
          </p>
        ) : null}
        {rows === null ? (
          <p className={styles.soft}>
            {isLost ? 'The timeline was not loaded before the connection was lost.' : 'Loading…'}
          </p>
        ) : null}
        {timeline?.hasOlder && !isLost ? (
          <p className={styles.soft}>
            <TextButton onClick={readOlder}>Older entries</TextButton>
          </p>
        ) : null}
        <ol ref={ref} onKeyDown={(event) => moveFocus(event)}>
          {rows?.map(({ entry, citation, words }, index) => (
            <li
              key={entry.seq}
              className={styles.row}
              data-marked={marked.some((seq) => seq >= entry.seq && seq <= entry.last.seq)}
              data-citation={JSON.stringify(citation)}
              // The arrows move within the list; Tab goes on.
              tabIndex={index === 0 ? 0 : -1}
              draggable={!isReadOnly}
              onDragStart={({ dataTransfer }) => {
                dataTransfer.setData(citationType, JSON.stringify(citation))
                dataTransfer.effectAllowed = 'copy'
              }}
            >
              <span className={styles.time}>
                <Instant at={citation.at} precision="minute" />
              </span>
              <span className={styles.words}>
                {words}
                {entry.until === undefined ? null : (
                  <>
                    {' '}
                    <Instant at={entry.until} precision="minute" />
                  </>
                )}
                {entry.detail === undefined ? null : ` ${entry.detail}`}
              </span>
              {isReadOnly ? null : (
                <span className={styles.cite}>
                  <SmallButton tabIndex={-1} aria-keyshortcuts="c" onClick={() => onCite(citation)}>
                    <IconQuote size={14} aria-hidden="true" /> Cite <KeyHint>C</KeyHint>
                  </SmallButton>
                </span>
              )}
            </li>
          ))}
        </ol>
      </div>
    </section>
  )
}

/** The entry that has the focus, or that something in it has; null for none. */
export function focusedEntry(list: HTMLElement | null): string | null {
  const row = document.activeElement?.closest('[data-citation]')
  return row && list?.contains(row) ? row.getAttribute('data-citation') : null
}

function toRow(entry: MarkedEntry): {
  readonly entry: MarkedEntry
  readonly citation: CitedEntry
  /** As it is shown here: the citation has its times for readers of all zones. */
  readonly words: string
} {
  // By names: whoever reads the review is not the reader of this cockpit.
  const { who, text } = sentenceOf({ ...entry, text: textNow(entry) }, undefined)
  const sentence = entry.kind === 'note' ? `${who ?? ''} noted: ${text}` : `${who ?? ''} ${text}`
  const end = entry.until === undefined ? '' : ` ${timeWords(entry.until)}`
  const detail = entry.detail === undefined ? '' : ` ${entry.detail}`
  const count = entry.count > 1 ? ` (×${String(entry.count)})` : ''
  return {
    entry,
    words: `${sentence.trim()}${count}`,
    citation: {
      seq: entry.seq,
      at: happenedAtOf(entry),
      text: `${sentence.trim()}${end}${detail}${count}`.slice(0, 2_000),
    },
  }
}

function moveFocus(event: React.KeyboardEvent<HTMLOListElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('li')]
  const index = rows.findIndex((row) => row.contains(document.activeElement))
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    Home: 0,
    End: rows.length - 1,
  }
  const target = targets[event.key]
  if (target === undefined) return
  event.preventDefault()
  rows[Math.min(rows.length - 1, Math.max(0, target))]?.focus()
}
