/** Collects what lies around first, so that a measurement pays for its own garbage only. */
export function collectGarbage(): void {
  if (!globalThis.gc) throw new Error('Start this with node --expose-gc, or by "npm run bench"')
  globalThis.gc()
}

/** How long `work` takes, ms; done several times in a row, the mean of them. */
export async function timed(work: () => unknown, repeats = 1): Promise<number> {
  collectGarbage()
  const began = performance.now()
  for (let turn = 0; turn < repeats; turn += 1) await work()
  return (performance.now() - began) / repeats
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}
