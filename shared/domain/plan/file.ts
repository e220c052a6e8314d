import { z } from 'zod'
import { durationText } from '../duration/duration.ts'
import { matcherText } from '../matcher/matcher-text.ts'
import { severitySchema } from '../severity/schema.ts'
import { planIdSchema, unitSchema } from './schema.ts'
import { shareText } from './share-text.ts'

/** Longest text of a plan, in UTF-16 units. */
const MAX_TEXT = 4_000
/** Most steps, options, triggers of one plan or phase. */
const MAX_ENTRIES = 100

const text = z.string().trim().min(1).max(MAX_TEXT)
const name = z.string().trim().min(1).max(200)
const promql = z.string().trim().min(1).max(MAX_TEXT)
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(MAX_ENTRIES)
const duration = durationText(0)

const value = z.union([
  z.strictObject({
    promql,
    as: unitSchema.default('number'),
    source: name.optional(),
  }),
  z.strictObject({ value: z.number(), as: unitSchema.default('number') }),
  z.number(),
])

const valueName = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_]*$/, 'it has letters, digits and _, and starts with a letter')

const step = z.union([
  text,
  z.strictObject({ text: text.optional(), id: planIdSchema.optional(), run: name }),
  z.strictObject({ text, id: planIdSchema.optional() }),
])

const criterion = z.union([
  text,
  z.strictObject({
    promql,
    for: duration.default(0),
    text: text.optional(),
    id: planIdSchema.optional(),
    source: name.optional(),
  }),
  z.strictObject({ text, id: planIdSchema.optional() }),
])

const outcome = {
  id: planIdSchema.optional(),
  text: text.optional(),
  then: z.enum(['escalate', 'notify']).default('escalate'),
  to: name.optional(),
}

const trigger = z.union([
  z.strictObject({ promql, for: duration.default(0), source: name.optional(), ...outcome }),
  z.strictObject({
    promql,
    aboveBaseline: shareText,
    for: duration.default(0),
    source: name.optional(),
    ...outcome,
  }),
  z.strictObject({
    value: name,
    above: z.union([z.number(), shareText]),
    per: z.enum(['minute', 'hour', 'day']).optional(),
    for: duration.default(0),
    ...outcome,
  }),
  z.strictObject({
    value: name,
    below: z.union([z.number(), shareText]),
    per: z.enum(['minute', 'hour', 'day']).optional(),
    for: duration.default(0),
    ...outcome,
  }),
  z.strictObject({ unresolvedFor: duration, ...outcome }),
  z.strictObject({ unacknowledgedFor: duration, ...outcome }),
  z.strictObject({ alerts: z.number().int().min(2), ...outcome }),
  z.strictObject({ satisfactionBelow: shareText, over: duration.default(3_600_000), ...outcome }),
  z.strictObject({
    complaints: z.number().int().min(1),
    over: duration.default(3_600_000),
    ...outcome,
  }),
  z.strictObject({
    noImprovementOf: name,
    by: shareText.default(0.1),
    after: z.literal('first-action').default('first-action'),
    within: duration,
    ...outcome,
  }),
])

/**
 * One file in `plans/`. Everything but `plan` and `match` may be left out; what is left out comes from
 * the plan that `extends` names. A plan without `match` is only there to be extended.
 */
export const planFileSchema = z.strictObject({
  plan: planIdSchema,
  title: name.optional(),
  match: z.array(matcherText).min(1).max(20).optional(),
  extends: planIdSchema.optional(),
  /** `team:payments`, `person:ada`, or a name. */
  owner: name.optional(),
  /** What its alerts are, whatever their labels say. */
  severity: severitySchema.optional(),
  /** The service that it is about, where the alerts do not say. */
  service: name.optional(),
  impact: z
    .strictObject({
      says: text.optional(),
      values: z.record(valueName, value).optional(),
      description: text.optional(),
      affectedUsers: text.optional(),
      revenueRisk: text.optional(),
      competitiveRisk: text.optional(),
    })
    .optional(),
  technical: z
    .strictObject({
      component: text.optional(),
      error: text.optional(),
      performance: text.optional(),
      metrics: list(text).optional(),
    })
    .optional(),
  phases: list(
    z.strictObject({ name, until: duration.optional(), steps: list(step).default([]) }),
  ).optional(),
  options: list(
    z.strictObject({
      name,
      text: text.optional(),
      runbook: name.optional(),
      rollback: text.optional(),
    }),
  ).optional(),
  rollback: text.optional(),
  fixedWhen: list(criterion).optional(),
  triggers: list(trigger).optional(),
  escalation: name.optional(),
  communication: z
    .strictObject({
      cadence: duration.optional(),
      channels: list(name).optional(),
      stakeholders: name.optional(),
      customersAfter: duration.optional(),
      messages: z.record(name, text).optional(),
    })
    .optional(),
  diagnostics: list(name).optional(),
  actions: list(name).optional(),
  runbook: name.optional(),
  links: list(z.strictObject({ name, href: z.url({ protocol: /^https?$/ }) })).optional(),
  prevention: list(text).optional(),
  clocks: z
    .union([
      name,
      z.strictObject({
        acknowledge: duration.optional(),
        respond: duration.optional(),
        plan: duration.optional(),
        escalate: duration.optional(),
      }),
    ])
    .optional(),
})

/** What one file says, read: durations in ms, matchers parsed. */
export type PlanFile = Readonly<z.output<typeof planFileSchema>>
