import type { Source } from '#electron/engine/ports/source.ts'
import type { SourceConfig } from '#shared/domain/source-kind/config.ts'
import { fail } from '#shared/domain/result/result.ts'
import type { SourceProblem } from '#shared/domain/source/schema.ts'

/** How often it is said that the source cannot be used, ms: nothing is asked, so this costs nothing. */
const INTERVAL_MS = 60_000

/**
 * Stands in for a source that could not be made of its configuration, so that it is seen to be
 * missing while the others are watched. It answers nothing and says why.
 */
export function brokenSource({ name, type }: SourceConfig): Source {
  const problem: SourceProblem = {
    code: 'misconfigured',
    message: `The source ${name} cannot be used with what its configuration says. Nothing of it is monitored.`,
    hint: 'Check its address and options; the log has the reason. The other sources go on.',
  }
  return {
    id: name,
    name,
    type,
    intervalMs: INTERVAL_MS,
    heartbeats: [],
    poll: () => Promise.resolve(fail(problem)),
    accept: () => undefined,
    forget: () => undefined,
    test: () => Promise.resolve({ isWorking: false, findings: [], problem }),
    close: () => Promise.resolve(),
  }
}
