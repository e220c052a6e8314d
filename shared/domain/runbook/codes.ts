import type { Code, Step } from './schema.ts'

/** What can be filled in and run of a step, in the order of the text: commands, queries and checks. */
export function codesOf({
  commands,
  queries,
  probes,
}: Pick<Step, 'commands' | 'queries' | 'probes'>): readonly Code[] {
  return [...commands, ...queries, ...probes].toSorted((a, b) => a.start - b.start)
}
