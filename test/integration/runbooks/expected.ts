import type { Phase } from '#shared/domain/runbook/schema.ts'

/**
 * What an engineer takes from a page: its phase, its title (`…` stands for the rest of a long one),
 * how many commands and queries it has, and the names of what is to be filled in.
 */
export type ExpectedStep = readonly [
  phase: Phase | null,
  title: string,
  commands: number,
  queries: number,
  ...placeholders: string[],
]

/** Steps by the path of their page. */
export type ExpectedPages = Readonly<Record<string, readonly ExpectedStep[]>>
