import { useEffect, useMemo, useRef, useState } from 'react'
import { needsResponse, type Incident } from '#shared/domain/incident/schema.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { useCockpit, useUi } from '../../engine/cockpit/context.ts'
import { briefly } from '../../engine/watch/alerts-in-brief.ts'
import { alertsOf } from '../../engine/watch/derived.ts'
import { IncidentClocks } from '../../parts/clocks/incident-clocks.tsx'
import { ConfidentialLine } from '../../parts/confidential/confidential-line.tsx'
import { AlertChart } from '../../parts/measurements/alert-chart.tsx'
import { Diagnostics } from '../../parts/execution/diagnostics.tsx'
import { RemediationCards } from '../../parts/remediation/remediation-cards.tsx'
import { FollowedRunbooks } from '../../parts/runbooks/followed-runbooks.tsx'
import { CrossedTriggers } from '../../parts/measurements/crossed-triggers.tsx'
import { ImpactLine } from '../../parts/measurements/impact-line.tsx'
import { UnknownWordList } from '../../parts/severity/unknown-word-list.tsx'
import { unknownWords } from '../../parts/severity/unknown-words.ts'
import { textOfAll } from './descriptions.ts'
import { AlertTable } from './alert-table.tsx'
import { BackToQueue } from './back-to-queue.tsx'
import { bringIntoView } from './bring-into-view.ts'
import { ClampedText } from '../../components/clamped-text.tsx'
import { HeartbeatOffer } from './heartbeat-offer.tsx'
import { IncidentActions } from './incident-actions.tsx'
import { IncidentObject } from './incident-object.tsx'
import { IncidentState } from './incident-state.tsx'
import { MoreUrgent } from '../../parts/urgency/more-urgent.tsx'
import { PageState } from './page-state.tsx'
import { NoPlan } from './plan/no-plan.tsx'
import { PlanImpactTexts } from './plan/plan-impact.tsx'
import { PlanView } from './plan/plan-view.tsx'
import { useFollowedPlan } from '../../parts/plan/use-followed-plan.ts'
import styles from './incident-view.module.css'

/** Enough for what happened and the first steps, which rules write below it. */
const DESCRIPTION_LINES = 12

/** With a plan its first step is worth more than the whole description. */
const DESCRIPTION_LINES_WITH_PLAN = 2

/** Before a text that is not the same on all alerts. */
const EXAMPLE = 'For example: '

/** Unknown severity words that one incident names; the settings have them all. */
const MAX_UNKNOWN = 2

interface IncidentViewProps {
  readonly incident: Incident
}

/** The one thing in focus: what is wrong, for whom, what to do next, and its alerts. */
export function IncidentView({ incident }: IncidentViewProps) {
  const { actions, mirror } = useCockpit()
  const alerts = useMemo(() => {
    const { watch } = mirror.getState()
    return watch ? alertsOf(watch, incident.id) : []
    // The revision says when the incident or one of its alerts changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the alerts are those of this revision
  }, [mirror, incident.id, incident.revision])
  const brief = useMemo(() => briefly(alerts), [alerts])
  const description = textOfAll(alerts, ['description', 'message'])
  const impact = textOfAll(alerts, ['impact'])
  const unknown = useMemo(() => unknownWords(alerts).slice(0, MAX_UNKNOWN), [alerts])
  const isLoud = needsResponse(incident)
  const followed = useFollowedPlan(incident)
  const [areAlertsShown, setAlertsShown] = useState(false)
  const section = useRef<HTMLElement>(null)
  const choice = useUi((ui) => ui.choice)
  useEffect(() => {
    if (choice && section.current) bringIntoView(section.current)
  }, [choice])
  return (
    <section
      ref={section}
      className={styles.view}
      data-planned={followed !== null}
      aria-labelledby="incident-title"
    >
      <BackToQueue />
      <MoreUrgent incident={incident} hasKey />
      <div className={styles.head}>
        <p className={styles.kicker}>
          <SeverityMark severity={incident.severity} tone={isLoud ? 'loud' : 'quiet'} />
          <IncidentObject incident={incident} brief={brief} apart="" />
          <span className={styles.whole}>
            <TextButton
              aria-keyshortcuts={keyOf('open-page')}
              onClick={() => actions.showPast(incident.id)}
            >
              Whole incident <KeyHint>{keyOf('open-page')}</KeyHint>
            </TextButton>
          </span>
        </p>
        <h2 id="incident-title" className={styles.title} title={incident.title}>
          {incident.title}
        </h2>
        <ConfidentialLine incidentId={incident.id} />
        {impact === null || impact.text === incident.title ? null : (
          <div className={styles.impact}>
            <ClampedText lead={impact.isExample ? EXAMPLE : ''}>{impact.text}</ClampedText>
          </div>
        )}
        <ImpactLine incidentId={incident.id} />
        {followed ? <PlanImpactTexts impact={followed.plan.impact} /> : null}
        {description === null || description.text === incident.title ? null : (
          <div className={styles.description}>
            <ClampedText
              lead={description.isExample ? EXAMPLE : ''}
              lines={followed ? DESCRIPTION_LINES_WITH_PLAN : DESCRIPTION_LINES}
            >
              {description.text}
            </ClampedText>
          </div>
        )}
        <HeartbeatOffer alerts={alerts} />
      </div>
      <div className={styles.next}>
        <UnknownWordList key={incident.id} words={unknown} />
        <IncidentState incident={incident} alerts={alerts} />
        <CrossedTriggers incidentId={incident.id} />
        <RemediationCards incidentId={incident.id} />
        <PageState incident={incident} />
        <IncidentClocks incidentId={incident.id} />
        <IncidentActions incident={incident} alerts={alerts} />
      </div>
      {followed ? (
        <div className={styles.below}>
          <PlanView followed={followed} />
          <AlertTable
            incident={incident}
            alerts={alerts}
            fold={{ isOpen: areAlertsShown, onToggle: () => setAlertsShown(!areAlertsShown) }}
          />
        </div>
      ) : (
        <>
          <NoPlan alerts={alerts} />
          <FollowedRunbooks incidentId={incident.id} />
          <Diagnostics incidentId={incident.id} />
          <AlertChart key={incident.id} incidentId={incident.id} />
          <AlertTable incident={incident} alerts={alerts} />
        </>
      )}
    </section>
  )
}
