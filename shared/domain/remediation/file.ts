import { z } from 'zod'
import { durationText } from '../duration/duration.ts'
import { planIdSchema } from '../plan/schema.ts'
import { shareText } from '../plan/share-text.ts'

/** Most remediations of one playbook: each is looked at once a second for each incident. */
const MAX_REMEDIATIONS = 100
/** What a remediation is watched for when nothing else is said, ms. */
const USUAL_WATCH_MS = 10 * 60_000
const DAY_MS = 24 * 3_600_000

const name = z.string().trim().min(1).max(200)
const text = z.string().trim().min(1).max(300)
const promql = z.string().trim().min(1).max(4_000)
const duration = durationText(0, 7 * DAY_MS)

const held = { for: duration.default(0) }
const asked = { promql, source: name.optional(), ...held }
const per = z.enum(['minute', 'hour', 'day']).optional()

/** Of an incident that this plan is followed for; `text` is what the person reads. */
const ofPlan = { plan: planIdSchema, text: text.optional() }

/** The conditions are those of a plan's triggers. */
const when = z.union([
  z.strictObject({ ...ofPlan, ...asked }),
  z.strictObject({ ...ofPlan, ...asked, aboveBaseline: shareText }),
  z.strictObject({ ...ofPlan, value: name, above: z.union([z.number(), shareText]), per, ...held }),
  z.strictObject({ ...ofPlan, value: name, below: z.union([z.number(), shareText]), per, ...held }),
  z.strictObject({ ...ofPlan, unresolvedFor: duration }),
  z.strictObject({ ...ofPlan, unacknowledgedFor: duration }),
  z.strictObject({ ...ofPlan, alerts: z.number().int().min(1) }),
  z.strictObject({
    change: z.literal('deployment'),
    service: name,
    /** For how long after a deployment its threshold is watched. */
    within: durationText(60_000, 7 * DAY_MS),
    text: text.optional(),
    breach: z.strictObject(asked),
  }),
])

const remediation = z
  .strictObject({
    name: planIdSchema,
    /** What it does, as the person reads it: `Restart checkout`. */
    title: text.optional(),
    when,
    /** A named command of a runbook. */
    do: z.strictObject({ runbook: name, step: name }),
    /** Named commands and queries that only read, of the same runbook or of `runbooks/diagnostics/`. */
    evidence: z.array(name).max(20).default([]),
    atMost: z.strictObject({
      times: z.number().int().min(1).max(20),
      within: durationText(60_000, 7 * DAY_MS),
    }),
    mode: z.enum(['propose', 'act']).default('propose'),
    /** When it counts as having helped; without `improves`, when its condition no longer holds. */
    afterwards: z
      .strictObject({
        watch: durationText(10_000, DAY_MS).default(USUAL_WATCH_MS),
        improves: z.strictObject(asked).optional(),
      })
      .prefault({}),
    /** Who else is to know, such as `team:payments`. */
    tell: z.array(name).max(10).default([]),
  })
  .superRefine(({ when: on, afterwards }, context) => {
    if (!('change' in on) || afterwards.improves === undefined) return
    const message = 'after a deployment it has helped when the breach has ended: leave this out'
    context.addIssue({ code: 'custom', path: ['afterwards', 'improves'], message })
  })

/** One remediation as its file says it, read: durations in ms. */
export type RemediationEntry = Readonly<z.output<typeof remediation>>

/** `remediation.yaml`: what may be done without a person, on which condition, and how often at most. */
export const remediationFileSchema = z
  .strictObject({ remediations: z.array(remediation).max(MAX_REMEDIATIONS) })
  .superRefine(({ remediations }, context) => {
    const first = new Map<string, number>()
    for (const [index, { name: own }] of remediations.entries()) {
      const before = first.get(own)
      if (before === undefined) first.set(own, index)
      else {
        const message = `remediation ${String(before + 1)} has the name ${JSON.stringify(own)} already`
        context.addIssue({ code: 'custom', path: ['remediations', index, 'name'], message })
      }
    }
  })

/** What `remediation.yaml` says, read. */
export type RemediationFile = Readonly<z.output<typeof remediationFileSchema>>
