import { textMapSchema } from '#electron/polling/labels.ts'
import { z } from 'zod'

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

/** `GET /api/v1/rules`: only what says how the rules are. */
export const rulesSchema = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          name: z.string(),
          health: z.string(),
          lastError: z.string().optional(),
        }),
      ),
    }),
  ),
})
export type Rules = z.infer<typeof rulesSchema>

/** `GET /api/v1/status/runtimeinfo`. */
export const runtimeInfoSchema = z.object({ startTime: z.string().min(1) })

/** `GET /api/v1/status/buildinfo`. */
export const buildInfoSchema = z.object({ version: z.string() })

/** `GET /api/v1/status/config`. */
export const configSchema = z.object({ yaml: z.string() })
