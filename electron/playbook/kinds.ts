import { configurationKind } from './configuration/kind.ts'
import type { FileKinds } from './file-kind.ts'

/**
 * Every kind of file that a playbook has.
 *
 * @param configurationFile the name of the configuration, usually `deckwatch.yaml`; the command line
 *   may name another.
 */
export function playbookKinds(configurationFile: string) {
  return { configuration: configurationKind(configurationFile) } as const satisfies FileKinds
}
