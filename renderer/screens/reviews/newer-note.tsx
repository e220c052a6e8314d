import { IconUsers } from '@tabler/icons-react'
import { mergeReviews } from '#shared/domain/review/merge.ts'
import type { ReviewDocument } from '#shared/domain/review/document.ts'
import type { Review } from '#shared/domain/review/schema.ts'
import { Age } from '../../components/age.tsx'
import { Banner } from '../../components/banner.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { whoIs } from '../../text/who.ts'
import type { LocalReview } from './local-review.ts'

interface NewerNoteProps {
  readonly review: Review
  readonly newer: { readonly document: ReviewDocument; readonly local: LocalReview }
  readonly onGoOnWith: (document: ReviewDocument) => void
}

/** Somebody saved while this was being edited: who and when, and what to do; nothing is lost by it. */
export function NewerNote({ review, newer, onGoOnWith }: NewerNoteProps) {
  const reader = useMirror(({ status }) => readerOf(status))
  const { document, local } = newer
  const merged = mergeReviews(local.base, local.document, document)
  const who = review.saved ? whoIs(review.saved.by, reader) : 'Somebody'
  const parts = [...new Set(merged.conflicts.map(({ part }) => part))]
  return (
    <Banner
      tone="warn"
      icon={<IconUsers size={18} />}
      title={
        <>
          {who === 'you' ? 'You, on another page,' : who} saved revision {review.revision}
          {review.saved ? (
            <>
              {' '}
              <Age since={review.saved.at} /> ago
            </>
          ) : null}
          , while you were editing
        </>
      }
      actions={
        <>
          <TextButton onClick={() => onGoOnWith(merged.document)}>Put both together</TextButton>
          <TextButton onClick={() => onGoOnWith(document)}>Discard mine</TextButton>
        </>
      }
    >
      <p>
        {parts.length === 0
          ? 'You changed different parts: both fit together. Save again afterwards.'
          : `Both of you changed ${parts.join(', ')}: yours is kept there, all else is taken from both.`}
      </p>
    </Banner>
  )
}
