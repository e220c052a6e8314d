import { IconReportSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { overdueOf } from '#shared/domain/review/deadlines.ts'
import type { Review } from '#shared/domain/review/schema.ts'
import { Banner } from '../../components/banner.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useTicking } from '../../components/clock.ts'
import { useActions, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'

/** A review that nobody has begun is recalled for this long after the incident was resolved, ms. */
const RECALLED_MS = 7 * 86_400_000

/** So many are named. */
const MAX_NAMED = 2

/** Reviews whose deadlines are overdue: said where somebody looks, and paged to nobody. */
export function ReviewNotice() {
  const actions = useActions()
  const reviews = useMirror(({ watch }) => watch?.reviews)
  const isSaidThere = useUi((ui) => ui.screen === 'incidents' && ui.reviews !== null)
  const [dismissed, setDismissed] = useState('')
  // By id, so that it is the same text as long as the same ones are overdue.
  const overdue = useTicking(({ engineNow }) => {
    const now = engineNow()
    return [...(reviews?.values() ?? [])]
      .filter((review) => isRecalled(review, now))
      .map(({ incidentId }) => incidentId)
      .join(' ')
  })
  if (overdue === '' || overdue === dismissed || isSaidThere) return null
  const found = overdue.split(' ').flatMap((id) => reviews?.get(id) ?? [])
  const [first] = found
  const named = found.slice(0, MAX_NAMED).map(({ title }) => title)
  const more = found.length - named.length
  return (
    <Banner
      tone="warn"
      icon={<IconReportSearch size={18} />}
      title={`${plural(found.length, 'review')} overdue`}
      actions={
        <>
          <TextButton
            onClick={() =>
              actions.showReviews(found.length === 1 ? (first?.incidentId ?? null) : null)
            }
          >
            {found.length === 1 ? 'Open the review' : 'Open the reviews'}
          </TextButton>
          <TextButton onClick={() => setDismissed(overdue)}>Dismiss</TextButton>
        </>
      }
    >
      <p>
        {named.join(', ')}
        {more > 0 ? ` and ${String(more)} more` : ''}
      </p>
    </Banner>
  )
}

function isRecalled(review: Review, now: number): boolean {
  const isBegun = review.openedAt !== null || now - review.resolvedAt < RECALLED_MS
  return isBegun && overdueOf(review, now).length > 0
}
