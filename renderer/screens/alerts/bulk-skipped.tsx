import type { BulkPlan } from './bulk.ts'
import { plural } from '../../text/plural.ts'

interface BulkSkippedProps {
  readonly plan: BulkPlan
}

/** Incidents of the chosen alerts that are left as they are, and why. */
export function BulkSkipped({ plan }: BulkSkippedProps) {
  return plan.skipped.map(({ reason, incidents }) => (
    <p key={reason}>
      {plural(incidents, 'incident')} skipped: {reason}
    </p>
  ))
}
