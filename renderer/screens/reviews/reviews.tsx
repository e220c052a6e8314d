import { useUi } from '../../engine/cockpit/context.ts'
import { ReviewList } from './review-list.tsx'
import { ReviewPage } from './review-page.tsx'

/** The reviews of incidents: all that are wanted or written, or one of them as a page. */
export function Reviews() {
  const incidentId = useUi(({ reviews }) => reviews?.incidentId ?? null)
  const isFromIncident = useUi(({ reviews }) => reviews?.isFromIncident === true)
  return incidentId === null ? (
    <ReviewList />
  ) : (
    <ReviewPage key={incidentId} incidentId={incidentId} isFromIncident={isFromIncident} />
  )
}
