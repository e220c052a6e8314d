import { incidentStatusSchema } from '#shared/domain/incident/schema.ts'
import { severitySchema } from '#shared/domain/severity/schema.ts'
import { z } from 'zod'

/** Longest message between a terminal and Deckwatch, in UTF-16 units. */
export const MAX_MESSAGE = 256 * 1024

/** What a terminal asks, a line of JSON each. */
export const terminalQuestionSchema = z.discriminatedUnion('type', [
  /** Which incident is meant. */
  z.strictObject({ type: z.literal('choose'), wanted: z.string().max(300).nullable() }),
  /** There is something new among the runs: take it into the record. */
  z.strictObject({ type: z.literal('look') }),
])
export type TerminalQuestion = z.infer<typeof terminalQuestionSchema>

const optionSchema = z.strictObject({
  incidentId: z.string(),
  title: z.string(),
  severity: severitySchema,
  status: incidentStatusSchema,
  is: z.enum(['focused', 'acknowledged']).nullable(),
})

/** The answers, in the order of the questions, a line of JSON each. */
export const terminalAnswerSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('choice'),
    choice: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('one'), option: optionSchema }),
      z.strictObject({ kind: z.literal('several'), options: z.array(optionSchema).readonly() }),
      z.strictObject({ kind: z.literal('none'), message: z.string(), hint: z.string() }),
    ]),
  }),
  z.strictObject({
    type: z.literal('looked'),
    /** What can never be recorded, with why. It is forgotten with this answer. */
    refused: z.array(z.strictObject({ shown: z.string(), message: z.string() })),
  }),
])
export type TerminalAnswer = z.infer<typeof terminalAnswerSchema>
