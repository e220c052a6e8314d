import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Outgoing } from './external-labels.ts'
import { relabel } from './relabel.ts'

/** The labels of an alert as its Alertmanager gets them. */
export interface OutgoingLabels {
  readonly labels: Labels
  /** The rule that keeps it from being sent; null when it is. Its labels are those before the rules. */
  readonly droppedBy: string | null
  /** What the labels were without relabelling and with empty ones, where that differs. */
  readonly before: Labels | null
}

/** Adds external labels where an alert has none of that name, relabels, and drops empty labels. */
export function outgoingLabels(
  labels: Labels,
  { externalLabels, relabelling: { rules } }: Outgoing,
): OutgoingLabels {
  const before = { ...externalLabels, ...labels }
  if (rules.length === 0 && !hasEmpty(before))
    return { labels: before, droppedBy: null, before: null }
  const sent = relabel(before, rules)
  if ('droppedBy' in sent) {
    const { place, action } = sent.droppedBy
    const whole = relabel(before, [])
    return {
      labels: 'labels' in whole ? whole.labels : before,
      droppedBy: `${place} (${action})`,
      before: hasEmpty(before) ? before : null,
    }
  }
  return {
    labels: sent.labels,
    droppedBy: null,
    before: isSame(before, sent.labels) ? null : before,
  }
}

function hasEmpty(labels: Labels): boolean {
  for (const name in labels) if (labels[name] === '') return true
  return false
}

function isSame(a: Labels, b: Labels): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

const texts = new WeakMap<Outgoing, string>()

/** A text that is the same for the same treatment of labels. */
export function outgoingText(outgoing: Outgoing): string {
  const known = texts.get(outgoing)
  if (known !== undefined) return known
  const { externalLabels, relabelling } = outgoing
  const rules = relabelling.rules.map(({ expression, modulus, ...rule }) => [
    rule,
    expression.text,
    String(modulus),
  ])
  // Without rules it is what it was before there were any.
  const text = JSON.stringify(rules.length === 0 ? externalLabels : [externalLabels, rules])
  texts.set(outgoing, text)
  return text
}
