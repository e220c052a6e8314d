import { saidAt } from '#shared/domain/actor/schema.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { queueSection, type Incident } from '#shared/domain/incident/schema.ts'
import { Age } from '../../components/age.tsx'
import { Countdown } from '../../components/countdown.tsx'
import { Instant } from '../../components/instant.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { stillFires } from '../../engine/watch/queue.ts'
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

/** Where an incident stands, in one sentence, and as of when where that is not now. */
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
            ; {plural(incident.counts.firing, 'alert still fires', 'alerts still fire')}
          </span>
        ) : null}
      </>
    )
  }
  if (snoozed) {
    return (
      <>
        <strong>Snoozed</strong> by {whoIs(snoozed.by, me)} until{' '}
        <Instant at={snoozed.until} precision="minute" />, for another{' '}
        <Countdown until={snoozed.until} />, or until it gets worse
      </>
    )
  }
  const held = queueSection(incident) === 'suppressed' ? heldBack(alerts) : null
  if (held) {
    return (
      <>
        <strong>Suppressed</strong>: {held.reason}
        {held.until === null ? null : (
          <>
            {' '}
            until <Instant at={held.until} precision="minute" />
          </>
        )}
        {held.isOneOfSeveral ? ', and others for other reasons' : null}
        {acknowledged ? `; acknowledged by ${whoIs(acknowledged.by, me)}` : null}
      </>
    )
  }
  if (acknowledged) {
    return (
      <>
        <strong>Acknowledged</strong> by {whoIs(acknowledged.by, me)}{' '}
        <Age since={saidAt(acknowledged.by, acknowledged.at)} /> ago; holds until it resolves
        {acknowledged.severity === 'P0' ? null : ' or gets worse'}
      </>
    )
  }
  return (
    <>
      <strong>Needs you</strong> for <Age since={incident.triggeredAt} />:{' '}
      <Reason incident={incident} me={me} />
      {incident.counts.firing === 0 && incident.counts.unconfirmed > 0 ? (
        <span className={styles.warning}>
          ; unconfirmed: its source restarted and cannot tell whether it goes on
        </span>
      ) : null}
    </>
  )
}

const again = {
  'fired-again': 'it fires again',
  worse: 'it got worse',
  unsuppressed: 'it is no longer suppressed',
} as const

/** Why nobody has it: because nobody took it yet, or because what somebody took has changed. */
function Reason({
  incident,
  me,
}: Pick<IncidentStateProps, 'incident'> & { readonly me: Reader | undefined }) {
  const { asksAgain } = incident
  if (!asksAgain) return 'nobody has acknowledged it'
  const { reason, acknowledgedBy } = asksAgain
  return acknowledgedBy
    ? `${again[reason]}, which ends the acknowledgement by ${whoIs(acknowledgedBy, me)}`
    : `${again[reason]}, and nobody has acknowledged it`
}
