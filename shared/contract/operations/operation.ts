import { z } from 'zod'
import type { Right } from '../../domain/person/right.ts'

interface Described {
  /** The right that a person needs for it. */
  readonly needs: Right
  readonly input: z.ZodType
  readonly output: z.ZodType
}

/** Changes something that is watched, and is journaled. Sent twice, it is carried out once. */
export type Command = KeptCommand | RefusedCommand

/**
 * A command that the cockpit keeps while the engine is out of reach, and delivers when it is back:
 * it must mean the same hours later, and is about one incident, or about one handoff.
 */
export interface KeptCommand extends Described {
  readonly kind: 'command'
  readonly offline: 'keep'
  readonly input: z.ZodType<{ readonly incidentId: string } | { readonly handoffId: string }>
}

/** A command that cannot be given while the engine is out of reach; the person sees why. */
export interface RefusedCommand extends Described {
  readonly kind: 'command'
  readonly offline: 'refuse'
}

/** Changes nothing that is kept. */
export interface Query extends Described {
  readonly kind: 'query'
}

/** Changes what is this machine's own: files, secrets, what runs. Not journaled, never kept for later. */
export interface Change extends Described {
  readonly kind: 'change'
}

/** One entry of the contract. */
export type Operation = Command | Query | Change

/** The operations of one concept, by name. */
export type Operations = Readonly<Record<string, Operation>>

/** How an operation names the incident that it is about. */
export const incidentInput = z.object({ incidentId: z.string().min(1).max(128) })

/** What a recorded command answers: the last journal entry that it wrote. */
export const receiptSchema = z.object({ seq: z.number().int().nonnegative() })
export type Receipt = z.infer<typeof receiptSchema>
