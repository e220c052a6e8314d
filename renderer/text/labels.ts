import { isInternalLabel, labelRank } from '#shared/domain/alert/object.ts'
import { alertName, type Alert, type Labels } from '#shared/domain/alert/schema.ts'

/** A name and a value, in the order in which they are shown. */
export type LabelPair = readonly [name: string, value: string]

/** Where something is: the service and the cluster where they are known, else what the group has. */
export function placeOf(group: Labels): string {
  const known = ['service', 'cluster'].map((name) => group[name]).filter(Boolean)
  if (known.length > 0) return known.join(' · ')
  return Object.entries(group)
    .filter(([name, value]) => name !== 'alertname' && value !== '' && !isInternalLabel(name))
    .map(([, value]) => value)
    .join(' · ')
}

const natural = new Intl.Collator('en', { numeric: true })

/** Labels by name, as people count: `label_2` before `label_10`; what only systems read comes last. */
export function sortedLabels(labels: Labels): LabelPair[] {
  return Object.entries(labels).sort(
    ([a], [b]) => Number(isInternalLabel(a)) - Number(isInternalLabel(b)) || natural.compare(a, b),
  )
}

/**
 * The labels that a line has room for: what the alert is about first, so that this is not what is
 * cut; without what has a column of its own or is read by systems only.
 */
export function tellingLabels(labels: Labels): LabelPair[] {
  return Object.entries(labels)
    .filter(([name]) => name !== 'alertname' && name !== 'severity' && !isInternalLabel(name))
    .sort(([a], [b]) => labelRank(a) - labelRank(b) || natural.compare(a, b))
}

/** The rank from which on a label says nothing to a person: who measured it, and numbers of systems. */
const UNTELLING = 4_000

/** What the alerts of an incident have in common, and by what they differ. */
export interface LabelContrast {
  /** On all of them with the same value; empty for one alert, which has nobody to share with. */
  readonly shared: readonly LabelPair[]
  /** The names of the others, first those that tell most of the alerts apart. */
  readonly differing: readonly string[]
}

/**
 * Compares the labels of an incident's alerts, without the severity, which has a column of its own,
 * what only systems read, and what the group and the alert's name say already.
 */
export function contrastLabels(
  alerts: readonly Pick<Alert, 'labels'>[],
  group: Labels,
): LabelContrast {
  const found = new Map<string, { readonly values: Set<string>; count: number }>()
  for (const { labels } of alerts) {
    for (const [name, value] of Object.entries(labels)) {
      if (name === 'alertname' || name === 'severity' || group[name] === value) continue
      if (isInternalLabel(name)) continue
      const known = found.get(name)
      if (known) {
        known.values.add(value)
        known.count += 1
      } else found.set(name, { values: new Set([value]), count: 1 })
    }
  }
  const shared: LabelPair[] = []
  const differing: { readonly name: string; readonly values: number }[] = []
  for (const [name, { values, count }] of found) {
    const [value] = values
    if (value !== undefined && values.size === 1 && count === alerts.length && alerts.length > 1) {
      shared.push([name, value])
    } else differing.push({ name, values: values.size })
  }
  return {
    shared: shared.sort(([a], [b]) => natural.compare(a, b)),
    differing: differing
      .sort(
        (a, b) =>
          Number(labelRank(a.name) >= UNTELLING) - Number(labelRank(b.name) >= UNTELLING) ||
          b.values - a.values ||
          labelRank(a.name) - labelRank(b.name) ||
          natural.compare(a.name, b.name),
      )
      .map(({ name }) => name),
  }
}

/** The labels that tell an alert from the others of its incident, the most telling first. */
export function distinguishingLabels(
  { labels }: Pick<Alert, 'labels'>,
  { differing }: LabelContrast,
): LabelPair[] {
  return differing.flatMap((name): LabelPair[] => {
    const value = labels[name]
    return value === undefined ? [] : [[name, value]]
  })
}

/** The alert's name where the group does not say it already; null where it does. */
export function nameBesideGroup(alert: Pick<Alert, 'labels'>, group: Labels): string | null {
  return group['alertname'] === alert.labels['alertname'] ? null : alertName(alert.labels)
}

/** Labels as one text, in the form that matchers are written in. */
export function formatLabels(labels: Labels): string {
  const pairs = sortedLabels(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return `{${pairs.join(', ')}}`
}
