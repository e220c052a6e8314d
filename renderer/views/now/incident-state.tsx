import type { Incident } from '#shared/domain/incident/schema.ts'
import { Age } from '../../components/age.tsx'
import { Countdown } from '../../components/countdown.tsx'
import { Instant } from '../../components/instant.tsx'
import { useMirror } from '../../state/context.ts'
import { whoIs } from '../../text/who.ts'
import styles from './incident-state.module.css'

interface IncidentStateProps {
  readonly incident: Incident
}

/** Where an incident stands, in one sentence. */
export function IncidentState({ incident }: IncidentStateProps) {
  const me = useMirror(({ status }) => status?.me)
  return (
    <p className={styles.state} data-status={incident.status}>
      <Sentence incident={incident} me={me} />
    </p>
  )
}

function Sentence({ incident, me }: IncidentStateProps & { readonly me: string | undefined }) {
  const { status, snoozed, acknowledged, resolved, closed } = incident
  if (status === 'closed' && closed) {
    return (
      <>
        <strong>Closed</strong> by {whoIs(closed.by, me)} at{' '}
        <Instant at={closed.at} precision="second" />
      </>
    )
  }
  if (status === 'resolved' && resolved) {
    return (
      <>
        <strong>Resolved</strong>
        {resolved.by.kind === 'person' ? ` by ${whoIs(resolved.by, me)}` : null}{' '}
        <Age since={resolved.at} /> ago, at <Instant at={resolved.at} precision="second" />
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
  if (acknowledged) {
    return (
      <>
        <strong>Acknowledged</strong> by {whoIs(acknowledged.by, me)}{' '}
        <Age since={acknowledged.at} /> ago; holds until it resolves or gets worse
      </>
    )
  }
  return (
    <>
      <strong>Needs you</strong> for <Age since={incident.triggeredAt} />: nobody has acknowledged
      it
    </>
  )
}
