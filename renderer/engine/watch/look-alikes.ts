import { isInternalLabel } from '#shared/domain/alert/object.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { derivedFrom } from './derived-from.ts'

const nothing: ReadonlySet<string> = new Set()

const byName = derivedFrom((incidents: ReadonlyMap<string, Incident>) => {
  const names = new Map<
    string,
    { readonly first: Incident['group']; readonly differ: Set<string> }
  >()
  for (const { group, status } of incidents.values()) {
    if (status === 'closed') continue
    const name = group['alertname'] ?? ''
    const known = names.get(name)
    if (known === undefined) {
      names.set(name, { first: group, differ: new Set() })
      continue
    }
    const { first, differ } = known
    for (const label in group) if (group[label] !== first[label]) differ.add(label)
    for (const label in first) if (group[label] !== first[label]) differ.add(label)
  }
  return names
})

/**
 * The grouping labels by which incidents of one alert name differ: without them their lines look
 * alike. All incidents are compared with the first of their name, so it costs one walk.
 */
export function differingLabels(
  incidents: ReadonlyMap<string, Incident>,
  { group }: Pick<Incident, 'group'>,
): ReadonlySet<string> {
  return byName(incidents).get(group['alertname'] ?? '')?.differ ?? nothing
}

/** What sets an incident apart from others of its alert name, such as its cluster; may be empty. */
export function apartBy(
  incidents: ReadonlyMap<string, Incident>,
  { group }: Pick<Incident, 'group'>,
): string {
  const differ = differingLabels(incidents, { group })
  if (differ.size === 0) return ''
  return Object.entries(group)
    .filter(([name, value]) => value !== '' && differ.has(name) && !isInternalLabel(name))
    .map(([, value]) => value)
    .join(' · ')
}
