/** Exit codes, as in the browser host: 2 the command line, 4 the journal. */
export const EXIT = { usage: 2, journal: 4 } as const
