import { isInternalLabel } from '#shared/domain/alert/object.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { derivedFrom } from './derived-from.ts'

type Groups = readonly Incident['group'][]

/** The groups of the incidents that are not closed, by alert name. */
const groupsByName = derivedFrom((incidents: ReadonlyMap<string, Incident>) => {
  const names = new Map<string, Incident['group'][]>()
  for (const { group, status } of incidents.values()) {
    if (status === 'closed') continue
    const name = group['alertname'] ?? ''
    const known = names.get(name)
    if (known) known.push(group)
    else names.set(name, [group])
  }
  return names
})

/** The labels by which these groups differ: all are compared with the first. */
const differences = derivedFrom((groups: Groups) => {
  const differ = new Set<string>()
  const [first = {}, ...others] = groups
  for (const group of others) {
    for (const label in group) if (group[label] !== first[label]) differ.add(label)
    for (const label in first) if (group[label] !== first[label]) differ.add(label)
  }
  return differ
})

/**
 * What sets an incident apart from others of its alert name, such as its cluster: the values of the
 * grouping labels by which these differ. Empty where nothing does. Costs one walk over all incidents,
 * and for each name that is asked for one over its own.
 */
export function apartBy(
  incidents: ReadonlyMap<string, Incident>,
  { group }: Pick<Incident, 'group'>,
): string {
  const alike = groupsByName(incidents).get(group['alertname'] ?? '')
  if (alike === undefined || alike.length < 2) return ''
  const differ = differences(alike)
  return Object.entries(group)
    .filter(([name, value]) => value !== '' && differ.has(name) && !isInternalLabel(name))
    .map(([, value]) => value)
    .join(' · ')
}
