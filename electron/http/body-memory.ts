/** Below this many characters a body is decoded sooner than compared. */
const WORTH_KEEPING = 256 * 1_024

/** The last large body of each path with its query, so that the same bytes again need not be decoded again. */
export interface BodyMemory {
  /** The text of these bytes where they are the same as the last time, the very same string; else null. */
  recall(path: string, packing: string, chunks: readonly Buffer[]): string | null
  /** Remembers what these bytes say. */
  keep(path: string, packing: string, chunks: readonly Buffer[], text: string): void
}

/**
 * Makes the memory of one client. A text of 6 MB each second fills the heap until V8 looks through
 * all of it: measured with 10,000 alerts that do not change, that was half of the engine's time. What
 * came compressed is compared as it came: the same again is not even unpacked.
 */
export function createBodyMemory(): BodyMemory {
  const kept = new Map<string, Kept>()
  return {
    recall(path, packing, chunks) {
      const last = kept.get(path)
      return last?.packing === packing && isSame(last.chunks, chunks) ? last.text : null
    },
    keep(path, packing, chunks, text) {
      if (text.length >= WORTH_KEEPING) kept.set(path, { packing, chunks, text })
      else kept.delete(path)
    },
  }
}

interface Kept {
  readonly packing: string
  readonly chunks: readonly Buffer[]
  readonly text: string
}

/** True when two lists of chunks hold the same bytes, wherever they were cut. */
function isSame(a: readonly Buffer[], b: readonly Buffer[]): boolean {
  let [indexA, indexB, atA, atB] = [0, 0, 0, 0]
  for (;;) {
    const [chunkA, chunkB] = [a[indexA], b[indexB]]
    if (!chunkA || !chunkB) return chunkA === chunkB
    const length = Math.min(chunkA.length - atA, chunkB.length - atB)
    if (chunkA.compare(chunkB, atB, atB + length, atA, atA + length) !== 0) return false
    atA += length
    atB += length
    if (atA === chunkA.length) [indexA, atA] = [indexA + 1, 0]
    if (atB === chunkB.length) [indexB, atB] = [indexB + 1, 0]
  }
}
