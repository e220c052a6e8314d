import type { Alert, Suppression } from '#shared/domain/alert/schema.ts'
import { Instant } from '../../components/instant.tsx'
import styles from './alert-state.module.css'

interface AlertStateProps {
  readonly alert: Alert
}

/** Firing, suppressed by whom until when, unconfirmed or resolved; flapping besides. */
export function AlertState({ alert }: AlertStateProps) {
  const [reason] = alert.suppression
  const isSuppressed = reason !== undefined && alert.status !== 'resolved'
  const state = isSuppressed ? 'suppressed' : alert.status
  return (
    <>
      <span className={styles.state} data-state={state}>
        {state}
        {alert.flappingSince === null ? null : <span className={styles.flapping}>flapping</span>}
      </span>
      {isSuppressed ? (
        <span className={styles.reason}>
          <Reason suppression={reason} />
        </span>
      ) : null}
    </>
  )
}

function Reason({ suppression }: { readonly suppression: Suppression }) {
  switch (suppression.kind) {
    case 'silence':
      return (
        <>
          silence
          {suppression.endsAt === null ? null : (
            <>
              {' '}
              until <Instant at={suppression.endsAt} precision="minute" />
            </>
          )}
          {suppression.createdBy === null ? '' : ` by ${suppression.createdBy}`}
        </>
      )
    case 'inhibition':
      return `inhibited by ${suppression.by ?? 'another alert'}`
    case 'mute':
      return `muted by ${suppression.id}`
    case 'heartbeat':
      return 'heartbeat: firing is its normal state'
    case 'not-sent':
      return 'dropped by Prometheus, not sent to Alertmanager'
  }
}
