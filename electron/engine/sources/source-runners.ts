import type { PushMessage } from '#shared/contract/index.ts'
import type { Source } from '../ports/source.ts'
import {
  createSourceRunner,
  type OutcomeHandler,
  type RunnerDeps,
  type SourceRunner,
} from './source-runner.ts'

/** The sources that are polled now. */
export interface SourceRunners {
  all(): readonly SourceRunner[]
  find(sourceId: string): SourceRunner | undefined
  /** Starts those that do not run yet. */
  start(): void
  /** Closes those that are no longer among these, and makes runners for the new ones. */
  replace(sources: readonly Source[]): Promise<void>
  /** How old each one's data is, for the cockpits. */
  pulse(): PushMessage
  stop(): Promise<void>
}

/** Makes the runners; nothing is polled before `start`. */
export function createSourceRunners(
  deps: RunnerDeps,
  initial: readonly Source[],
  onOutcome: OutcomeHandler,
): SourceRunners {
  const { clock, logger } = deps
  const toRunner = (source: Source) => createSourceRunner(source, deps, onOutcome)
  let runners: readonly SourceRunner[] = initial.map(toRunner)
  const started = new WeakSet<SourceRunner>()

  /** A source that cannot be closed must keep neither the journal open nor the others running. */
  async function stopAll(stopped: readonly SourceRunner[]): Promise<void> {
    const outcomes = await Promise.allSettled(stopped.map((runner) => runner.stop()))
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        logger.error({ err: outcome.reason as unknown }, 'A source could not be closed')
      }
    }
  }

  return {
    all: () => runners,
    find: (sourceId) => runners.find(({ source }) => source.id === sourceId),
    start() {
      for (const runner of runners) {
        if (started.has(runner)) continue
        started.add(runner)
        runner.start()
      }
    },
    async replace(sources) {
      const kept = runners.filter(({ source }) => sources.includes(source))
      await stopAll(runners.filter((runner) => !kept.includes(runner)))
      runners = sources.map(
        (source) => kept.find((runner) => runner.source === source) ?? toRunner(source),
      )
    },
    pulse: () => ({
      type: 'pulse',
      now: clock.now(),
      pulses: runners.map((runner) => runner.pulse()),
    }),
    stop: () => stopAll(runners),
  }
}
