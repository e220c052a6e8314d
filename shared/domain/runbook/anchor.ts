/**
 * The anchor that GitHub and Hugo make of a heading: small letters, no punctuation, a dash for a
 * blank. What a link names is made the same, as it may be written otherwise.
 */
export function anchorOf(title: string): string {
  return title
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\-\s]/gu, '')
    .replaceAll(/\s/g, '-')
}

/** Gives the headings of a text their anchors, in their order; one that is there already gets a number. */
export function createAnchors(): (title: string) => string {
  const counts = new Map<string, number>()
  return (title) => {
    const base = anchorOf(title)
    const count = counts.get(base) ?? 0
    counts.set(base, count + 1)
    return count === 0 ? base : `${base}-${String(count)}`
  }
}
