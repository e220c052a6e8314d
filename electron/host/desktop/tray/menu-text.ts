import { toPrintable } from '#shared/domain/text/printable.ts'

/** Longest line of a menu, in UTF-16 units: wider ones push the menu off the screen. */
const MAX_MENU = 72

/** A text from outside in one line, without characters that deceive, cut with an ellipsis. */
export function oneLine(text: string, max: number): string {
  // Cut before and after: a long text need not be scanned, and a replaced character grows.
  const clean = toPrintable(text.slice(0, 4 * max).toWellFormed(), 4 * max)
    .replaceAll(/\s+/g, ' ')
    .trim()
  return clean.length <= max ? clean : `${clean.slice(0, max - 1).toWellFormed()}…`
}

/** A text from outside as the label of a menu item: `&` would mark a key and disappear. */
export function menuText(text: string): string {
  return oneLine(text, MAX_MENU).replaceAll('&', '&&')
}
