import { isInternalLabel } from '#shared/domain/alert/object.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'

/** Stand between labels, and between a name and its value: no label has them, they are cleaned away. */
const BETWEEN = '\u0000'
const EQUALS = '\u0001'

/** A label with a value, as it is found. */
export interface KnownLabel {
  readonly name: string
  readonly value: string
  /** `name=value` in small letters. */
  readonly text: string
}

/** The labels of some alerts, each with each of its values once: as texts, which cost little. */
export interface KnownLabels {
  readonly written: string
  /** What is searched: `name=value` in small letters, one behind the other. */
  readonly text: string
}

/**
 * Gathers the labels of an incident's alerts, without what only systems read. Alerts of one incident
 * have most of them in common, so that what is searched is much shorter than what there is.
 */
export function gatherLabels(alerts: readonly Pick<Alert, 'labels'>[]): KnownLabels {
  const found = new Set<string>()
  let written = ''
  let text = ''
  for (const { labels } of alerts) {
    for (const name in labels) {
      const value = labels[name] ?? ''
      if (value === '' || isInternalLabel(name)) continue
      const label = name + EQUALS + value
      // A single alert has each of its labels once.
      if (alerts.length > 1) {
        if (found.has(label)) continue
        found.add(label)
      }
      written += label + BETWEEN
      text += `${name}=${value}${BETWEEN}`
    }
  }
  return { written, text: text.toLowerCase() }
}

/** Those of the labels that fit. */
export function labelsThat(
  { written, text }: KnownLabels,
  fits: (text: string) => boolean,
): readonly KnownLabel[] {
  const found: KnownLabel[] = []
  const all = written.split(BETWEEN)
  text.split(BETWEEN).forEach((each, index) => {
    if (each === '' || !fits(each)) return
    const [name = '', value = ''] = (all[index] ?? '').split(EQUALS)
    found.push({ name, value, text: each })
  })
  return found
}
