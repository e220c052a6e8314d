import { textMapSchema } from '#electron/polling/labels.ts'
import { z } from 'zod'

/** A list whose unreadable members are left out; null is an empty one, as Go writes it. */
function listOf<Member>(schema: z.ZodType<Member>) {
  return z
    .array(schema.nullable().catch(null))
    .nullable()
    .transform((list) => (list ?? []).filter((member) => member !== null))
}

/** What every answer of Prometheus's API is wrapped in. */
export const envelopeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('success'), data: z.unknown() }),
  z.object({
    status: z.literal('error'),
    errorType: z.string().default('unknown'),
    error: z.string().default(''),
  }),
])

/** An alert of `GET /api/v1/alerts`: only what is used. */
export const alertSchema = z.object({
  labels: textMapSchema,
  annotations: textMapSchema.optional(),
  activeAt: z.string().nullish(),
})
export type RawAlert = z.infer<typeof alertSchema>

/**
 * A rule of `GET /api/v1/rules`: only what says how it is. A member that cannot be read is taken for
 * left out: one odd rule must not hide how the others are.
 */
const ruleSchema = z.object({
  name: z.string().catch('(without a name)'),
  /** `alerting` or `recording`; the latter is always said. */
  type: z.string().catch('alerting'),
  /** The expression; '' where it is not told. */
  query: z.string().catch(''),
  /** `ok`, `err` (Grafana: `error`), `unknown` before the first evaluation, `nodata` (Grafana). */
  health: z.string().catch('unknown'),
  lastError: z.string().nullish().catch(null),
  /** `firing`, `pending`, `inactive`; null for a recording rule. */
  state: z.string().nullish().catch(null),
  lastEvaluation: z.string().nullish().catch(null),
  /** Grafana: it is not evaluated as somebody wants it so. */
  isPaused: z.boolean().nullish().catch(null),
  /** vmalert: how many series the last evaluation read. */
  lastSeriesFetched: z.number().nullish().catch(null),
})
export type Rule = Readonly<z.infer<typeof ruleSchema>>

const groupSchema = z.object({
  name: z.string().catch('(without a name)'),
  file: z.string().catch(''),
  /** Time between evaluations, s. */
  interval: z.number().positive().nullish().catch(null),
  lastEvaluation: z.string().nullish().catch(null),
  rules: listOf(ruleSchema),
})
export type RuleGroup = Readonly<z.infer<typeof groupSchema>>

/** `GET /api/v1/rules`. */
export const rulesSchema = z.object({ groups: listOf(groupSchema) })
export type Rules = Readonly<z.infer<typeof rulesSchema>>

/** `GET /api/v1/status/runtimeinfo`; what only speaks this API may know no start. */
export const runtimeInfoSchema = z.object({ startTime: z.string().nullish() })

/** `GET /api/v1/status/buildinfo`. */
export const buildInfoSchema = z.object({
  version: z.string().catch(''),
  /** Mimir and what is made of it: what it is. */
  application: z.string().nullish().catch(null),
})

/** `GET /api/v1/status/config`. */
export const configSchema = z.object({ yaml: z.string() })
