import type { Labels } from '#shared/domain/alert/schema.ts'

/** Labels that name what an alert is about, the narrowest first. */
const objects = [
  'pod',
  'deployment',
  'statefulset',
  'daemonset',
  'job_name',
  'persistentvolumeclaim',
  'container',
  'node',
  'host',
  'device',
  'instance',
  'service',
] as const

/** What an alert is about, in a word: `shop/cart-6c9f7d8b4c-k1tln`; empty where no label says so. */
export function objectOf(labels: Labels): string {
  const name = objects.map((each) => labels[each]).find((value) => value)
  const namespace = labels['namespace']
  if (!name) return namespace ?? ''
  return namespace ? `${namespace}/${name}` : name
}
