/** Lists and quotes within each other that a runbook of a person never has. */
const MAX_DEPTH = 24

/** Columns that a level of a list is indented by at least. */
const COLUMNS_A_LEVEL = 2

/**
 * True for Markdown whose lists and quotes are nested so deep that to lay it out takes seconds, or
 * more than the stack. Looks at the lines only: what is in code counts as well.
 */
export function isNestedTooDeep(markdown: string): boolean {
  for (const [lead = ''] of markdown.matchAll(/^[ \t>*+\-\d.)]+/gm)) {
    const markers = lead.match(/>|(?:[*+-]|\d[.)])(?=[ \t])/g)?.length ?? 0
    if (markers > MAX_DEPTH) return true
    const columns = markers === 0 ? 0 : (/^[ \t]*/.exec(lead)?.[0].length ?? 0)
    if (markers + columns / COLUMNS_A_LEVEL > 2 * MAX_DEPTH) return true
  }
  return false
}
