import { z } from 'zod'
import { labelsSchema } from '../alert/schema.ts'

/** Where something is written. Lines and columns count from 1; null where only the file is known. */
export const placeSchema = z.object({
  file: z.string(),
  line: z.number().int().positive().nullable(),
  column: z.number().int().positive().nullable(),
})
export type Place = Readonly<z.infer<typeof placeSchema>>

/** A kind of alert, as its rule says it or as it was seen. All texts are from outside. */
export const alertRuleSchema = z.object({
  name: z.string(),
  /** `seen`: no rule of it is known, but it has fired. */
  kind: z.enum(['prometheus', 'cloudwatch', 'seen']),
  /** Those that the rule sets, and `alertname`; series add others that nobody knows before it fires. */
  labels: labelsSchema,
  annotations: labelsSchema,
  /** What it watches; null where that is not known. */
  expression: z.string().nullable(),
  /** How long the condition must hold, ms; null where that is not known. */
  forMs: z.number().nullable(),
  /** What is written beside the rule in its file; null for nothing. */
  comment: z.string().nullable(),
  /** Null where no file is known. */
  place: placeSchema.nullable(),
})
export type AlertRule = Readonly<z.infer<typeof alertRuleSchema>>

/** True for a value that is made when the alert fires: nobody knows it before. */
export function isTemplated(text: string): boolean {
  return text.includes('{{')
}
