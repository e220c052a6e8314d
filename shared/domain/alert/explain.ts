import { unreachable } from '../result/result.ts'
import { formatUtc } from '../text/utc.ts'
import type { Suppression } from './schema.ts'

/** One sentence on why an alert is suppressed. Times are written in UTC. */
export function explainSuppression(suppression: Suppression): string {
  switch (suppression.kind) {
    case 'silence': {
      const by = suppression.createdBy ? ` by ${suppression.createdBy}` : ''
      const until = suppression.endsAt === null ? '' : ` until ${formatUtc(suppression.endsAt)}`
      const comment = suppression.comment ? `: “${suppression.comment}”` : ''
      return `silenced${by}${until}${comment}`
    }
    case 'inhibition':
      return suppression.by ? `inhibited by ${suppression.by}` : 'inhibited by another alert'
    case 'mute':
      return `muted by the time interval ${suppression.id}`
    case 'heartbeat':
      return `heartbeat ${suppression.id}: firing is its normal state`
    case 'not-sent':
      return `dropped by ${suppression.id} of Prometheus, not sent to Alertmanager`
    default:
      return unreachable(suppression)
  }
}
