import { textMapSchema } from '#electron/polling/labels.ts'
import { z } from 'zod'

/** An alert of `GET /api/v2/alerts`: only what is used. All but the labels may be missing. */
export const alertSchema = z.object({
  labels: textMapSchema,
  annotations: textMapSchema.optional(),
  startsAt: z.string().nullish(),
  updatedAt: z.string().nullish(),
  generatorURL: z.string().nullish(),
  receivers: z.array(z.object({ name: z.string() })).nullish(),
  status: z
    .object({
      state: z.string().optional(),
      silencedBy: z.array(z.string()).nullish(),
      inhibitedBy: z.array(z.string()).nullish(),
      /** Since Alertmanager 0.28: the time intervals that mute it. */
      mutedBy: z.array(z.string()).nullish(),
    })
    .nullish(),
})
export type RawAlert = z.infer<typeof alertSchema>

/** A silence of `GET /api/v2/silences`: only what is used. */
export const silenceSchema = z.object({
  id: z.string(),
  createdBy: z.string().nullish(),
  comment: z.string().nullish(),
  endsAt: z.string().nullish(),
})

/**
 * `GET /api/v2/status`: only what is used. `uptime` is the time of start, not a duration; servers that
 * only speak the API of Alertmanager leave parts out or write null.
 */
export const statusSchema = z.object({
  uptime: z.string().nullish().catch(null),
  versionInfo: z.object({ version: z.string() }).nullish().catch(null),
  /** Read by `readCluster`, which takes whatever it is. */
  cluster: z.unknown().optional(),
  config: z.unknown().optional(),
})

/** `GET /api/v2/receivers`. */
export const receiversSchema = z.array(z.object({ name: z.string() }))
