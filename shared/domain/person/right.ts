/**
 * What a person may do. `read`: look at everything that the cockpit shows. `act`: deal with
 * incidents and with what pages oneself. `configure`: change how this engine works, its files and
 * its secrets, and make it talk to other systems.
 */
export const rights = ['read', 'act', 'configure'] as const

/** One right of a person; each operation of the contract needs exactly one. */
export type Right = (typeof rights)[number]
