/** Rows of a table that are named. */
const MAX_NAMED = 5

/** `NAME`, `%CPU`, `MAJ:MIN`, `MEMORY(bytes)`: what stands above a column. */
const COLUMN = /^[A-Z%#][A-Z0-9%#/_:.+-]*(?:\([A-Za-z/%]+\))?$/

/**
 * The line that says most of an output: its last one that has words. Where that is a row of a table,
 * below a header of capitals such as `NAME   READY   STATUS`, how many rows there are and what stands
 * in their first column. Empty without words. Pure.
 *
 * @param longest of the line, in UTF-16 units.
 */
export function summaryLine(output: string, longest: number): string {
  const lines = output.trimEnd().split(/\r?\n/)
  const line = tableLine(lines, longest) ?? inOneLine(lines.at(-1) ?? '')
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** What a table at the end of some lines says; null where they end in none. */
function tableLine(lines: readonly string[], longest: number): string | null {
  // Several tables are parted by blank lines: the last one counts, as the last line does.
  const table = lines.slice(lines.findLastIndex((line) => line.trim() === '') + 1)
  const top = table.findLastIndex(isHeader)
  const header = table[top]
  const rows = table.slice(top + 1)
  if (header === undefined || rows.length === 0) return null
  const columns = placesOf(header)
  if (!rows.every((row) => isBelow(columns, row))) return null
  const [first = ''] = rows
  if (rows.length === 1) return `1 row: ${inOneLine(first)}`
  const names = [...new Set(rows.map((row) => /\S+/.exec(row)?.[0] ?? ''))]
  return named(`${String(rows.length)} rows: `, names, longest)
}

/** `12 rows: web-1, web-2, …`: as many names as there is room for, at least one. */
function named(lead: string, names: readonly string[], longest: number): string {
  let line = ''
  for (const [index, name] of names.entries()) {
    const longer = line === '' ? `${lead}${name}` : `${line}, ${name}`
    const hasRoom = longer.length + ', …'.length <= longest
    if (index > 0 && (index >= MAX_NAMED || !hasRoom)) return `${line}, …`
    line = longer
  }
  return line
}

/** More than one blank within a line: sentences have one between their words, columns have more. */
const GAP = /\S {2,}\S/

/** Two words at least, all of capitals, and parted as columns are. */
function isHeader(line: string): boolean {
  const words = line.trim().split(/ +/)
  return words.length > 1 && words.every((word) => COLUMN.test(word)) && GAP.test(line)
}

interface Places {
  readonly starts: ReadonlySet<number>
  readonly ends: ReadonlySet<number>
}

/** Where the words of a line begin and end, but for its first one. */
function placesOf(line: string): Places {
  const words = [...line.matchAll(/\S+/g)].slice(1)
  return {
    starts: new Set(words.map(({ index }) => index)),
    ends: new Set(words.map(({ index, 0: word }) => index + word.length)),
  }
}

/** Whether a line is a row: a word behind its first begins or ends where a column does. */
function isBelow(columns: Places, row: string): boolean {
  const { starts, ends } = placesOf(row)
  const isAligned =
    [...starts].some((place) => columns.starts.has(place)) ||
    [...ends].some((place) => columns.ends.has(place))
  return isAligned && GAP.test(row)
}
