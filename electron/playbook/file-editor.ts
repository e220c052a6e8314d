import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import type { ConfigProblem, SettingsOutcome } from '#shared/contract/index.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { FileKind } from './file-kind.ts'
import { readPlaybookText } from './read-text.ts'
import { replaceFile } from './replace.ts'

/** A playbook file as it is at this moment. */
export interface FileNow<Value> {
  readonly isPresent: boolean
  readonly version: string
  readonly problems: readonly ConfigProblem[]
  /** Null when there is no file or it is broken. */
  readonly value: Value | null
}

/** Why a change cannot be made, in words, with the places in the file that it is about. */
export interface EditRefusal {
  readonly reason: 'broken' | 'not-valid' | 'not-editable'
  readonly message: string
  readonly hint: string
  readonly problems: readonly ConfigProblem[]
  /** The field of the change that it is about; left out where it is about none. */
  readonly field?: string
}

/** Reads and changes one file of a playbook. Changes wait for each other. */
export interface FileEditor<Value> {
  read(): Promise<FileNow<Value>>
  /**
   * Makes one change, if the file is still the version that was read.
   *
   * @param edit makes the new text of the old one, which is null when there is no file.
   * @param settle called after the file was written; resolves to whether the change is in effect.
   */
  change(
    version: string,
    edit: (text: string | null) => Result<string, EditRefusal>,
    settle: () => Promise<boolean>,
  ): Promise<SettingsOutcome>
}

/**
 * Makes an editor; the file is read anew for each call, so that nobody's edits are overwritten.
 *
 * @param folder the playbook's, when that is not where the file is.
 */
export function createFileEditor<Value>(
  path: string,
  kind: FileKind<Value>,
  folder = dirname(path),
): FileEditor<Value> {
  let last: Promise<unknown> = Promise.resolve()
  const readText = () => readPlaybookText(path, kind, folder)

  async function make(
    version: string,
    edit: (text: string | null) => Result<string, EditRefusal>,
    settle: () => Promise<boolean>,
  ): Promise<SettingsOutcome> {
    const found = await readText()
    if (!found.ok) {
      return refused('broken', `The file cannot be changed: ${found.error}.`, 'Fix it first.')
    }
    if (versionOf(found.value) !== version) return changedMeanwhile
    const edited = edit(found.value)
    if (!edited.ok)
      return { outcome: 'refused', ...edited.error, problems: [...edited.error.problems] }
    const text = edited.value
    if (text !== found.value) {
      // An editor may have saved it since: the last look is the one right before the rename.
      const again = await readText()
      if (!again.ok || versionOf(again.value) !== version) return changedMeanwhile
      const written = await replaceFile(path, text)
      if (!written.ok) return refused('not-writable', written.error.message, written.error.hint)
    }
    return { outcome: 'written', version: versionOf(text), isInForce: await settle() }
  }

  return {
    async read() {
      const found = await readText()
      if (!found.ok) {
        const problems = [{ file: path, line: 1, column: 1, message: found.error }]
        return { isPresent: true, version: 'unreadable', problems, value: null }
      }
      const version = versionOf(found.value)
      if (found.value === null) return { isPresent: false, version, problems: [], value: null }
      const parsed = kind.parse(found.value, path)
      return {
        isPresent: true,
        version,
        problems: parsed.ok ? [] : parsed.error,
        value: parsed.ok ? parsed.value : null,
      }
    },
    change(version, edit, settle) {
      const made = last.then(() => make(version, edit, settle))
      last = made.catch(() => undefined)
      return made
    },
  }
}

const changedMeanwhile = refused(
  'changed-meanwhile',
  'The file changed meanwhile, so nothing was written.',
  'Look at what is in it now, then make your change again.',
)

/** What answers a change that was not made: nothing was written, and why. */
export function refused(
  reason: Extract<SettingsOutcome, { outcome: 'refused' }>['reason'],
  message: string,
  hint: string,
): SettingsOutcome {
  return { outcome: 'refused', reason, message, hint, problems: [] }
}

/** The same text has the same version; no file has one of its own. */
function versionOf(text: string | null): string {
  return text === null ? 'none' : createHash('sha256').update(text).digest('base64url')
}
