import { z } from 'zod'
import { reviewDocumentSchema, type ReviewDocument } from '#shared/domain/review/document.ts'

const localReviewSchema = z.object({
  /** The revision that it was edited from, and its text: what others changed is told by it. */
  revision: z.number(),
  base: reviewDocumentSchema,
  document: reviewDocumentSchema,
  /** What was sent to be saved last; once that is saved, it is what others' changes count from. */
  sent: reviewDocumentSchema.nullable().default(null),
})

/** A review as it is being edited on this computer, and not saved yet. */
export type LocalReview = Readonly<z.infer<typeof localReviewSchema>>

/** Under which key of the drafts that are kept on this computer it lies. */
export function localReviewKey(incidentId: string): string {
  return `review ${incidentId}`
}

/** Reads what was kept; null where there is nothing, or a version of this page wrote it that is no more. */
export function readLocalReview(text: string | undefined): LocalReview | null {
  if (text === undefined || text === '') return null
  try {
    return localReviewSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Writes it as it is kept; empty where nothing differs from what is saved. */
export function writeLocalReview(local: LocalReview): string {
  return isSameReview(local.base, local.document) ? '' : JSON.stringify(local)
}

/** True where both say the same. */
export function isSameReview(a: ReviewDocument, b: ReviewDocument): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
