import type { Comparison } from './listing.ts'

/** Says how many alerts of an answer have something that cannot be read; nothing when none has. */
export function unreadableFindings(
  comparison: Pick<Comparison, 'rejections' | 'moreRejections'>,
): readonly string[] {
  const { rejections, moreRejections } = comparison
  const [first] = rejections
  if (!first) return []
  const count = rejections.length + moreRejections
  const things = count === 1 ? '1 thing' : `${String(count)} things, such as`
  return [`could not be read in the answer: ${things} at ${first.where}: ${first.reason}`]
}
