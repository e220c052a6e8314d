import { routingFileSchema, type Routing } from '#shared/domain/routing/schema.ts'
import type { FileKind } from '../file-kind.ts'
import { parseYaml } from '../yaml/parse.ts'

/** Largest routing that is read, bytes. */
const MAX_ROUTING_BYTES = 256 * 1024

const EMPTY =
  "the file is empty. Start with: routing: by-severity, and rules: [{ name: All, channels: ['#alerts'] }]"

/** Who is notified where: rules by severity, impact, team and labels, one set a file. */
export const routingKind: FileKind<Routing> = {
  pattern: 'routing/*.yaml',
  noun: 'routing',
  maxBytes: MAX_ROUTING_BYTES,
  links: 'inside',
  whenGone: 'drop',
  isReferredTo: true,
  schema: routingFileSchema,
  parse: (text, file) => parseYaml(text, file, { schema: routingFileSchema, whenEmpty: EMPTY }),
}
