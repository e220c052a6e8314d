import type { SharedKinds, SharedPlaybook } from '#electron/playbook/index.ts'
import type { PlaybookRunbook } from '#electron/runbooks/library.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { runbookFormatOf } from '#shared/domain/runbook/entry.ts'
import { runbookIdOfPath } from '#shared/domain/runbook/id.ts'
import { runbookNameOf } from '#shared/domain/runbook/title.ts'

/** What is wrong with a whole file is said at its first line. */
function wordsOf({ line, message }: ConfigProblem): string {
  return line > 1 ? `Line ${String(line)}: ${message}` : message
}

/** The runbooks of the playbook as they are in effect, with the commit where it is a Git one. */
export function playbookRunbooks(
  playbook: Pick<SharedPlaybook<SharedKinds>, 'files' | 'status'>,
): readonly PlaybookRunbook[] {
  const { origin } = playbook.status()
  const commit = origin.kind === 'git' ? (origin.commit?.id ?? null) : null
  return playbook.files('runbook').flatMap(({ path, value, problems }) => {
    const id = runbookIdOfPath(path)
    if (id === null) return []
    const [first] = problems
    return [
      {
        entry: {
          id,
          title: value?.title ?? runbookNameOf(path),
          format: value?.format ?? runbookFormatOf(path),
          origin: {
            kind: 'playbook',
            path,
            version: value && Buffer.from(value.hash, 'hex').toString('base64url'),
            commit,
            problem: first ? wordsOf(first) : null,
          },
          state: value ? 'kept' : 'failed',
          size: value?.size ?? null,
          hash: value?.hash ?? null,
        },
        text: value?.text ?? null,
      },
    ]
  })
}
