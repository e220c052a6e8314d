import type { Actor } from '#shared/domain/actor/schema.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { withdrawAll } from '../configuration/remove-source.ts'
import type { ContextOf } from '../pipeline/context-of.ts'
import { isDrill, type DrillSource } from '../ports/drill.ts'
import type { Recorder } from '../record/recorder.ts'
import type { SourceRunner } from '../sources/source-runner.ts'
import type { SourceRunners } from '../sources/source-runners.ts'
import type { StatusBoard } from '../status/status-board.ts'
import type { Handlers } from './dispatch.ts'

interface Deps {
  readonly contextOf: ContextOf
  readonly recorder: Pick<Recorder, 'record'>
  readonly runners: Pick<SourceRunners, 'all'>
  readonly status: Pick<StatusBoard, 'refresh'>
}

const deckwatch: Actor = { kind: 'deckwatch' }

/** Steering the drill. */
export function drillHandlers({ contextOf, recorder, runners, status }: Deps) {
  /** Begun again, the story starts with a clean slate: nothing acknowledged, nothing flapping. */
  function withdraw(source: DrillSource): void {
    source.forget()
    recorder.record(withdrawAll(source.id, contextOf(source.id)), deckwatch)
  }

  return {
    'drill.control': async (change) => {
      const drill = findDrill(runners.all())
      if (!drill) {
        return fail({ code: 'not-allowed-now', message: 'No drill is running.' })
      }
      if (change.restart) withdraw(drill.source)
      drill.source.control(change)
      status.refresh()
      await drill.runner.pollNow()
      return ok({})
    },
  } satisfies Partial<Handlers>
}

function findDrill(runners: readonly SourceRunner[]) {
  for (const runner of runners) {
    if (isDrill(runner.source)) return { source: runner.source, runner }
  }
  return null
}
