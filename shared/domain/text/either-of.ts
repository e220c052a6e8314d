const list = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/** `a`, `a or b`, `a, b or c`. */
export function eitherOf(parts: readonly string[]): string {
  return list.format(parts)
}
