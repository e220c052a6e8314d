import { toPrintable } from '#shared/domain/text/printable.ts'

/** Longest texts that are handed over, in UTF-16 units; messages are cut before, this is the guard. */
const MAX_TITLE = 240
const MAX_BODY = 2_000

/** A title in one line. Never empty: notify-send refuses an empty one. */
export function cleanTitle(title: string): string {
  return oneLine(toPrintable(unifyLines(title), MAX_TITLE)) || 'Deckwatch'
}

/** A body without deceptive characters; newlines stay. */
export function cleanBody(body: string): string {
  return toPrintable(unifyLines(body), MAX_BODY).trim()
}

/** A short name, such as a tag, in one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** Makes plain text of what a server would take for markup. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** notify-send reads `\n`, `\101` and a last `\` of a body in C's way; doubled ones stay as they are. */
export function escapeBackslashes(text: string): string {
  return text.replaceAll('\\', '\\\\')
}

function unifyLines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n')
}
