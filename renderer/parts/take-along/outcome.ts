/** What came of copying or exporting something, in words. */
export interface Outcome {
  readonly text: string
  readonly isProblem: boolean
}

/** It was done. */
export const done = (text: string): Outcome => ({ text, isProblem: false })

/** It could not be done. */
export const failed = (text: string): Outcome => ({ text, isProblem: true })
