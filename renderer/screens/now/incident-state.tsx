import { saidAt } from '#shared/domain/actor/schema.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { growthTargetText, growthText } from '#shared/domain/incident/growth-words.ts'
import { atLeastAsSevere, growthNow, growthTarget } from '#shared/domain/incident/growth.ts'
import {
  isInformational,
  queueSection,
  type AlertCounts,
  type Incident,
} from '#shared/domain/incident/schema.ts'
import { eitherOf } from '#shared/domain/text/either-of.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import { Age } from '../../components/age.tsx'
import { Countdown } from '../../components/countdown.tsx'
import { Instant } from '../../components/instant.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { briefly } from '../../engine/watch/alerts-in-brief.ts'
import { stillFires } from '../../engine/watch/queue.ts'
import { shownAge } from './shown-age.ts'
import { heldBack } from './held-back.ts'
import { plural } from '../../text/plural.ts'
import { whoIs } from '../../text/who.ts'
import { AsOf } from './as-of.tsx'
import styles from './incident-state.module.css'
import type { Reader } from '#shared/domain/person/identity.ts'
import { readerOf } from '../../engine/watch/reader.ts'

interface IncidentStateProps {
  readonly incident: Incident
  readonly alerts: readonly Alert[]
}

/** The status of an incident in one sentence, and its age where it is not current. */
export function IncidentState({ incident, alerts }: IncidentStateProps) {
  const me = useMirror(({ status }) => readerOf(status))
  return (
    <p className={styles.state} data-status={incident.status}>
      <Sentence incident={incident} alerts={alerts} me={me} />
      <AsOf alerts={alerts} />
    </p>
  )
}

function Sentence({
  incident,
  alerts,
  me,
}: IncidentStateProps & { readonly me: Reader | undefined }) {
  const { status, snoozed, acknowledged, resolved, closed } = incident
  const growthRule = useMirror(({ status: engine }) => engine?.growth ?? null)
  const canGrow = growthRule !== null && !isInformational(incident)
  const target = growthTarget(incident, growthRule)
  const growing = target ? growthTargetText(target) : canGrow ? 'grows' : null
  if (status === 'closed' && closed) {
    return (
      <>
        <strong>Closed</strong> by {whoIs(closed.by, me)} at{' '}
        <Instant at={saidAt(closed.by, closed.at)} precision="second" />
      </>
    )
  }
  if (status === 'resolved' && resolved) {
    return (
      <>
        <strong>Resolved</strong>
        {resolved.by.kind === 'person' ? ` by ${whoIs(resolved.by, me)}` : null}{' '}
        <Age since={saidAt(resolved.by, resolved.at)} /> ago, at{' '}
        <Instant at={saidAt(resolved.by, resolved.at)} precision="second" />
        {stillFires(incident) ? (
          <span className={styles.warning}>
            ; {plural(incident.counts.firing, 'alert still firing', 'alerts still firing')}
          </span>
        ) : null}
      </>
    )
  }
  if (snoozed) {
    return (
      <>
        <strong>Snoozed</strong> until <Instant at={snoozed.until} precision="minute" /> (
        <Countdown until={snoozed.until} /> left) by {whoIs(snoozed.by, me)}, or until its severity
        is raised{growing === null ? null : ` or it ${growing}`}
        <More incident={incident} />
      </>
    )
  }
  const held = queueSection(incident) === 'suppressed' ? heldBack(alerts) : null
  if (held) {
    return (
      <>
        <strong>Suppressed</strong>
        {held.until === null ? null : (
          <>
            {' '}
            until <Instant at={held.until} precision="minute" />
          </>
        )}
        : {held.reason}
        {held.isOneOfSeveral ? ', and other reasons for other alerts' : null}
        {acknowledged ? `; acknowledged by ${whoIs(acknowledged.by, me)}` : null}
      </>
    )
  }
  if (acknowledged) {
    return (
      <>
        <strong>Acknowledged</strong> by {whoIs(acknowledged.by, me)}{' '}
        <Age since={saidAt(acknowledged.by, acknowledged.at)} /> ago, until it{' '}
        {eitherOf([
          'resolves',
          ...(acknowledged.severity === 'P0' ? [] : ['is raised']),
          ...(growing === null ? [] : [growing]),
        ])}
        <More incident={incident} />
      </>
    )
  }
  return (
    <>
      {/* A first one is as old as what fires, as its line says; what came after is a deed of its own. */}
      {incident.asksAgain ? (
        <>
          <strong>Triggered</strong> <Age since={incident.triggeredAt} /> ago
        </>
      ) : (
        <>
          <strong>Triggered</strong>, firing for{' '}
          <Age since={shownAge(incident, briefly(alerts).activeSince).since} />
        </>
      )}
      <Reason incident={incident} me={me} />
      {incident.counts.firing === 0 && incident.counts.unconfirmed > 0 ? (
        <span className={styles.warning}>
          ; unconfirmed (source restarted; alert not reported again yet)
        </span>
      ) : null}
    </>
  )
}

/** What joined since and does not page yet, so that it is not overlooked. */
function More({ incident: { baseline, counts } }: Pick<IncidentStateProps, 'incident'>) {
  if (!baseline) return null
  const all = (of: AlertCounts['bySeverity']) => atLeastAsSevere(of, 'P3')
  const more = all(counts.bySeverity) - all(baseline.firing)
  return more > 0 ? (
    <span className={styles.warning}>; {plural(more, 'more alert')} since</span>
  ) : null
}

const again: Readonly<
  Record<NonNullable<Incident['asksAgain']>['reason'], (severity: Severity) => string>
> = {
  'fired-again': () => 'fired again',
  worse: (severity) => `raised to ${severity}`,
  unsuppressed: () => 'suppression ended',
  grown: () => 'more alerts fired',
  remediation: () => 'its remediation needs a person',
}

/** Why it is triggered: never acknowledged yet, or something changed since. */
function Reason({
  incident,
  me,
}: Pick<IncidentStateProps, 'incident'> & { readonly me: Reader | undefined }) {
  const { asksAgain, severity } = incident
  if (!asksAgain) return ', unacknowledged'
  const { reason, acknowledgedBy } = asksAgain
  const growth = growthNow(incident)
  if (growth) return `: ${growthText(growth, whoIs(growth.by, me))}`
  const why = again[reason](severity)
  return acknowledgedBy
    ? `: ${why}, which ends the acknowledgement by ${whoIs(acknowledgedBy, me)}`
    : `: ${why}; unacknowledged`
}
