/** Most of the output of one run that a document holds, in bytes of UTF-8. */
export const MAX_OF_RUN = 256 * 1024

/** Most of all outputs together that a document holds, in bytes of UTF-8. */
export const MAX_OF_ALL = 8 * 1024 * 1024

/** The output of a run, as far as it could be read. */
export type ReadOutput =
  | { readonly kind: 'whole'; readonly text: string }
  /** `leftOut`: bytes between the head and the tail that the document does not hold. */
  | {
      readonly kind: 'cut'
      readonly head: string
      readonly tail: string
      readonly leftOut: number
    }
  /** Why there is none, as a sentence. */
  | { readonly kind: 'missing'; readonly why: string }

/**
 * How much of each output fits, in bytes: short ones whole, and the long ones alike, so that one
 * that is endless takes no room of the others.
 *
 * @param sizes how long each is, in bytes.
 */
export function shareOutputs(
  sizes: readonly number[],
  { ofRun = MAX_OF_RUN, ofAll = MAX_OF_ALL } = {},
): readonly number[] {
  let [left, waiting] = [ofAll, sizes.length]
  let most = ofRun
  for (const size of sizes.map((each) => Math.min(each, ofRun)).toSorted((a, b) => a - b)) {
    const share = Math.floor(left / waiting)
    if (size > share) {
      most = share
      break
    }
    left -= size
    waiting -= 1
  }
  return sizes.map((size) => Math.min(size, most))
}

/** A line end within so many UTF-16 units of a cut is where it is cut. */
const NEAR = 1_000

/** The begin of an output, up to its last whole line where that is near. */
export function wholeLinesOf(head: string): string {
  const end = head.lastIndexOf('\n') + 1
  return end > 0 && head.length - end <= NEAR ? head.slice(0, end) : head
}

/**
 * The end of an output, from its first whole line on where that is near, else from its first whole
 * character on: it may have been cut within one.
 */
export function fromWholeLine(tail: string): string {
  const start = tail.indexOf('\n') + 1
  const isNear = start > 0 && start <= NEAR && start < tail.length
  return isNear ? tail.slice(start) : tail.replace(/^\uFFFD{1,3}/, '')
}
