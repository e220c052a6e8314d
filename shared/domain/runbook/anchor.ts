/**
 * Gives headings the anchors that GitHub and Hugo make of them: small letters, no punctuation, a
 * dash for a blank, a number for one that is there already.
 */
export function createAnchors(): (title: string) => string {
  const counts = new Map<string, number>()
  return (title) => {
    const base = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-')
    const count = counts.get(base) ?? 0
    counts.set(base, count + 1)
    return count === 0 ? base : `${base}-${String(count)}`
  }
}
