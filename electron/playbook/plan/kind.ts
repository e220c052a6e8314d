import type { PlanFile } from '#shared/domain/plan/file.ts'
import { planFileSchema } from '#shared/domain/plan/file.ts'
import type { FileKind } from '../file-kind.ts'
import { parseYaml } from '../yaml/parse.ts'

/** Largest plan that is read, bytes. */
const MAX_PLAN_BYTES = 256 * 1024

const EMPTY =
  'the file is empty. Start with: plan: my-plan, and a line match: [\'alertname="MyAlert"\']'

/** Response plans, one a file. */
export const planKind: FileKind<PlanFile> = {
  pattern: 'plans/**/*.yaml',
  noun: 'response plan',
  maxBytes: MAX_PLAN_BYTES,
  links: 'inside',
  whenGone: 'drop',
  isReferredTo: true,
  schema: planFileSchema,
  parse: (text, file) => parseYaml(text, file, { schema: planFileSchema, whenEmpty: EMPTY }),
}
