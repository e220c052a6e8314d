import { clocksFileSchema, type ClocksFile } from '#shared/domain/clock/file.ts'
import type { FileKind } from '../file-kind.ts'
import { parseYaml } from '../yaml/parse.ts'

/** Largest list of response times that is read, bytes. */
const MAX_CLOCKS_BYTES = 256 * 1024

const EMPTY =
  'the file is empty. Start with: use: by-priority; by-escalation, by-progress or a set of your own may stand there as well'

/** Which response times hold. */
export const clocksKind: FileKind<ClocksFile> = {
  pattern: 'clocks.yaml',
  noun: 'list of response times',
  maxBytes: MAX_CLOCKS_BYTES,
  links: 'inside',
  whenGone: 'drop',
  isReferredTo: true,
  schema: clocksFileSchema,
  parse: (text, file) => parseYaml(text, file, { schema: clocksFileSchema, whenEmpty: EMPTY }),
}
