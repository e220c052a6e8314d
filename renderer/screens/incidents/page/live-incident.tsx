import { useCallback, useMemo } from 'react'
import { noCoordination } from '#shared/domain/coordination/schema.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { needsResponse } from '#shared/domain/incident/schema.ts'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { ClampedText } from '../../../components/clamped-text.tsx'
import { keptRefusal } from '../../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../../engine/cockpit/context.ts'
import type { IncidentForm } from '../../../engine/page/incident-form.ts'
import { sectionOf, type Section } from '../../../engine/watch/queue.ts'
import { ConfidentialLine } from '../../../parts/confidential/confidential-line.tsx'
import { usePeople } from '../../../parts/incident-forms/use-people.ts'
import { MoreUrgent } from '../../../parts/urgency/more-urgent.tsx'
import { Timeline } from '../../../parts/timeline/timeline.tsx'
import { DrillMark } from '../drill-mark.tsx'
import { statusNames } from '../history-words.ts'
import { PastIncidentFacts } from '../past-incident-facts.tsx'
import { Approvals } from './approvals.tsx'
import { CatchUpCard, Line } from './catch-up-card.tsx'
import { Checklist } from './checklist.tsx'
import { Decisions } from './decisions.tsx'
import { Hypotheses } from './hypotheses.tsx'
import { Measures } from './measures.tsx'
import { PageActions } from './page-actions.tsx'
import type { PageSectionProps } from './page-section.ts'
import { Roles } from './roles.tsx'
import { takeRole } from './take-role.ts'
import { Tasks } from './tasks.tsx'
import { Updates } from './updates.tsx'
import { useCatchUp } from './use-catch-up.ts'
import { useGiven } from './use-given.ts'
import { useNewSince } from './use-new-since.ts'
import { usePageShortcuts } from './use-page-shortcuts.ts'
import styles from './live-incident.module.css'

/** What the sentence of the status does not say. */
const unsaid: ReadonlySet<Section> = new Set<Section>(['suppressed', 'informational'])

interface LiveIncidentProps {
  readonly incident: Incident
  /** As history knows it; null before that has answered. */
  readonly past: PastIncident | null
  readonly heading: React.Ref<HTMLHeadingElement>
}

/** An incident that the engine still knows: how it stands, what people do on it, and its timeline. */
export function LiveIncident({ incident, past, heading }: LiveIncidentProps) {
  const { id } = incident
  const section = sectionOf(incident)
  const actions = useActions()
  const people = usePeople()
  const giving = useGiven(id)
  const known = useMirror(({ watch }) => watch?.coordinations.get(id))
  const coordination = useMemo(() => known ?? noCoordination(id), [known, id])
  const canAct = useMirror((state) => keptRefusal(incident, state, 'role.assign') === null)
  const news = useNewSince(id)
  const parts = useCatchUp(incident, coordination, people)
  const takeCommand = useCallback(
    () => takeRole({ incident, coordination, people, giving }, 'commander'),
    [incident, coordination, people, giving],
  )
  usePageShortcuts(id, takeCommand)
  const open = useCallback(
    (form: IncidentForm) => actions.open({ kind: 'incident-form', incidentId: id, form }),
    [actions, id],
  )
  const sections = { incident, coordination, people, giving, canAct, open }
  return (
    <>
      <header className={styles.head} data-severity={incident.severity}>
        <div className={styles.marks}>
          <SeverityMark
            severity={incident.severity}
            tone={needsResponse(incident) ? 'loud' : 'quiet'}
          />
          {incident.isDrill ? <DrillMark /> : null}
          {unsaid.has(section) ? (
            <span className={styles.status}>{statusNames[section]}</span>
          ) : null}
          <ul className={styles.sentences} aria-label="Status">
            {parts
              .find(({ topic }) => topic === 'status')
              ?.lines.map((line) => (
                <Line key={line.text} line={line} />
              ))}
          </ul>
        </div>
        <h2 id="past-incident-title" ref={heading} tabIndex={-1} className={styles.title}>
          <ClampedText lines={2}>{incident.title}</ClampedText>
        </h2>
        <ConfidentialLine incidentId={id} />
        <MoreUrgent incident={incident} />
        <PageActions incident={incident} canAct={canAct} open={open} />
      </header>
      <div className={styles.columns}>
        <div
          className={styles.main}
          role="group"
          aria-label="Incident"
          // Scrolled by keyboard too: of one that is closed nothing in it takes the focus.
          tabIndex={0}
          data-scrolls=""
        >
          <CatchUpCard parts={parts} news={news} />
          <div className={styles.sections}>
            <Sections {...sections} />
          </div>
          {past ? <PastIncidentFacts incident={past} /> : null}
        </div>
        <Timeline incidentId={id} past={past} />
      </div>
    </>
  )
}

/** Once nothing more can be done, what was never used has nothing to say. */
function Sections(props: PageSectionProps) {
  const { coordination, canAct } = props
  const isShown = (entries: readonly unknown[]) => canAct || entries.length > 0
  return (
    <>
      {isShown(coordination.roles) ? <Roles {...props} /> : null}
      {coordination.flow ? <Checklist {...props} /> : null}
      {isShown(coordination.hypotheses) ? <Hypotheses {...props} /> : null}
      {isShown(coordination.decisions) ? <Decisions {...props} /> : null}
      {isShown(coordination.measures) ? <Measures {...props} /> : null}
      {isShown(coordination.tasks) ? <Tasks {...props} /> : null}
      {isShown(coordination.approvals) ? <Approvals {...props} /> : null}
      {canAct || coordination.update ? <Updates {...props} /> : null}
    </>
  )
}
