import { z } from 'zod'

/** How long a change stays in the state, ms, counted from when it happened or ended. */
export const CHANGES_KEPT_MS = 72 * 3_600_000
/** Most changes in the state: the oldest go first. */
export const MAX_CHANGES = 500
/** Most services that are said to surround an incident. */
export const MAX_SURROUNDING_SERVICES = 100

/** What was changed. */
export const changeKindSchema = z.enum(['deployment', 'config', 'flag', 'migration', 'maintenance'])
export type ChangeKind = z.infer<typeof changeKindSchema>

/** How Deckwatch came to know of a change. */
export const changeOriginSchema = z.enum(['webhook', 'kubernetes', 'git'])
export type ChangeOrigin = z.infer<typeof changeOriginSchema>

/** Something that people changed, or plan to. Times in ms since the epoch, UTC; texts are printable. */
export const changeSchema = z.object({
  id: z.string(),
  kind: changeKindSchema,
  /** What was changed; null where nobody said. */
  service: z.string().nullable(),
  title: z.string(),
  version: z.string().nullable(),
  by: z.string().nullable(),
  /** An http(s) address, or null. */
  link: z.string().nullable(),
  /** When it was done or begins. */
  happenedAt: z.number(),
  /** True where only the moment at which it was noticed is known. */
  isTimeEstimated: z.boolean(),
  /** When it ends; only maintenance has an end. */
  until: z.number().nullable(),
  origin: changeOriginSchema,
})
export type Change = Readonly<z.infer<typeof changeSchema>>

/** What lies around an incident, as the list of services said when it opened. */
export const surroundingsSchema = z.object({
  incidentId: z.string(),
  /** The services that its alerts are about. */
  services: z.array(z.string()),
  /** What these depend on, directly or not, the nearest first. */
  upstream: z.array(z.string()),
})
export type Surroundings = Readonly<z.infer<typeof surroundingsSchema>>
