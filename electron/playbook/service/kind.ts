import { servicesFileSchema, type ServicesFile } from '#shared/domain/service/schema.ts'
import type { FileKind } from '../file-kind.ts'
import { parseYaml } from '../yaml/parse.ts'

/** Largest list of services that is read, bytes. */
const MAX_SERVICES_BYTES = 1024 * 1024

const EMPTY = 'the file is empty. Start with: services: [{ name: checkout, owner: team:payments }]'

/** What the company runs, who owns it, and what needs what. */
export const servicesKind: FileKind<ServicesFile> = {
  pattern: 'services.yaml',
  noun: 'list of services',
  maxBytes: MAX_SERVICES_BYTES,
  links: 'inside',
  whenGone: 'drop',
  isReferredTo: true,
  schema: servicesFileSchema,
  parse: (text, file) => parseYaml(text, file, { schema: servicesFileSchema, whenEmpty: EMPTY }),
}
