import { useMemo } from 'react'
import { explainDecision } from '#shared/domain/explanation/explain.ts'
import { stageOf } from '#shared/domain/decision/schema.ts'
import { heldOf } from '#shared/domain/incident/paging.ts'
import { holdText } from '#shared/domain/page/words.ts'
import { needsResponse, type Incident } from '#shared/domain/incident/schema.ts'
import { Age } from '../../components/age.tsx'
import { ClampedText } from '../../components/clamped-text.tsx'
import { ExternalLink } from '../../components/external-link.tsx'
import { Fact, FactList } from '../../components/fact.tsx'
import { Instant } from '../../components/instant.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { OutsideText } from '../../components/outside-text.tsx'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { alertsOf, planOf } from '../../engine/watch/derived.ts'
import { incidentLinks, keyLinksOf } from '../../text/incident-links.ts'
import { describeCounts } from '../../text/counts.ts'
import { sortedLabels } from '../../text/labels.ts'
import { PlanFacts } from './plan/plan-facts.tsx'
import { RolesFact } from './roles-fact.tsx'
import styles from './facts.module.css'

interface FactsProps {
  readonly incident: Incident
}

/** What is known of an incident at a glance; with the decision log behind it. */
export function Facts({ incident }: FactsProps) {
  const actions = useActions()
  const refusedBecause = useMirror((state) => refusalOf(state, 'why'))
  const { mirror } = useCockpit()
  const plan = useMirror(({ watch }) => (watch ? planOf(watch, incident.id) : undefined))
  const { links, sources, worst, hasRunbook } = useMemo(() => {
    const { watch } = mirror.getState()
    const alerts = watch ? alertsOf(watch, incident.id) : []
    const all = incidentLinks(alerts, plan)
    const withButtons = new Set(keyLinksOf(all).map(({ href }) => href))
    return {
      hasRunbook: all.some(({ name }) => name === 'runbook'),
      links: all.filter(({ href }) => !withButtons.has(href)),
      // Its decisions follow changed rules; those of the incident are of when it last asked.
      worst: alerts[0],
      sources: [...new Set(alerts.flatMap(({ observations }) => Object.keys(observations)))],
    }
    // The revision says when the incident or one of its alerts changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the alerts are those of this revision
  }, [mirror, incident.id, incident.revision, plan])
  const severity = (worst ?? incident).decisions.find((each) => stageOf(each) === 'classify')
  // Recorded when it last asked for a person: once somebody has it, this is no longer what holds.
  const hold = needsResponse(incident) ? heldOf(incident) : null
  // Not recorded of each incident: it is the configuration's word for all of its severity.
  const isOff =
    useMirror(({ status }) => status?.reach.notifies.includes(incident.severity) === false) &&
    needsResponse(incident)
  return (
    <section className={styles.facts} aria-labelledby="facts-title">
      <PanelHeading
        id="facts-title"
        title="Facts"
        actions={
          <TextButton
            aria-disabled={refusedBecause !== null}
            aria-keyshortcuts={keyOf('why')}
            title={refusedBecause ?? undefined}
            onClick={() => {
              if (refusedBecause === null) actions.open({ kind: 'why', incidentId: incident.id })
            }}
          >
            Decision log <KeyHint>{keyOf('why')}</KeyHint>
          </TextButton>
        }
      />
      <FactList>
        {plan ? <PlanFacts plan={plan} /> : null}
        {sortedLabels(incident.group).map(([name, value]) => (
          <Fact key={name} term={name}>
            {value === '' ? '–' : <ClampedText lines={3}>{value}</ClampedText>}
          </Fact>
        ))}
        <Fact term="started">
          <Instant at={incident.startedAt} precision="second" />,{' '}
          <span className={styles.soft}>
            <Age since={incident.startedAt} /> ago
          </span>
        </Fact>
        <RolesFact incidentId={incident.id} />
        <Fact term="alerts">{describeCounts(incident.counts)}</Fact>
        {sources.length > 0 ? <Fact term="source">{sources.join(', ')}</Fact> : null}
        {severity ? (
          <Fact term="severity">
            {incident.severity}{' '}
            <span className={styles.soft}>
              {/* Its arrow to the severity would say again what stands in front. */}
              because {explainDecision(severity).reason.replace(` → ${incident.severity}`, '')}
            </span>
          </Fact>
        ) : null}
        {isOff ? (
          <Fact term="paging">off for {incident.severity}</Fact>
        ) : hold ? (
          <Fact term="paging">
            <>
              not notified
              {hold.until === null ? null : (
                <>
                  {' '}
                  until <Instant at={hold.until} precision="minute" />
                </>
              )}{' '}
              <span className={styles.soft}>({holdText[hold.by]})</span>
            </>
          </Fact>
        ) : null}
        {hasRunbook ? null : (
          <Fact term="runbook">
            {plan?.runbook ? (
              <OutsideText>{plan.runbook}</OutsideText>
            ) : (
              <span className={styles.soft}>no link</span>
            )}
          </Fact>
        )}
        {links.length > 0 ? (
          <Fact term="links">
            <ul className={styles.links}>
              {links.map(({ name, href }) => (
                <li key={href}>
                  <ExternalLink href={href}>{name}</ExternalLink>
                </li>
              ))}
            </ul>
          </Fact>
        ) : null}
      </FactList>
    </section>
  )
}
