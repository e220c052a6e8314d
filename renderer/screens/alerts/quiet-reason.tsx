import type { Suppression } from '#shared/domain/alert/schema.ts'
import type { HoldReason } from '#shared/domain/incident/paging.ts'
import { Age } from '../../components/age.tsx'
import { Instant } from '../../components/instant.tsx'
import type { QuietReason as Reason } from './entries/alert-standing.ts'
import { whoIs } from '../../text/who.ts'
import type { Reader } from '#shared/domain/person/identity.ts'

const holds: Readonly<Record<HoldReason, string>> = {
  'quiet-hours': 'quiet hours',
  'do-not-disturb': 'do not disturb',
  focus: 'focus on another incident',
  'severity-is-not-told': 'notifications are off for its severity',
}

interface QuietReasonProps {
  readonly reason: Reason
  readonly me: Reader | undefined
}

/**
 * One reason why an alert does not page, in words. When it ends comes before whoever set it, and
 * before what they wrote: names and comments have any length, and what is behind them is cut.
 */
export function QuietReason({ reason, me }: QuietReasonProps) {
  switch (reason.kind) {
    case 'gone':
      return 'no longer listed'
    case 'resolved':
      return (
        <>
          resolved at <Instant at={reason.at} precision="minute" />
          {reason.by === null ? '' : ` (${reason.by})`}
        </>
      )
    case 'suppressed':
      return <Suppressed suppression={reason.suppression} />
    case 'closed':
      return `incident closed by ${whoIs(reason.by, me)}`
    case 'called-resolved':
      return `incident resolved by ${whoIs(reason.by, me)} while the alert was firing`
    case 'snoozed':
      return (
        <>
          snoozed until <Instant at={reason.until} precision="minute" /> by {whoIs(reason.by, me)}
        </>
      )
    case 'acknowledged':
      return (
        <>
          acknowledged by {whoIs(reason.by, me)} <Age since={reason.at} /> ago
        </>
      )
    case 'held':
      return (
        <>
          notification held
          {reason.until === null ? null : (
            <>
              {' '}
              until <Instant at={reason.until} precision="minute" />
            </>
          )}
          : {holds[reason.by]}
        </>
      )
    case 'flapping':
      return (
        <>
          flapping since <Instant at={reason.since} precision="minute" />
        </>
      )
  }
}

function Suppressed({ suppression }: { readonly suppression: Suppression }) {
  switch (suppression.kind) {
    case 'silence':
      return (
        <>
          silenced
          {suppression.endsAt === null ? null : (
            <>
              {' '}
              until <Instant at={suppression.endsAt} precision="minute" />
            </>
          )}
          {suppression.createdBy === null ? '' : ` by ${suppression.createdBy}`}
          {suppression.comment ? `: “${suppression.comment}”` : ''}
        </>
      )
    case 'inhibition':
      return `inhibited by ${suppression.by ?? 'another alert'}`
    case 'mute':
      return `muted by the time interval ${suppression.id}`
    case 'heartbeat':
      return 'heartbeat: firing is its normal state'
    case 'not-sent':
      return `dropped by ${suppression.id} of Prometheus, not sent to Alertmanager`
  }
}
