import { IconArrowLeft, IconDeviceFloppy } from '@tabler/icons-react'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { MAX_ROWS, type Citation, type ReviewDocument } from '#shared/domain/review/document.ts'
import { wantedReview } from '#shared/domain/review/evolve.ts'
import type { Review } from '#shared/domain/review/schema.ts'
import { sectionIds, sectionNames, type SectionId } from '#shared/domain/review/section.ts'
import { HiddenText } from '../../components/hidden-text.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { engineRefusal, rightRefusal } from '../../engine/commands/availability.ts'
import { usePageKeys } from '../../keyboard/use-page-keys.ts'
import { ActionTable } from './action-table.tsx'
import { AgendaBar, useAgenda } from './agenda-bar.tsx'
import { readCitation, type CitedEntry } from './citation.ts'
import { CiteTimeline, focusedEntry } from './cite-timeline.tsx'
import { DeadlineStrip } from './deadline-strip.tsx'
import { NewerNote } from './newer-note.tsx'
import { PublishPanel } from './publish-panel.tsx'
import { isTyping, toReviewKey } from './review-keys.ts'
import { ReviewPeople } from './review-people.tsx'
import { SectionEditor } from './section-editor.tsx'
import { useReview, type OpenReview } from './use-review.ts'
import styles from './review-page.module.css'

interface ReviewPageProps {
  readonly incidentId: string
  /** True where Escape leads back to the page of the incident, else to all reviews. */
  readonly isFromIncident: boolean
}

/** The review of one incident: its text left, the agenda and the timeline right, deadlines on top. */
export function ReviewPage({ incidentId, isFromIncident }: ReviewPageProps) {
  const open = useReview(incidentId)
  const actions = useActions()
  const { document, review } = open
  const toIncident = () => actions.showPast(incidentId)
  const toList = () => actions.showReviews(null)
  const way = isFromIncident
    ? { back: toIncident, backTo: 'The incident', other: toList, otherTo: 'All reviews' }
    : { back: toList, backTo: 'All reviews', other: toIncident, otherTo: 'Incident' }
  if (document) {
    return (
      <Editor incidentId={incidentId} open={open} document={document} review={review} way={way} />
    )
  }
  return <Missing open={open} way={way} />
}

function Missing({ open, way }: BarProps) {
  usePageKeys(({ key }) => {
    if (key === 'Escape') way.back()
    return key === 'Escape'
  })
  return (
    <main className={styles.page} aria-labelledby="review-title">
      <Bar open={open} way={way} />
      <p className={styles.missing}>
        {open.error?.hint ?? 'It can be edited once Deckwatch has been reachable.'}
      </p>
    </main>
  )
}

/** Where the buttons of the bar lead, the first of them by Escape. */
interface Way {
  readonly back: () => void
  readonly backTo: string
  readonly other: () => void
  readonly otherTo: string
}

interface BarProps {
  readonly open: OpenReview
  readonly way: Way
}

/** What is reviewed, and whether all of it is saved. Who comes here starts at its heading. */
function Bar({ open, way }: BarProps) {
  const { document } = open
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    heading.current?.focus()
  }, [])
  return (
    <div className={styles.bar}>
      <SmallButton aria-keyshortcuts="Escape" onClick={way.back}>
        <IconArrowLeft size={15} aria-hidden="true" />
        {way.backTo} <KeyHint>Esc</KeyHint>
      </SmallButton>
      <h2 id="review-title" ref={heading} tabIndex={-1} className={styles.title}>
        <HiddenText>Review: </HiddenText>
        {document?.title ?? open.error?.message ?? 'Loading the review…'}
      </h2>
      {document?.isDrill ? <span className={styles.drill}>Drill</span> : null}
      {document ? <Saving open={open} /> : null}
      <SmallButton onClick={way.other}>{way.otherTo}</SmallButton>
    </div>
  )
}

/** Whether all of it is saved, and where what is not is kept. */
function Saving({ open }: { readonly open: OpenReview }) {
  const forbidden = useMirror(({ status }) => rightRefusal(status, 'review.save'))
  const { hasUnsaved, isWaiting, outcome, review } = open
  const isNew = (review?.revision ?? 0) === 0
  const standing = isWaiting
    ? 'Queued; saved when Deckwatch is reachable'
    : hasUnsaved
      ? 'Draft kept on this computer'
      : isNew
        ? 'Drafted from the journal, not saved yet'
        : `Saved, revision ${String(review?.revision ?? 0)}`
  return (
    <>
      <p className={styles.standing} role="status" data-problem={outcome?.isProblem ?? false}>
        {outcome?.text ?? standing}
      </p>
      <SmallButton
        aria-keyshortcuts="Control+s Meta+s"
        disabled={forbidden !== null || (!hasUnsaved && !isNew)}
        title={forbidden ?? undefined}
        onClick={() => void open.save()}
      >
        <IconDeviceFloppy size={15} aria-hidden="true" />
        Save <KeyHint>Ctrl S</KeyHint>
      </SmallButton>
    </>
  )
}

interface EditorProps {
  readonly incidentId: string
  readonly open: OpenReview
  readonly document: ReviewDocument
  readonly review: Review | null
  readonly way: Way
}

function Editor({ incidentId, open, document, review, way }: EditorProps) {
  const { steady } = useCockpit()
  const agenda = useAgenda()
  const list = useRef<HTMLOListElement>(null)
  const editor = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ section: SectionId; events: readonly number[] }>({
    section: 'timeline',
    events: [],
  })
  const [added, setAdded] = useState<string | null>(null)
  const forbidden = useMirror(({ status }) => rightRefusal(status, 'review.save'))
  const isReadOnly = forbidden !== null
  const { draft, edit } = open
  const standing = useMemo(
    () => review ?? standIn(incidentId, document.title, draft),
    [review, incidentId, document.title, draft],
  )

  const cite = useCallback(
    (section: SectionId, entry: CitedEntry) =>
      edit((before) => {
        const isThere = before.citations.some(
          (each) => each.section === section && each.seq === entry.seq,
        )
        return isThere || before.citations.length >= MAX_ROWS
          ? before
          : { ...before, citations: [...before.citations, { ...entry, section }] }
      }),
    [edit],
  )
  const remove = (citation: Citation) =>
    edit((before) => ({
      ...before,
      citations: before.citations.filter(
        ({ section, seq }) => section !== citation.section || seq !== citation.seq,
      ),
    }))
  const addAction = () => {
    // Unique among those of a review, also where two people add one in the same moment.
    const id = `item-${Math.round(steady()).toString(36)}-${String(document.actions.length)}`
    const action = {
      ...{ id, text: '', owner: null, dueAt: null, ticket: null },
      priority: 'medium',
      status: 'open',
    } as const
    edit((before) => ({ ...before, actions: [...before.actions, action] }))
    setAdded(id)
  }
  useEffect(() => {
    if (added === null) return
    const row = editor.current?.querySelector<HTMLElement>(`[data-action="${added}"] textarea`)
    row?.focus()
  }, [added])
  const toPublish = () => {
    const title = globalThis.document.getElementById('publish-title')
    title?.scrollIntoView({ block: 'center' })
    title?.focus()
  }
  usePageKeys((event, target) => {
    switch (toReviewKey(event, isTyping(target))) {
      case 'save':
        if (!isReadOnly) void open.save()
        break
      case 'cite': {
        const entry = readCitation(focusedEntry(list.current) ?? '')
        if (entry && !isReadOnly) cite(place.section, entry)
        break
      }
      case 'add-action':
        if (!isReadOnly) addAction()
        break
      case 'timer':
        agenda.toggle()
        break
      case 'next-part':
        agenda.goTo(agenda.timer.part + 1)
        break
      case 'publish':
        toPublish()
        break
      case 'back':
        way.back()
        break
      default:
        return false
    }
    return true
  })
  const people = document.attendees.map(({ name }) => name)
  const refused = usePublishRefusal(open, forbidden)
  return (
    <main className={styles.page} aria-labelledby="review-title">
      <Bar open={open} way={way} />
      <DeadlineStrip
        review={standing}
        refusedBecause={forbidden}
        onSchedule={(meetsAt) => void open.give('review.schedule', { meetsAt })}
        onHold={() => void open.give('review.hold')}
      />
      {open.newer && review ? (
        <NewerNote review={review} newer={open.newer} onGoOnWith={open.goOnWith} />
      ) : null}
      <div className={styles.columns}>
        <div ref={editor} className={styles.editor} role="group" aria-label="Text of the review">
          {open.isComplete ? null : (
            <p className={styles.note}>
              The record of this incident is very long: the draft does not have all of it.
            </p>
          )}
          {sectionIds.map((section) => (
            <SectionEditor
              key={section}
              section={section}
              text={document.sections[section] ?? ''}
              citations={document.citations.filter((each) => each.section === section)}
              drafted={draft?.sentences.filter((each) => each.section === section) ?? []}
              isReadOnly={isReadOnly}
              onChange={(text) =>
                edit((before) => ({ ...before, sections: { ...before.sections, [section]: text } }))
              }
              onCite={(entry) => cite(section, entry)}
              onRemove={remove}
              onPlace={(at, events) => setPlace({ section: at, events })}
            />
          ))}
          <ActionTable
            actions={document.actions}
            people={people}
            isReadOnly={isReadOnly}
            onChange={(actions) => edit((before) => ({ ...before, actions: [...actions] }))}
            onAdd={addAction}
          />
          <ReviewPeople document={document} isReadOnly={isReadOnly} onEdit={edit} />
          <PublishPanel
            review={standing}
            document={document}
            people={
              draft?.attendees.map(({ name, roles }) => ({ name, role: roles.join(', ') })) ?? []
            }
            refusedBecause={refused}
            isSaved={!open.hasUnsaved && (review?.revision ?? 0) > 0}
            onPublish={() => void open.publish()}
          />
        </div>
        <div className={styles.side}>
          <AgendaBar {...agenda} />
          <CiteTimeline
            ref={list}
            incidentId={incidentId}
            section={place.section}
            marked={place.events}
            isReadOnly={isReadOnly}
            onCite={(entry) => cite(place.section, entry)}
          />
        </div>
      </div>
      <p className={styles.hidden} role="status">
        {document.citations.length > 0
          ? `${String(document.citations.length)} entries cited, the last in ${sectionNames[document.citations.at(-1)?.section ?? 'timeline']}`
          : ''}
      </p>
    </main>
  )
}

/** Why it cannot be published now; null when it can. */
function usePublishRefusal(open: OpenReview, forbidden: string | null): string | null {
  const phase = useMirror(({ connection }) => connection.phase)
  if (forbidden !== null) return forbidden
  const away = engineRefusal(phase)
  if (away !== null) return away
  if (open.hasUnsaved) return 'Save the review first: what is saved is published.'
  return (open.review?.revision ?? 0) === 0 ? 'Save the review first.' : null
}

/** Where an incident stands that wants no review, or that the engine let go of: as its record says it. */
function standIn(incidentId: string, title: string, draft: OpenReview['draft']): Review {
  return wantedReview(
    { id: incidentId, title, severity: draft?.severity ?? 'P1' },
    draft?.resolvedAt ?? 0,
  )
}
