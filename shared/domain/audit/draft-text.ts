import { toPrintable } from '../text/printable.ts'

/** Longest id of a drafted file, in UTF-16 units. */
const MAX_ID = 64
/** Longest text of a comment, in UTF-16 units. */
const MAX_COMMENT = 200

/** `KubeAPIErrorBudgetBurn` as `kube-api-error-budget-burn`. */
export function idOf(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_ID)
    .replaceAll(/^-+|-+$/g, '')
  return words === '' ? 'new-plan' : words
}

/** An id that is not among those that are taken: with a number behind it where it is. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id
  for (let number = 2; ; number += 1) {
    const end = `-${String(number)}`
    const next = `${id.slice(0, MAX_ID - end.length)}${end}`
    if (!taken.has(next)) return next
  }
}

/** Cut before it is made printable, and then once more: marks are longer than what they stand for. */
export function cut(text: string, most: number): string {
  const whole = toPrintable(text.slice(0, most))
  return (whole.length > most ? whole.slice(0, most) : whole).trim() || '…'
}

/** True for an id that YAML takes for a text as it is, unlike `0` and `null`. */
export function isPlain(id: string): boolean {
  return /^[a-z]/.test(id) && !['true', 'false', 'null', 'yes', 'no', 'on', 'off'].includes(id)
}

/** Every JSON text is a YAML text. */
export const quoted = (text: string) => JSON.stringify(text)

/** A text in one line, as a comment takes it. */
export function inComment(text: string, most = MAX_COMMENT): string {
  return cut(text.replaceAll(/\s+/g, ' '), most)
}
