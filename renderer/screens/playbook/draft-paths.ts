import type { DraftKind } from '#shared/domain/knowledge/draft.ts'

/** Where a drafted file belongs in the playbook. */
export function pathOf(kind: DraftKind, name: string): string {
  return kind === 'plan' ? `plans/${name}.yaml` : `runbooks/${name}.md`
}

/** The names that files of a kind have, of the paths of the playbook. */
export function namesOf(kind: DraftKind, paths: readonly string[]): readonly string[] {
  const form = kind === 'plan' ? /^plans\/([^/]+)\.ya?ml$/ : /^runbooks\/([^/]+)\.md$/
  return paths.flatMap((path) => form.exec(path)?.[1] ?? [])
}
