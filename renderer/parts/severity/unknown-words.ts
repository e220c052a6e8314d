import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { unknownWordOf } from '#shared/domain/severity/unknown-words.ts'

/** The severity words that nothing maps, with how many active alerts have each; the most first. */
export function unknownWords(
  alerts: Iterable<Alert>,
): readonly { readonly word: string; readonly alerts: number }[] {
  const counts = new Map<string, number>()
  for (const alert of alerts) {
    const unknown = isActive(alert) ? unknownWordOf(alert) : null
    if (unknown) counts.set(unknown.word, (counts.get(unknown.word) ?? 0) + 1)
  }
  return [...counts]
    .map(([word, count]) => ({ word, alerts: count }))
    .sort((a, b) => b.alerts - a.alerts || (a.word < b.word ? -1 : 1))
}
