/**
 * Names headings as links lead to them (`#roll-back`): small letters, digits, `_` and `-`, as GitHub
 * writes them. The second of the same words is `…-1`.
 *
 * @returns what names the next heading, in the order of the text.
 */
export function headingSlugs(): (heading: string) => string {
  const counts = new Map<string, number>()
  return (heading) => {
    const slug = slugOf(heading)
    const before = counts.get(slug)
    counts.set(slug, (before ?? 0) + 1)
    return before === undefined ? slug : `${slug}-${String(before)}`
  }
}

/** The slug of a heading, or of the place that a link names, which may be written otherwise. */
export function slugOf(text: string): string {
  return decoded(text)
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

function decoded(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
