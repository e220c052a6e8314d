/** How long one slice may take, ms: short enough that a key press or a frame is never late. */
const SLICE_MS = 8

/** What slices are cut with. */
export interface SlicePorts {
  /** ms from an arbitrary start; never jumps. */
  readonly steady: () => number
  /** Calls back in a task of its own, after what the browser holds to be more urgent. */
  readonly later: (callback: () => void) => void
}

/**
 * Does work in slices with room between them for keys, clicks and frames. The first slice is done
 * at once, so what is quick is done when this returns.
 *
 * @param work yields wherever it can be interrupted.
 * @returns what stops it for good.
 */
export function runInSlices(
  work: Generator<undefined, unknown, undefined>,
  { steady, later }: SlicePorts,
): () => void {
  const run = { isStopped: false }
  const slice = () => {
    if (run.isStopped) return
    const end = steady() + SLICE_MS
    do {
      if (work.next().done) return
    } while (steady() < end)
    later(slice)
  }
  slice()
  return () => {
    run.isStopped = true
  }
}

/** Tasks of the browser, without the wait that its timers add. */
export function browserTasks(): SlicePorts['later'] {
  const { port1, port2 } = new MessageChannel()
  const waiting: (() => void)[] = []
  port1.onmessage = () => {
    waiting.shift()?.()
  }
  return (callback) => {
    waiting.push(callback)
    port2.postMessage(null)
  }
}
