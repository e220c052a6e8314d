import { z } from 'zod'
import { hashOf } from '#electron/files/text-hash.ts'
import { runbookFormatOf, type RunbookFormat } from '#shared/domain/runbook/entry.ts'
import { MAX_RUNBOOK_BYTES, MAX_RUNBOOKS } from '#shared/domain/runbook/limits.ts'
import { runbookTitle } from '#shared/domain/runbook/title.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { FileKind } from '../file-kind.ts'
import { parseYaml } from '../yaml/parse.ts'

/** A runbook as it stands in its file. What its text means is read elsewhere. */
export interface RunbookFile {
  readonly format: RunbookFormat
  readonly title: string
  readonly text: string
  /** Of the text in UTF-8: its bytes, and its SHA-256 in hexadecimal digits. */
  readonly size: number
  readonly hash: string
}

const EMPTY = 'the file is empty. Start with: # What is wrong, and below it what to do'

/** Any map or list: what its steps are is not the playbook's to know. */
const anyYaml = z.union([z.looseObject({}), z.array(z.unknown())], {
  error: 'a runbook in YAML is a map with its steps',
})

/** Runbooks: Markdown, or steps in YAML. Any text is a valid one, but for an empty one. */
export const runbookKind: FileKind<RunbookFile> = {
  pattern: 'runbooks/**/*.{md,yaml,yml}',
  noun: 'runbook',
  maxBytes: MAX_RUNBOOK_BYTES,
  maxFiles: MAX_RUNBOOKS,
  links: 'inside',
  whenGone: 'drop',
  parse(text, file): Result<RunbookFile, readonly ConfigProblem[]> {
    if (text.trim() === '') return fail([{ file, line: 1, column: 1, message: EMPTY }])
    if (runbookFormatOf(file) === 'yaml') {
      const parsed = parseYaml(text, file, { schema: anyYaml, whenEmpty: EMPTY })
      if (!parsed.ok) return parsed
    }
    return ok(runbookOf(text, file))
  },
  // No YAML, but words that somebody wrote for this hour: they are shown as they are.
  salvage: (text, file) => (text.trim() === '' ? null : runbookOf(text, file)),
}

function runbookOf(text: string, file: string): RunbookFile {
  const format = runbookFormatOf(file)
  return {
    format,
    title: runbookTitle(text, format, file),
    text,
    size: Buffer.byteLength(text),
    hash: hashOf(text),
  }
}
