/** Said where nothing was run. */
export const NOTHING_RECORDED = 'None recorded'

/** Said where nobody followed anything. */
export const NOTHING_DONE = 'No plan or runbook was followed, and nothing was run.'

/** Said of a step of the plan that nobody dealt with. */
export const NOT_MARKED = 'Not marked'

/** Said of a run without output. */
export const PRINTED_NOTHING = 'It printed nothing.'

/** Says between the begin and the end of an output how much is not in the document. */
export function leftOutWords(bytes: number): string {
  return `${String(bytes)} bytes of output are left out here.`
}
