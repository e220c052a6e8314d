/** How a program ended, as Node tells it: by a code, or by a signal. */
export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** What Deckwatch itself refuses, by the code that other programs have for it which run a command. */
export const REFUSED: Ending = { code: 125, signal: null }
