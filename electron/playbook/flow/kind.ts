import { flowsFileSchema, type FlowsFile } from '#shared/domain/flow/file.ts'
import type { FileKind } from '../file-kind.ts'
import { parseYaml } from '../yaml/parse.ts'

/** Largest list of flows that is read, bytes. */
const MAX_FLOWS_BYTES = 256 * 1024

const EMPTY =
  'the file is empty. Start with: flows:, and below it a name such as war-room with its title, severities and phases'

/** How incidents are dealt with, by severity. */
export const flowsKind: FileKind<FlowsFile> = {
  pattern: 'flows.yaml',
  noun: 'list of flows',
  maxBytes: MAX_FLOWS_BYTES,
  links: 'inside',
  whenGone: 'drop',
  isReferredTo: true,
  schema: flowsFileSchema,
  parse: (text, file) => parseYaml(text, file, { schema: flowsFileSchema, whenEmpty: EMPTY }),
}
