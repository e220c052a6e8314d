import { useState } from 'react'
import {
  sectionsOf,
  sectionWords,
  type AgendaLine,
  type AgendaSection,
} from '#shared/domain/agenda/line.ts'
import type { MeetingDecision } from '#shared/domain/meeting/schema.ts'
import { Instant } from '../../components/instant.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import type { Agenda } from './meetings-model.ts'
import { OpenedSince } from './opened-since.tsx'
import { ProposalAnswer } from './proposal-answer.tsx'
import styles from './meetings.module.css'

const none: ReadonlyMap<string, MeetingDecision> = new Map()

/** What was read up to less than this before, ms, is as of now. */
const NOW_MS = 120_000

/** What a meeting goes through, section by section. */
export function AgendaLines({
  agenda,
}: {
  readonly agenda: Agenda & { readonly loadedAt: number }
}) {
  const decisions = useMirror(({ watch }) => watch?.meetingDecisions ?? none)
  // What is open stands on top, where it can be answered.
  const isOnTop = ({ id, section }: AgendaLine) =>
    section === 'decided' && decisions.get(id.slice('decided:'.length))?.followedUp === null
  const lines = agenda.lines.filter((line) => !isOnTop(line))
  const endedAt = agenda.loadedAt - agenda.to < NOW_MS ? null : agenda.to
  return (
    <>
      {endedAt === null ? null : <OpenedSince endedAt={endedAt} />}
      {sectionsOf[agenda.kind].map((section) => (
        <Section
          key={section}
          section={section}
          day={agenda.day}
          endedAt={endedAt}
          lines={lines.filter((line) => line.section === section)}
          isEmpty={!agenda.lines.some((line) => line.section === section)}
        />
      ))}
    </>
  )
}

interface SectionProps {
  readonly section: AgendaSection
  readonly day: string
  /** Where its time had ended when it was read, ms since the epoch, UTC; null for up to now. */
  readonly endedAt: number | null
  readonly lines: readonly AgendaLine[]
  readonly isEmpty: boolean
}

function Section({ section, day, endedAt, lines, isEmpty }: SectionProps) {
  const { title, empty } = sectionWords[section]
  return (
    <section className={styles.section} aria-labelledby={`agenda-${section}`}>
      <h2 id={`agenda-${section}`} className={styles.heading}>
        {title}
        {lines.length > 0 ? <span className={styles.count}> {lines.length}</span> : null}
      </h2>
      {lines.length === 0 ? (
        <p className={styles.empty}>
          {isEmpty ? empty : 'Open ones are listed above'}
          {isEmpty && endedAt !== null ? (
            <>
              {' '}
              (as of <Instant at={endedAt} precision="minute" />)
            </>
          ) : null}
        </p>
      ) : null}
      {lines.length > 0 ? (
        <ul className={styles.lines}>
          {lines.map((line) => (
            <Line key={line.id} line={line} day={day} />
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function Line({ line, day }: { readonly line: AgendaLine; readonly day: string }) {
  const actions = useActions()
  const [isOpen, setOpen] = useState(false)
  const { text, at, severity, incidentId, isGap, events, proposal } = line
  const isWatched = useMirror(({ watch }) => {
    const incident = incidentId === null ? undefined : watch?.incidents.get(incidentId)
    return incident !== undefined && incident.status !== 'closed'
  })
  const press = () => {
    if (incidentId === null) setOpen(!isOpen)
    else if (isWatched) actions.goTo(incidentId)
    else actions.showPast(incidentId)
  }
  return (
    <li className={styles.line} data-stop data-gap={isGap}>
      <button
        type="button"
        className={styles.text}
        aria-expanded={incidentId === null ? isOpen : undefined}
        onClick={press}
      >
        {severity === null ? null : <SeverityMark severity={severity} tone="quiet" />}
        {at === null ? null : <Instant at={at} precision="minute" />}
        <span className={styles.words}>{text}</span>
        <span className={styles.way}>{incidentId === null ? 'Why' : 'Open'}</span>
      </button>
      {proposal ? <p className={styles.why}>{proposal.why}</p> : null}
      {isOpen ? (
        <p className={styles.why}>
          From {plural(events.length, 'journal event')}: {events.join(', ')}
        </p>
      ) : null}
      {proposal ? <ProposalAnswer line={line} proposal={proposal} day={day} /> : null}
    </li>
  )
}
