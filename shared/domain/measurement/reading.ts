import { z } from 'zod'

/** How two numbers are compared, as PromQL writes it. */
export const operatorSchema = z.enum(['>', '>=', '<', '<=', '==', '!='])
export type Operator = z.infer<typeof operatorSchema>

/** When it was measured, and where. */
const measured = {
  /** ms since the epoch, UTC. */
  at: z.number(),
  /** The name of the source that was asked. */
  source: z.string(),
  /** For how long after `at` it counts as current, ms. */
  freshMs: z.number(),
}

/**
 * What measuring brought: one number; whether a condition holds; or why neither is known. What is not
 * known is never taken for a condition that does not hold.
 */
export const readingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), value: z.number(), ...measured }),
  z.object({
    kind: z.literal('condition'),
    holds: z.boolean(),
    /** The number that decides: of several series the one furthest beyond the bound; null where there is none. */
    value: z.number().nullable(),
    /** What it is compared with; null where the expression is more than one comparison with a number. */
    bound: z.object({ operator: operatorSchema, value: z.number() }).nullable(),
    ...measured,
  }),
  z.object({
    kind: z.literal('unknown'),
    /** Why, as a part of a sentence: `no data`, `prom-eu did not answer within 10 s`. */
    reason: z.string(),
    /** When it was asked; null when it could not be. */
    at: z.number().nullable(),
    /** The name of the source that was asked; null when none was. */
    source: z.string().nullable(),
  }),
])
export type Reading = Readonly<z.infer<typeof readingSchema>>

/** A reading that says nothing. */
export type UnknownReading = Extract<Reading, { readonly kind: 'unknown' }>

/** Nothing is known, for a reason that is a part of a sentence. */
export function unknown(
  reason: string,
  { at = null, source = null }: Partial<Pick<UnknownReading, 'at' | 'source'>> = {},
): UnknownReading {
  return { kind: 'unknown', reason, at, source }
}

/** What a reading still says: one that is too old says nothing of now. */
export function current(reading: Reading, now: number): Reading {
  if (reading.kind === 'unknown' || now - reading.at <= reading.freshMs) return reading
  return unknown('the last measurement is too old', { at: reading.at, source: reading.source })
}
