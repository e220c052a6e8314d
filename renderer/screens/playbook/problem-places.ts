import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { PlaybookFacts } from '#shared/contract/playbook.ts'

/** A problem with its file as the playbook names it; null for one that is of no known file. */
export interface PlacedProblem extends ConfigProblem {
  readonly path: string | null
}

/** Finds the file of each problem: problems name it by where it is on the machine. */
export function placedProblems({
  problems,
  files,
}: Pick<PlaybookFacts, 'problems' | 'files'>): readonly PlacedProblem[] {
  return problems.map((problem) => ({ ...problem, path: pathOf(problem.file, files) }))
}

/** The file of a problem as the playbook names it. */
export function pathOf(file: string, files: readonly { readonly path: string }[]): string | null {
  const plain = file.replaceAll('\\', '/')
  const found = files.find(({ path }) => plain === path || plain.endsWith(`/${path}`))
  return found?.path ?? null
}
