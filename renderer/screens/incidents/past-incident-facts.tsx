import type { PastIncident } from '#shared/domain/history/schema.ts'
import { Age } from '../../components/age.tsx'
import { ClampedText } from '../../components/clamped-text.tsx'
import { Fact, FactList } from '../../components/fact.tsx'
import { Instant } from '../../components/instant.tsx'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { formatAge } from '../../text/age.ts'
import { plural } from '../../text/plural.ts'
import { whoIs } from '../../text/who.ts'
import styles from './past-incident-facts.module.css'

interface PastIncidentFactsProps {
  readonly incident: PastIncident
}

/** What history knows of an incident: where, when, who, how long each step took. */
export function PastIncidentFacts({ incident }: PastIncidentFactsProps) {
  const { group, startedAt, openedAt, acknowledged, resolved, closed } = incident
  return (
    <section className={styles.facts} aria-labelledby="past-facts-title">
      <PanelHeading id="past-facts-title" title="Facts" />
      <FactList>
        {Object.entries(group).map(([name, value]) => (
          <Fact key={name} term={name}>
            {value === '' ? '–' : <ClampedText lines={3}>{value}</ClampedText>}
          </Fact>
        ))}
        <Fact term="Severity">
          {incident.severity}
          {incident.lastSeverity === incident.severity ? null : (
            <span className={styles.soft}> at worst, {incident.lastSeverity} at last</span>
          )}
        </Fact>
        <Fact term="Started">
          <Instant at={startedAt} precision="second" />
        </Fact>
        <Fact term="Opened">
          <Instant at={openedAt} precision="second" />
          <span className={styles.soft}>
            , <Age since={openedAt} /> ago
          </span>
        </Fact>
        <Step term="Acknowledged" step={acknowledged} since={openedAt} none="by nobody" />
        <Step term="Resolved" step={resolved} since={openedAt} none="not yet" />
        <Step term="Closed" step={closed} since={openedAt} none="not yet" />
        {incident.verdict === null ? null : (
          <Fact term="Verdict">{verdictNames[incident.verdict]}</Fact>
        )}
        {incident.cause ? (
          <Fact term="Cause">
            <ClampedText lines={3}>{incident.cause.text}</ClampedText>
          </Fact>
        ) : null}
        <Fact term="Alerts">{plural(incident.alerts, 'alert')}</Fact>
        {incident.returns > 0 ? (
          <Fact term="Came back">{plural(incident.returns, 'time')}</Fact>
        ) : null}
        <Fact term="Notes">{incident.notes === 0 ? 'none' : plural(incident.notes, 'note')}</Fact>
      </FactList>
    </section>
  )
}

/** How each verdict is called. */
const verdictNames = {
  real: 'real',
  'false-alarm': 'false alarm',
  duplicate: 'duplicate',
} as const

interface StepProps {
  readonly term: string
  readonly step: PastIncident['resolved']
  /** When it was opened, ms since the epoch, UTC. */
  readonly since: number
  /** What is said when it was not done. */
  readonly none: string
}

function Step({ term, step, since, none }: StepProps) {
  const me = useMirror(({ status }) => readerOf(status))
  return (
    <Fact term={term}>
      {step ? (
        <>
          <Instant at={step.at} precision="second" />
          <span className={styles.soft}>
            {' '}
            by {whoIs(step.by, me)}, after {formatAge(step.at - since)}
          </span>
        </>
      ) : (
        <span className={styles.soft}>{none}</span>
      )}
    </Fact>
  )
}
