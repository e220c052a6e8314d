import { isActive, type Alert } from '../alert/schema.ts'
import { unknownWordOf } from '../severity/unknown-words.ts'

/** The spellings of the unknown severity words of those alerts that are active and not suppressed. */
export function askingWords(alerts: Iterable<Alert>): readonly string[] {
  const words = new Set<string>()
  for (const alert of alerts) {
    if (!isActive(alert) || alert.suppression.length > 0) continue
    const word = unknownWordOf(alert)
    if (word) words.add(word.spelling)
  }
  return [...words]
}
