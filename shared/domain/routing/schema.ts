import { z } from 'zod'
import { durationText } from '../duration/duration.ts'
import { matcherText } from '../matcher/matcher-text.ts'
import { severitySchema } from '../severity/schema.ts'

/** Most rules of one file, and entries of one list in it. */
const MAX_ENTRIES = 100

const name = z.string().trim().min(1).max(200)
const names = z.array(name).max(MAX_ENTRIES)

/** How much the business is hit, as the label `impact` says. */
export const impactLevels = ['critical', 'high', 'medium', 'low'] as const
/** One of {@link impactLevels}. */
export const impactLevelSchema = z.enum(impactLevels)
export type ImpactLevel = z.infer<typeof impactLevelSchema>

/** How a routing is named: in its file, and in `routing:` of `deckwatch.yaml`. */
export const routingIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'an id has small letters, digits and dashes, at most 64, and starts with a letter or a digit',
  )

/** All that is given must hold; a rule without conditions always does. */
const conditions = z.strictObject({
  severity: z.array(severitySchema).min(1).optional(),
  /** Conditions on the labels of an active alert. */
  match: z.array(matcherText).min(1).max(20).optional(),
  impact: z.array(impactLevelSchema).min(1).optional(),
  /** Teams that own its plan or service, or that its label `team` names; without `team:`. */
  team: names.min(1).optional(),
  /** True: it is about a core service. */
  core: z.boolean().optional(),
})

const rule = z.strictObject({
  name,
  when: conditions.optional(),
  channels: names.default([]),
  /** How it is said when the channels stay without an answer, such as `phone`. */
  backup: names.default([]),
  /** Addresses, lists or roles that are to know. */
  people: names.default([]),
  /** Who else in the company is informed. */
  stakeholders: names.default([]),
  /** By when somebody responds: a time, or the next business day. */
  within: z.union([z.literal('next-business-day'), durationText(0)]).optional(),
  urgency: z.enum(['high', 'low']).optional(),
  /** What else is to be done, such as where it is discussed. */
  note: name.optional(),
  /** True: what follows may add to it. */
  continue: z.boolean().default(false),
})

/** One file in `routing/`: who is notified where, by rules; the first whose conditions hold decides. */
export const routingFileSchema = z.strictObject({
  routing: routingIdSchema,
  description: z.string().trim().min(1).max(1_000).optional(),
  rules: z.array(rule).min(1).max(MAX_ENTRIES),
})

/** What one file says, read: durations in ms, matchers parsed. */
export type Routing = Readonly<z.output<typeof routingFileSchema>>
export type RoutingRule = Routing['rules'][number]

/** Where an incident goes, and why. Nothing is sent by it. */
export const routeSchema = z.object({
  routing: routingIdSchema,
  /** The rules that hold, with what made them hold; empty: none does. */
  because: z.array(z.object({ rule: z.string(), reasons: z.array(z.string()) })),
  channels: z.array(
    z.object({ name: z.string(), isBackup: z.boolean(), isConfigured: z.boolean() }),
  ),
  people: z.array(z.string()),
  stakeholders: z.array(z.string()),
  /** ms, or the next business day; null where no rule says. */
  within: z.union([z.number(), z.literal('next-business-day')]).nullable(),
  urgency: z.enum(['high', 'low']).nullable(),
  notes: z.array(z.string()),
})
export type Route = Readonly<z.infer<typeof routeSchema>>
