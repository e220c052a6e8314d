import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { unknownWordOf } from '#shared/domain/severity/unknown-words.ts'

/**
 * The severity words that nothing maps, with how many active alerts have each in whatever spelling;
 * the most first.
 */
export function unknownWords(
  alerts: Iterable<Alert>,
): readonly { readonly word: string; readonly alerts: number }[] {
  const counts = new Map<string, { readonly word: string; alerts: number }>()
  for (const alert of alerts) {
    const unknown = isActive(alert) ? unknownWordOf(alert) : null
    if (!unknown) continue
    const known = counts.get(unknown.spelling)
    if (known) known.alerts += 1
    else counts.set(unknown.spelling, { word: unknown.word, alerts: 1 })
  }
  return [...counts.values()].sort((a, b) => b.alerts - a.alerts || (a.word < b.word ? -1 : 1))
}
