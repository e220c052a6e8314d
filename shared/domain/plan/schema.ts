import { z } from 'zod'
import { severitySchema } from '../severity/schema.ts'

/** How a plan is named for ever: in files, in links, in the journal. */
export const planIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'an id has small letters, digits and dashes, at most 64, and starts with a letter or a digit',
  )

/**
 * What a number is, so that it can be read: `percent` of a share (0.36 is 36 %), a currency by its
 * code (`USD`), a unit, or a plain number.
 */
export const unitSchema = z.union([
  z.enum(['number', 'percent', 'ms', 's', 'bytes', 'per-second']),
  z.string().regex(/^[A-Z]{3}$/, 'a currency is a code of three capitals, such as USD'),
])
export type Unit = z.infer<typeof unitSchema>

/** Where a number comes from: it is asked for, or it stands in the plan. */
export const planValueSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('promql'),
    promql: z.string(),
    unit: unitSchema,
    /** The name of the Prometheus source that is asked; null: the one that the alert came from, or the only one. */
    source: z.string().nullable(),
  }),
  z.object({ kind: z.literal('fixed'), value: z.number(), unit: unitSchema }),
])
export type PlanValue = Readonly<z.infer<typeof planValueSchema>>

/** One line of a checklist: `text` is Markdown; `run` names a diagnostic of the playbook. */
export const planStepSchema = z.object({
  /** Stays the same when other steps change. */
  id: z.string(),
  text: z.string(),
  run: z.string().nullable(),
})
export type PlanStep = Readonly<z.infer<typeof planStepSchema>>

/** A part of the response with its own time. `untilMs` counts from the start of the incident; null: open. */
export const phaseSchema = z.object({
  name: z.string(),
  untilMs: z.number().nullable(),
  steps: z.array(planStepSchema),
})
export type Phase = Readonly<z.infer<typeof phaseSchema>>

/** A way out that the responder may choose; `rollback`: how to take it back, text or a runbook's place. */
export const optionSchema = z.object({
  name: z.string(),
  text: z.string().nullable(),
  runbook: z.string().nullable(),
  rollback: z.string().nullable(),
})
export type PlanOption = Readonly<z.infer<typeof optionSchema>>

/** When it counts as fixed: a measured condition that holds for a time, or what a person ticks. */
export const criterionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('promql'),
    id: z.string(),
    /** What the person reads; the expression where the plan gives no text. */
    text: z.string(),
    promql: z.string(),
    forMs: z.number(),
    source: z.string().nullable(),
  }),
  z.object({ kind: z.literal('person'), id: z.string(), text: z.string() }),
])
export type Criterion = Readonly<z.infer<typeof criterionSchema>>

/** What a trigger watches. Durations in ms. */
export const triggerConditionSchema = z.discriminatedUnion('kind', [
  /** An expression that returns something, for so long. */
  z.object({
    kind: z.literal('promql'),
    promql: z.string(),
    forMs: z.number(),
    source: z.string().nullable(),
  }),
  /** A value of the plan's impact beyond a bound; `per`: the bound's time, the value is a minute's. */
  z.object({
    kind: z.literal('value'),
    value: z.string(),
    comparison: z.enum(['above', 'below']),
    bound: z.number(),
    per: z.enum(['minute', 'hour', 'day']).nullable(),
    forMs: z.number(),
  }),
  /** An expression beyond what its past weeks say for this hour, as a share: 0.15 is 15 % above. */
  z.object({
    kind: z.literal('baseline'),
    promql: z.string(),
    above: z.number(),
    forMs: z.number(),
    source: z.string().nullable(),
  }),
  z.object({ kind: z.literal('unresolved'), forMs: z.number() }),
  z.object({ kind: z.literal('unacknowledged'), forMs: z.number() }),
  /** So many alerts of the incident are active. */
  z.object({ kind: z.literal('alerts'), atLeast: z.number() }),
  /** The share of satisfied voices within the time is below: 0.8 is 80 %. */
  z.object({ kind: z.literal('satisfaction'), below: z.number(), overMs: z.number() }),
  /** So many complaints within the time. */
  z.object({ kind: z.literal('complaints'), atLeast: z.number(), overMs: z.number() }),
  /** A value of the impact is not better than it was at the first action, so long after it. */
  z.object({
    kind: z.literal('no-improvement'),
    value: z.string(),
    /** By what share it must have become smaller to count as better: 0.1 is 10 %. */
    by: z.number(),
    withinMs: z.number(),
  }),
])
export type TriggerCondition = Readonly<z.infer<typeof triggerConditionSchema>>

/** A watched condition, and what happens when it is crossed. */
export const triggerSchema = z.object({
  id: z.string(),
  /** What the person reads; null: made from the condition. */
  text: z.string().nullable(),
  when: triggerConditionSchema,
  then: z.enum(['escalate', 'notify']),
  /** `team:…`, `person:…`, `role:…`, or a name; null: the plan's escalation path. */
  to: z.string().nullable(),
})
export type Trigger = Readonly<z.infer<typeof triggerSchema>>

/** Times that run from when the incident asked for a person, in ms; what is missing has no clock. */
export const clockTimesSchema = z.object({
  acknowledgeMs: z.number().optional(),
  respondMs: z.number().optional(),
  planMs: z.number().optional(),
  escalateMs: z.number().optional(),
})
export type ClockTimes = Readonly<z.infer<typeof clockTimesSchema>>

/** What others are informed of, and how often. */
export const communicationSchema = z.object({
  cadenceMs: z.number().nullable(),
  channels: z.array(z.string()),
  stakeholders: z.string().nullable(),
  /** Customers are informed when they are hit for longer than this, ms. */
  customersAfterMs: z.number().nullable(),
  /** Drafts, by what they are for. */
  messages: z.record(z.string(), z.string()),
})
export type Communication = Readonly<z.infer<typeof communicationSchema>>

/** What a plan says of the harm: `says` is a sentence with `{value}` in it. */
export const impactSchema = z.object({
  says: z.string().nullable(),
  values: z.record(z.string(), planValueSchema),
  description: z.string().nullable(),
  affectedUsers: z.string().nullable(),
  revenueRisk: z.string().nullable(),
  competitiveRisk: z.string().nullable(),
})
export type PlanImpact = Readonly<z.infer<typeof impactSchema>>

/** What is behind it technically. */
export const technicalSchema = z.object({
  component: z.string().nullable(),
  error: z.string().nullable(),
  performance: z.string().nullable(),
  /** Names or expressions to look at. */
  metrics: z.array(z.string()),
})
export type Technical = Readonly<z.infer<typeof technicalSchema>>

/**
 * A response plan with all that it takes over from others, as it is followed and recorded. It is plain
 * JSON; `revision` is derived from what it says, so that the same text is the same revision.
 */
export const planSchema = z.object({
  id: planIdSchema,
  revision: z.string(),
  title: z.string(),
  /** Conditions as the file writes them. */
  match: z.array(z.string()),
  owner: z.string().nullable(),
  severity: severitySchema.nullable(),
  service: z.string().nullable(),
  impact: impactSchema,
  technical: technicalSchema,
  phases: z.array(phaseSchema),
  options: z.array(optionSchema),
  rollback: z.string().nullable(),
  fixedWhen: z.array(criterionSchema),
  triggers: z.array(triggerSchema),
  escalation: z.string().nullable(),
  communication: communicationSchema,
  diagnostics: z.array(z.string()),
  /** What may run by itself. */
  actions: z.array(z.string()),
  runbook: z.string().nullable(),
  links: z.array(z.object({ name: z.string(), href: z.string() })),
  /** What keeps it from happening again. */
  prevention: z.array(z.string()),
  /** A set of response times by name, or own times. */
  clocks: z.union([z.string(), clockTimesSchema]).nullable(),
})
export type Plan = Readonly<z.infer<typeof planSchema>>

/** Every step of a plan, in order. */
export function stepsOf({ phases }: Pick<Plan, 'phases'>): readonly PlanStep[] {
  return phases.flatMap(({ steps }) => steps)
}
