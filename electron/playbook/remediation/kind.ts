import { remediationFileSchema, type RemediationFile } from '#shared/domain/remediation/file.ts'
import type { FileKind } from '../file-kind.ts'
import { parseYaml } from '../yaml/parse.ts'

/** Largest list of remediations that is read, bytes. */
const MAX_REMEDIATION_BYTES = 256 * 1024

const EMPTY =
  'the file is empty. Start with: remediations: [], and below it a list of what may be done, when, and how often at most'

/** What may be done without a person. */
export const remediationKind: FileKind<RemediationFile> = {
  pattern: 'remediation.yaml',
  noun: 'list of remediations',
  maxBytes: MAX_REMEDIATION_BYTES,
  links: 'inside',
  whenGone: 'drop',
  isReferredTo: true,
  schema: remediationFileSchema,
  parse: (text, file) => parseYaml(text, file, { schema: remediationFileSchema, whenEmpty: EMPTY }),
}
