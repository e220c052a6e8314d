import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { stepMarkSchema } from '../response/schema.ts'
import { runbookIdSchema } from '../runbook/entry.ts'

/** What a person answers to "if …, otherwise …". */
export const answerSchema = z.enum(['yes', 'no'])
export type Answer = z.infer<typeof answerSchema>

/** How a decision of a step was answered; `at` in ms since the epoch, UTC. */
export const answeredSchema = z.object({ answer: answerSchema, at: z.number(), by: actorSchema })
export type Answered = Readonly<z.infer<typeof answeredSchema>>

/** SHA-256 of a runbook's text in UTF-8, in hexadecimal digits. */
export const textHashSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** How one runbook is followed for one incident. Times in ms since the epoch, UTC. */
export const walkthroughSchema = z.object({
  incidentId: z.string(),
  runbook: runbookIdSchema,
  title: z.string(),
  /** Of the text that was followed last. */
  hash: textHashSchema,
  /** The commit that brought this text; null where it is unknown. */
  commit: z.string().nullable(),
  startedAt: z.number(),
  startedBy: actorSchema,
  /** By the step's id, which its words make: see `createStepIds`. */
  steps: z.record(z.string(), stepMarkSchema),
  /** By {@link decisionKey}. */
  answers: z.record(z.string(), answeredSchema),
  /** The step that somebody dealt with last. */
  lastStep: z.string(),
  /** When that was. */
  lastAt: z.number(),
  /** How often anything of it changed. */
  changes: z.number(),
})
export type Walkthrough = Readonly<z.infer<typeof walkthroughSchema>>

/** Which walkthrough: a runbook is followed once for an incident. */
export function walkthroughKey({
  incidentId,
  runbook,
}: Pick<Walkthrough, 'incidentId' | 'runbook'>): string {
  return `${incidentId} ${runbook}`
}

/** A decision of a step, by its place among those of the step, counted from 0. */
export function decisionKey(step: string, decision: number): string {
  return `${step} ${String(decision)}`
}
