import type { Place } from '#shared/domain/audit/rule.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'

/** Longest text that stands in a cell or a line, in UTF-16 units. */
const MAX_CELL = 300

/** `rules/app.yaml:12`; a dash where nothing is known. */
export function placeWords(place: Place | null): string {
  if (!place) return '–'
  return place.line === null
    ? inOneLine(place.file)
    : `${inOneLine(place.file)}:${String(place.line)}`
}

/** A text from outside on one line, without what could move a cursor. */
export function inOneLine(text: string, most = MAX_CELL): string {
  return toPrintable(text, most).replaceAll(/\s+/g, ' ').trim()
}

/** `1 alert`, `2 alerts`. */
export function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`
}
