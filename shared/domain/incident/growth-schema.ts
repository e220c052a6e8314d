import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { severitySchema } from '../severity/schema.ts'

/** Active alerts that nothing suppresses, by severity. */
const bySeveritySchema = z.object({
  P0: z.number(),
  P1: z.number(),
  P2: z.number(),
  P3: z.number(),
})

/** What fired when a person last acknowledged or snoozed an incident: growth is measured from it. */
export const baselineSchema = z.object({
  firing: bySeveritySchema,
  /**
   * The values that each label had among those alerts. Empty for a label with more values than are
   * remembered: no further value of it says anything. A label that is not here was on none of them.
   */
  values: z.record(z.string(), z.array(z.string())),
})
export type Baseline = Readonly<z.infer<typeof baselineSchema>>

/** By how much an incident grew behind an acknowledgement or a snooze. */
export const growthSchema = z.object({
  /** That of the incident when it grew: alerts at least as severe are counted. */
  severity: severitySchema,
  /** How many of them fired when it grew. */
  firing: z.number(),
  /** How many of them fired when it was acknowledged or snoozed. */
  was: z.number(),
  /** Of those that fired when it grew, how many have something that none of those had, such as another host. */
  others: z.number(),
  /** What they differ in, as a word for one of them: `host`, `pod`; `alert` where there is none. */
  noun: z.string(),
  /** Labels that say "another problem", with a value that was not there, at most a few. */
  fresh: z.array(z.object({ name: z.string(), value: z.string() })),
  since: z.enum(['acknowledged', 'snoozed']),
  /** Who acknowledged or snoozed it. */
  by: actorSchema,
})
export type Growth = Readonly<z.infer<typeof growthSchema>>

/**
 * When an acknowledged or snoozed incident pages again because more alerts fire. Counted are the
 * alerts as severe as the incident is.
 */
export const growthRuleSchema = z.object({
  /** Pages again at this many times as many, and ... */
  times: z.number(),
  /** ... at least this many more. */
  more: z.number(),
  /** From this severity on, the first one more pages already; null for none. */
  first: severitySchema.nullable(),
  /** ms: one incident pages for growth at most once in this time. */
  withinMs: z.number(),
  /** Labels that say "another problem": a value that was not there pages at the first alert. */
  labels: z.array(z.string()),
})
export type GrowthRule = Readonly<z.infer<typeof growthRuleSchema>>
