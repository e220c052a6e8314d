import { createHash } from 'node:crypto'
import type { ConfigProblem, SettingsChange, SettingsOutcome } from '#shared/contract/index.ts'
import type { Configuration } from '#shared/domain/configuration/schema.ts'
import { editConfiguration } from './edit.ts'
import { readConfigurationText } from './load.ts'
import { parseConfiguration } from './parse.ts'
import { replaceFile } from '../replace.ts'

/** The configuration file as it is at this moment. */
export interface FileNow {
  readonly isPresent: boolean
  readonly version: string
  readonly problems: readonly ConfigProblem[]
  /** Null when there is no file or it is broken. */
  readonly configuration: Configuration | null
}

/** Reads and changes one configuration file. Changes wait for each other. */
export interface ConfigurationEditor {
  read(): Promise<FileNow>
  /**
   * Makes one change, if the file is still the version that was read.
   *
   * @param settle called after the file was written; resolves to whether the change is in force.
   */
  change(
    version: string,
    change: SettingsChange,
    settle: () => Promise<boolean>,
  ): Promise<SettingsOutcome>
}

/** Makes an editor; the file is read anew for each call, so that nobody's edits are overwritten. */
export function createConfigurationEditor(path: string): ConfigurationEditor {
  let last: Promise<unknown> = Promise.resolve()

  async function make(
    version: string,
    change: SettingsChange,
    settle: () => Promise<boolean>,
  ): Promise<SettingsOutcome> {
    const found = await readConfigurationText(path)
    if (!found.ok) {
      return refused('broken', `The file cannot be changed: ${found.error}.`, 'Mend it first.')
    }
    if (versionOf(found.value) !== version) return changedMeanwhile
    const edited = editConfiguration(found.value, change, path)
    if (!edited.ok)
      return { outcome: 'refused', ...edited.error, problems: [...edited.error.problems] }
    const text = edited.value
    if (text !== found.value) {
      // An editor may have saved it since: the last look is the one right before the rename.
      const again = await readConfigurationText(path)
      if (!again.ok || versionOf(again.value) !== version) return changedMeanwhile
      const written = await replaceFile(path, text)
      if (!written.ok) return refused('not-writable', written.error.message, written.error.hint)
    }
    return { outcome: 'written', version: versionOf(text), isInForce: await settle() }
  }

  return {
    async read() {
      const found = await readConfigurationText(path)
      if (!found.ok) {
        const problems = [{ file: path, line: 1, column: 1, message: found.error }]
        return { isPresent: true, version: 'unreadable', problems, configuration: null }
      }
      const version = versionOf(found.value)
      if (found.value === null) {
        return { isPresent: false, version, problems: [], configuration: null }
      }
      const parsed = parseConfiguration(found.value, path)
      return {
        isPresent: true,
        version,
        problems: parsed.ok ? [] : parsed.error,
        configuration: parsed.ok ? parsed.value : null,
      }
    },
    change(version, change, settle) {
      const made = last.then(() => make(version, change, settle))
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

function refused(
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
