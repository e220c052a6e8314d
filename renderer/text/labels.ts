import { alertName, type Alert, type Labels } from '#shared/domain/alert/schema.ts'

/** A name and a value, in the order in which they are shown. */
export type LabelPair = readonly [name: string, value: string]

/** Where something is: the service and the cluster where they are known, else what the group has. */
export function placeOf(group: Labels): string {
  const known = ['service', 'cluster'].map((name) => group[name]).filter(Boolean)
  if (known.length > 0) return known.join(' · ')
  return Object.entries(group)
    .filter(([name, value]) => name !== 'alertname' && value !== '')
    .map(([, value]) => value)
    .join(' · ')
}

/** The labels that tell an alert from the others of its incident, without its severity and name. */
export function distinguishingLabels(alert: Pick<Alert, 'labels'>, group: Labels): LabelPair[] {
  return Object.entries(alert.labels).filter(
    ([name, value]) => name !== 'alertname' && name !== 'severity' && group[name] !== value,
  )
}

/** The alert's name where the group does not say it already; null where it does. */
export function nameBesideGroup(alert: Pick<Alert, 'labels'>, group: Labels): string | null {
  return group['alertname'] === alert.labels['alertname'] ? null : alertName(alert.labels)
}

/** Labels as one text, in the form that matchers are written in. */
export function formatLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return `{${pairs.join(', ')}}`
}
