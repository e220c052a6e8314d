import { IconCheck, IconDownload, IconPrinter, IconWorldUpload } from '@tabler/icons-react'
import { useState } from 'react'
import type { NamedPerson } from '#shared/domain/review/blameless.ts'
import { withoutNames } from '#shared/domain/review/blameless.ts'
import type { ReviewDocument } from '#shared/domain/review/document.ts'
import {
  emptySectionsOf,
  publishedOf,
  type PublishedReview,
} from '#shared/domain/review/published.ts'
import type { Review } from '#shared/domain/review/schema.ts'
import { sectionNames } from '#shared/domain/review/section.ts'
import { reviewToHtml } from '#shared/domain/review/to-html.ts'
import { reviewToMarkdown } from '#shared/domain/review/to-markdown.ts'
import { fileNameOf } from '#shared/domain/summary/file-name.ts'
import { CheckField } from '../../components/fields/controls.tsx'
import { Instant } from '../../components/instant.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { saveBytes, saveFile } from '../../parts/take-along/save-file.ts'
import { printReview } from './print-review.ts'
import styles from './publish-panel.module.css'

interface PublishPanelProps {
  readonly review: Review
  readonly document: ReviewDocument
  /** Whose names may be in it, beside those that it lists. */
  readonly people: readonly NamedPerson[]
  /** Why it cannot be published now; null when it can. */
  readonly refusedBecause: string | null
  /** True while all of it is saved. */
  readonly isSaved: boolean
  readonly onPublish: () => void
}

/** Says that a revision counts, and takes it out as a file: with names, or with roles in their place. */
export function PublishPanel({
  review,
  document,
  people,
  refusedBecause,
  isSaved,
  onPublish,
}: PublishPanelProps) {
  const { client } = useCockpit()
  const [isBlameless, setBlameless] = useState(true)
  const { published } = review
  const isPublished = published?.revision === review.revision
  const empty = emptySectionsOf(document)
  const compose = (): PublishedReview =>
    publishedOf(isBlameless ? withoutNames(document, people) : document, review)
  const nameOf = (extension: 'md' | 'html' | 'pdf') =>
    fileNameOf(
      { title: document.title, startedAt: review.resolvedAt, isDrill: document.isDrill },
      extension,
      'review',
    )
  /** A host that makes PDF files makes one of what is saved; else the page prints what is shown. */
  const toPdf = async () => {
    const names = isBlameless ? 'roles' : 'kept'
    const made = isSaved
      ? await client.request('review.pdf', { incidentId: review.incidentId, names })
      : null
    if (made?.ok) {
      const bytes = Uint8Array.from(atob(made.value.pdf), (char) => char.charCodeAt(0))
      saveBytes(nameOf('pdf'), bytes, 'application/pdf')
    } else printReview(compose())
  }
  return (
    <section className={styles.panel} aria-labelledby="publish-title">
      <h3 id="publish-title" className={styles.title} tabIndex={-1}>
        Publish
      </h3>
      <p className={styles.soft}>
        {published ? (
          <>
            Revision {published.revision} was published{' '}
            <Instant at={published.at} precision="minute" />
            {published.revision < review.revision ? '; the text was changed since.' : '.'}
          </>
        ) : (
          'Not published yet. Publishing records which revision counts; files can be made at any time.'
        )}
      </p>
      <CheckField
        label="Names become roles in the files"
        checked={isBlameless}
        onChange={setBlameless}
      />
      {empty.length === 0 ? null : (
        <p id="publish-empty" className={styles.soft}>
          Nothing is written in: {empty.map((id) => sectionNames[id]).join(', ')}.
        </p>
      )}
      <div className={styles.buttons}>
        <button
          type="button"
          className={styles.publish}
          disabled={refusedBecause !== null}
          // Not `disabled`: the focus stays on it once it is pressed.
          aria-disabled={isPublished}
          aria-describedby={empty.length === 0 ? undefined : 'publish-empty'}
          title={refusedBecause ?? undefined}
          onClick={() => {
            if (!isPublished) onPublish()
          }}
        >
          {isPublished ? (
            <IconCheck size={16} aria-hidden="true" />
          ) : (
            <IconWorldUpload size={16} aria-hidden="true" />
          )}
          {isPublished
            ? `Revision ${String(review.revision)} is published`
            : `Publish revision ${String(review.revision)}`}
        </button>
        <SmallButton
          onClick={() => saveFile(nameOf('md'), reviewToMarkdown(compose()), 'text/markdown')}
        >
          <IconDownload size={15} aria-hidden="true" /> Markdown
        </SmallButton>
        <SmallButton onClick={() => saveFile(nameOf('html'), reviewToHtml(compose()), 'text/html')}>
          <IconDownload size={15} aria-hidden="true" /> HTML
        </SmallButton>
        <SmallButton onClick={() => void toPdf()}>
          <IconPrinter size={15} aria-hidden="true" /> PDF
        </SmallButton>
      </div>
      {refusedBecause === null ? null : <p className={styles.soft}>{refusedBecause}</p>}
    </section>
  )
}
