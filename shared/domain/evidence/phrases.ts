/** Said where nothing was run. */
export const NOTHING_RECORDED = 'None recorded'

/** Said where nobody followed anything. */
export const NOTHING_DONE = 'No plan or runbook was followed, and nothing was run.'

/** Said of a step of the plan that nobody dealt with. */
export const NOT_MARKED = 'Not marked'

/** Said of a run without output. */
export const PRINTED_NOTHING = 'It printed nothing.'

/** Stands before the first part of an output that is not in the document as a whole. */
export const FIRST_PART = 'First part of the output:'

/** Stands before its last part. */
export const LAST_PART = 'Last part of the output:'

/** Says between the two how much is not in the document. */
export function leftOutWords(bytes: number): string {
  return `${countWords(bytes, 'byte')} of output left out here`
}

const grouped = new Intl.NumberFormat('en')

/** `1 line`, `9,000 lines`. */
export function countWords(count: number, noun: string): string {
  return `${grouped.format(count)} ${noun}${count === 1 ? '' : 's'}`
}
