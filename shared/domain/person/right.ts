import { z } from 'zod'

/**
 * What a person may do. `read`: look at everything that the cockpit shows. `act`: deal with
 * incidents and alerts. `run`: have commands of runbooks run. `configure`: change how this engine works, its files and its secrets, whom
 * and when it pages, and make it talk to other systems.
 */
export const rights = ['read', 'act', 'run', 'configure'] as const

/** Reads one right. */
export const rightSchema = z.enum(rights)
/** One right of a person; each operation of the contract needs exactly one. */
export type Right = z.infer<typeof rightSchema>
