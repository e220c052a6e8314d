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

/** How the groups of one alert name can be told apart. */
interface Differences {
  /** The labels by which they differ: all are compared with the first. */
  readonly differ: ReadonlySet<string>
  /** Groups that several incidents have, as text: only their realms differ. */
  readonly twins: ReadonlySet<string>
}

/** The same for equal groups. An incident's group never changes: its text is made once. */
const textOf = derivedFrom((group: Incident['group']) =>
  JSON.stringify(Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1))),
)

const differences = derivedFrom((groups: Groups): Differences => {
  const differ = new Set<string>()
  const seen = new Set<string>()
  const twins = new Set<string>()
  for (const group of groups) {
    const text = textOf(group)
    if (seen.has(text)) twins.add(text)
    seen.add(text)
  }
  const [first = {}, ...others] = groups
  for (const group of others) {
    for (const label in group) if (group[label] !== first[label]) differ.add(label)
    for (const label in first) if (group[label] !== first[label]) differ.add(label)
  }
  return { differ, twins }
})

/**
 * What sets an incident apart from others of its alert name, such as its cluster: the values of the
 * grouping labels by which these differ, and its realm where another realm has the very same group.
 * Empty where nothing does. Costs one walk over all incidents, and for each name that is asked for
 * one over its own.
 *
 * @param realm of its alerts; null for the default one.
 */
export function apartBy(
  incidents: ReadonlyMap<string, Incident>,
  { group }: Pick<Incident, 'group'>,
  realm: string | null = null,
): string {
  const alike = groupsByName(incidents).get(group['alertname'] ?? '')
  if (alike === undefined || alike.length < 2) return ''
  const { differ, twins } = differences(alike)
  const values = Object.entries(group)
    .filter(([name, value]) => value !== '' && differ.has(name) && !isInternalLabel(name))
    .map(([, value]) => value)
  return (twins.has(textOf(group)) ? [realm ?? 'default', ...values] : values).join(' · ')
}
