import type { Labels } from '../alert/schema.ts'

/**
 * Labels that name the thing that fails, with the word for one of them. First those that are inside
 * of others: a pod that is scraped has an `instance` as well.
 */
const objectLabels: readonly (readonly [label: string, noun: string])[] = [
  ['container', 'container'],
  ['pod', 'pod'],
  ['pod_name', 'pod'],
  ['deployment', 'deployment'],
  ['statefulset', 'stateful set'],
  ['daemonset', 'daemon set'],
  ['persistentvolumeclaim', 'volume'],
  ['node', 'host'],
  ['host', 'host'],
  ['hostname', 'host'],
  ['nodename', 'host'],
  ['instance', 'host'],
  ['queue', 'queue'],
  ['topic', 'topic'],
  ['device', 'device'],
]

/** The names of the labels that name the thing that fails. */
export const objectLabelNames: readonly string[] = objectLabels.map(([label]) => label)

/**
 * What some alerts are alerts of, as a word for one: the label that is another one on each of them
 * says it. `alert` where none does.
 */
export function nounOf(all: readonly Labels[]): string {
  for (const [label, noun] of objectLabels) {
    const values = new Set<string>()
    for (const labels of all) {
      const value = labels[label]
      if (!value) break
      values.add(value)
    }
    if (values.size === all.length && values.size > 0) return noun
  }
  return 'alert'
}
