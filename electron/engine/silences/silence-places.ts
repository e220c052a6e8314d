import type { ContractError } from '#shared/contract/index.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { SilencesPort } from '../ports/silences.ts'
import type { SourceRunner } from '../sources/source-runner.ts'
import type { SourceRunners } from '../sources/source-runners.ts'

/** A source whose server has silences. */
export interface SilencePlace {
  readonly sourceId: string
  readonly name: string
  readonly port: SilencesPort
  /** Shows what a silence changed as soon as the server says so. */
  pollSoon(): void
}

/** Finds the source that a page named, or says why nothing can be silenced there. */
export function findSilencePlace(
  runners: Pick<SourceRunners, 'find'>,
  sourceId: string,
): Result<SilencePlace, ContractError> {
  const runner = runners.find(sourceId)
  if (!runner) {
    return fail({
      code: 'not-found',
      message: 'There is no such source in the configuration.',
      hint: 'It may have been renamed or removed: look at the configuration file.',
    })
  }
  const { silences, name } = runner.source
  if (silences) {
    return ok({ sourceId, name, port: silences, pollSoon: () => void pollAfter(runner) })
  }
  return fail({
    code: 'not-allowed-now',
    message: `${name} has no silences.`,
    hint: 'Silence the alert in the Alertmanager that it is sent to, or snooze its incident.',
  })
}

/** A poll that is under way may have been answered before the change: then one more follows. */
async function pollAfter(runner: SourceRunner): Promise<void> {
  const { isPolling } = runner.pulse()
  await runner.pollNow(true)
  if (isPolling) await runner.pollNow(true)
}
