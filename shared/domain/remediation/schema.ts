import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { runbookIdSchema } from '../runbook/entry.ts'

/** Longest text of why it is due, or how it ended, in UTF-16 units. */
export const MAX_WHY = 600

/** Why a remediation is stopped until somebody re-arms it. */
export const stopReasonSchema = z.enum([
  /** Its command failed. */
  'failed',
  /** A person cancelled it. */
  'cancelled',
  /** Something that it needs first, such as its evidence, could not be had, or its command is refused. */
  'not-run',
  /** It ran, and did not help in its time, or nobody knows whether it did. */
  'not-improved',
  /** It is due again, and was done as often as it may be. */
  'too-often',
  /** Deckwatch ended before it did. */
  'interrupted',
])
export type StopReason = z.infer<typeof stopReasonSchema>

/** Why a proposal no longer stands. */
export const withdrawReasonSchema = z.enum([
  'dismissed',
  'no-longer',
  'incident-over',
  'turned-off',
  /** The same remediation was stopped elsewhere. */
  'stopped',
])
export type WithdrawReason = z.infer<typeof withdrawReasonSchema>

/** How one that was done ended well. */
export const finishReasonSchema = z.enum(['improved', 'incident-over', 'not-needed'])
export type FinishReason = z.infer<typeof finishReasonSchema>

/** What every record of a remediation says, whatever becomes of its policy. Durations in ms. */
export const remediationFactsSchema = z.object({
  incidentId: z.string(),
  /** The name of its policy. */
  policy: z.string(),
  remediationId: z.string(),
  /** What it does, as the person reads it. */
  title: z.string(),
  runbook: runbookIdSchema,
  /** The name of the command. */
  step: z.string(),
  /** Who else is to know. */
  tell: z.array(z.string()),
})
export type RemediationFacts = Readonly<z.infer<typeof remediationFactsSchema>>

/** How often it may still be done. */
export const allowanceSchema = z.object({
  /** Before this time. */
  left: z.number().int().nonnegative(),
  times: z.number().int().positive(),
  withinMs: z.number(),
})
export type Allowance = Readonly<z.infer<typeof allowanceSchema>>

/** Where a remediation of one incident stands. Times in ms since the epoch, UTC. */
export const remediationSchema = remediationFactsSchema.extend({
  ...allowanceSchema.shape,
  status: z.enum([
    'proposed',
    /** Its evidence is gathered, or its command runs. */
    'running',
    /** Its command went well: whether it helps is watched. */
    'watching',
    'finished',
    'withdrawn',
    'stopped',
  ]),
  /** Why it is due, in words. */
  because: z.string(),
  /** Why it was not done without a person although it may be, in words; null where there is no such reason. */
  heldBack: z.string().nullable(),
  /** Who began it; null before somebody did. */
  by: actorSchema.nullable(),
  /** What runs for it; null before it is begun. */
  executionId: z.string().nullable(),
  /** For how long after it ran it is watched whether it helped, ms; null before it is begun. */
  watchMs: z.number().nullable(),
  /** Since when it is watched whether it helps; null before. */
  watchedSince: z.number().nullable(),
  /** Until when; null before. */
  watchedUntil: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** How it ended: one of the reasons above; null before. */
  end: z.union([stopReasonSchema, withdrawReasonSchema, finishReasonSchema]).nullable(),
  /** The same with what is known of it, in words; null before, or where there is nothing to say. */
  why: z.string().nullable(),
  /** When it came to stand where it does. */
  since: z.number(),
})
export type Remediation = Readonly<z.infer<typeof remediationSchema>>

/** How a remediation of one incident is named. */
export function remediationKey({
  incidentId,
  policy,
}: Pick<Remediation, 'incidentId' | 'policy'>): string {
  return `${incidentId} ${policy}`
}

/** True while it is being done: nothing else is begun by itself beside it. */
export function isUnderWay({ status }: Pick<Remediation, 'status'>): boolean {
  return status === 'running' || status === 'watching'
}

/** How often a policy was made use of, and whether it is stopped. It outlives its incidents. */
export const remediationRecordSchema = z.object({
  policy: z.string(),
  /** When it was begun, ms since the epoch, UTC, oldest first; since it was re-armed last. */
  begun: z.array(z.number()),
  stopped: z
    .object({
      at: z.number(),
      incidentId: z.string(),
      reason: stopReasonSchema,
      text: z.string(),
    })
    .nullable(),
  /** How often anything of it changed. */
  changes: z.number(),
})
export type RemediationRecord = Readonly<z.infer<typeof remediationRecordSchema>>
