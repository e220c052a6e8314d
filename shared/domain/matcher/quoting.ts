/** A name of a label that needs no quotes. */
const plainName = /^[a-zA-Z_:][a-zA-Z0-9_:.-]*$/

/**
 * What stands between the quotes of a matcher. Alertmanager knows three escapes; before any other
 * character the backslash means itself, so that `"web\d+"` is the expression `web\d+`.
 */
export function unquote(text: string): string {
  return text.replace(/\\([n"\\])/g, (_, char: string) => (char === 'n' ? '\n' : char))
}

/** The name of a label as it stands before an operator: in quotes where it is no identifier. */
export function quoteName(name: string): string {
  return plainName.test(name) ? name : quote(name)
}

/** The text in quotes, so that {@link unquote} gives it back. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
