import type { Code, Step } from './schema.ts'

/** The commands and queries of a step in the order of the text: what can be filled in and run. */
export function codesOf({
  commands,
  queries,
}: Pick<Step, 'commands' | 'queries'>): readonly Code[] {
  return [...commands, ...queries].toSorted((a, b) => a.start - b.start)
}
