import type { Comparison } from './listing.ts'

/** Says how many alerts of an answer have something that cannot be read; nothing when none has. */
export function unreadableFindings(
  comparison: Pick<Comparison, 'rejections' | 'moreRejections'>,
): readonly string[] {
  const { rejections, moreRejections } = comparison
  const [first] = rejections
  if (!first) return []
  return [
    `${String(rejections.length + moreRejections)} things in the answer could not be read, such as ${first.where}: ${first.reason}`,
  ]
}
