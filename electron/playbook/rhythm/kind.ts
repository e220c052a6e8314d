import { rhythmFileSchema, type RhythmFile } from '#shared/domain/meeting/file.ts'
import type { FileKind } from '../file-kind.ts'
import { parseYaml } from '../yaml/parse.ts'

/** Largest file about meetings that is read, bytes. */
const MAX_RHYTHM_BYTES = 64 * 1024

const EMPTY =
  'the file is empty. Start with: zone: Europe/Berlin, or meetings:, and below it a name such as morning with its time, as "09:00"'

/** When the team meets. */
export const rhythmKind: FileKind<RhythmFile> = {
  pattern: 'rhythm.yaml',
  noun: 'list of meetings',
  maxBytes: MAX_RHYTHM_BYTES,
  links: 'inside',
  whenGone: 'drop',
  isReferredTo: true,
  schema: rhythmFileSchema,
  parse: (text, file) => parseYaml(text, file, { schema: rhythmFileSchema, whenEmpty: EMPTY }),
}
