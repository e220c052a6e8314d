import type { ContractError } from '#shared/contract/index.ts'
import { describeRealm } from '#shared/domain/realm/words.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Recorder } from '../record/recorder.ts'
import type { SourceRunners } from '../sources/source-runners.ts'
import type { Handlers } from './dispatch.ts'
import { withinTime } from './within-time.ts'

interface Deps {
  readonly clock: Pick<Clock, 'after'>
  readonly recorder: Pick<Recorder, 'state'>
  readonly runners: Pick<SourceRunners, 'all' | 'find'>
}

/** Asking configured sources now, and trying their connection. */
export function sourceHandlers({ clock, recorder, runners }: Deps) {
  function realmFindings(sourceId: string): readonly string[] {
    const { sources } = recorder.state()
    const source = sources.get(sourceId)
    const realm = source ? describeRealm(source, sources.values()) : null
    return realm === null ? [] : [`realm ${realm}`]
  }

  return {
    'source.poll': async ({ sourceId }) => {
      const wanted = runners
        .all()
        .filter(({ source }) => sourceId === undefined || source.id === sourceId)
      if (wanted.length === 0) return unknownSource()
      await Promise.all(wanted.map((runner) => runner.pollNow(true)))
      return ok({ polled: wanted.length })
    },
    'source.test': async ({ sourceId }) => {
      const runner = runners.find(sourceId)
      if (!runner) return unknownSource()
      const report = await withinTime(clock, (signal) => runner.source.test(signal))
      const findings = report.isWorking ? realmFindings(sourceId) : []
      return ok({ ...report, findings: [...report.findings, ...findings] })
    },
  } satisfies Partial<Handlers>
}

function unknownSource(): Result<never, ContractError> {
  return fail({
    code: 'not-found',
    message: 'There is no such source in the configuration.',
    hint: 'It may have been renamed or removed: look at the configuration file.',
  })
}
