/** The mark of a fence in Markdown that is longer than any run of backticks in a text: nothing in it can close it. */
export function fenceFor(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0)
  return '`'.repeat(Math.max(3, longest + 1))
}
