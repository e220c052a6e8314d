import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { severitySchema } from '../severity/schema.ts'

/**
 * What has to happen in time. acknowledge: somebody takes it. respond: somebody does something about
 * it. plan: somebody says what the plan of action is. escalate: it is over, or others are brought in.
 */
export const clockKindSchema = z.enum(['acknowledge', 'respond', 'plan', 'escalate'])
export type ClockKind = z.infer<typeof clockKindSchema>

/** All kinds, in the order in which they are usually due. */
export const clockKinds = clockKindSchema.options

/** Why a clock runs as it does, so that nobody has to look it up. */
export const clockRuleSchema = z.object({
  /** The set of response times by name, or the id of the plan that has its own. */
  set: z.string(),
  isPlans: z.boolean(),
  /** As it is written: `4h in business hours`. */
  text: z.string(),
  /** Whose open hours count; null: every hour counts. */
  calendar: z.object({ id: z.string(), zone: z.string() }).nullable(),
})
export type ClockRule = Readonly<z.infer<typeof clockRuleSchema>>

/** How it ended before it was met: see {@link stopReasonSchema}. */
export const stopReasonSchema = z.enum([
  /** The incident is over. */
  'over',
  /** All of its alerts are suppressed. */
  'suppressed',
  /** What is left of it needs nobody. */
  'informational',
  /** At its severity, or by the playbook as it is now, nothing is asked for. */
  'not-asked',
])
export type StopReason = z.infer<typeof stopReasonSchema>

/** By what it was met. */
export const metBySchema = z.enum([
  'acknowledged',
  'snoozed',
  'response',
  'step',
  'said',
  'resolved',
])
export type MetBy = z.infer<typeof metBySchema>

/** One clock of an incident. Times in ms since the epoch, UTC. */
export const responseClockSchema = z.object({
  kind: clockKindSchema,
  status: z.enum(['running', 'met', 'stopped']),
  startedAt: z.number(),
  dueAt: z.number(),
  warnAt: z.number(),
  /** The severity whose time it is. */
  severity: severitySchema,
  rule: clockRuleSchema,
  /** Since when the incident has been at least as severe, as far as that was counted. */
  since: z.partialRecord(severitySchema, z.number()),
  /** When it was said that it is due soon; null before. */
  warnedAt: z.number().nullable(),
  /** The `dueAt` that passed; null while none has. */
  expiredAt: z.number().nullable(),
  /** When and by whom it was met, or why it stopped; null while it runs. */
  ended: z
    .object({
      at: z.number(),
      by: actorSchema.nullable(),
      how: z.union([metBySchema, stopReasonSchema]),
    })
    .nullable(),
})
export type ResponseClock = Readonly<z.infer<typeof responseClockSchema>>

/** The clocks of one incident. */
export const incidentClocksSchema = z.object({
  incidentId: z.string(),
  clocks: z.partialRecord(clockKindSchema, responseClockSchema),
  /** When the incident was over; null while it is open. What opens it again starts all of them anew. */
  overAt: z.number().nullable(),
  /** How often anything of them changed. */
  changes: z.number(),
})
export type IncidentClocks = Readonly<z.infer<typeof incidentClocksSchema>>

/** Those that run, the one that is due next first. */
export function runningClocks({
  clocks,
}: Pick<IncidentClocks, 'clocks'>): readonly ResponseClock[] {
  return clockKinds
    .flatMap((kind) => clocks[kind] ?? [])
    .filter(({ status }) => status === 'running')
    .toSorted((a, b) => a.dueAt - b.dueAt)
}
