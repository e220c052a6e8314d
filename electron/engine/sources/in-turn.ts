import type { BeforeOutcome } from './source-runner.ts'

/** One after the other: the second is asked once what the first waits for is there. */
export function inTurn(first: BeforeOutcome, second: BeforeOutcome): BeforeOutcome {
  return (source, report, signal) => {
    const wait = first(source, report, signal)
    if (!wait) return second(source, report, signal)
    return wait.then(async () => {
      if (!signal.aborted) await second(source, report, signal)
    })
  }
}
