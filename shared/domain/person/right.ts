import { z } from 'zod'

/**
 * What a person may do: `read` everything that is shown, `act` on incidents, alerts and pages,
 * `configure` this machine. An operation of the contract names the one that it needs.
 */
export const rights = ['read', 'act', 'configure'] as const
export const rightSchema = z.enum(rights)
export type Right = z.infer<typeof rightSchema>
