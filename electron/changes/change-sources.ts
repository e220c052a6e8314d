import type { ChangeSources } from '#electron/engine/ports/change-sources.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { InstantQueries } from '#electron/engine/ports/instant-queries.ts'
import type { TakeHeard } from '#electron/engine/ports/listener.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { ChangeSourceStatus } from '#shared/contract/operations/changes.ts'
import type { ChangeSourceConfig } from '#shared/domain/configuration/changes.ts'
import type { ChangeSource } from './change-source.ts'
import { createGitTags } from './git-tags.ts'
import { createKubernetesRollouts } from './kubernetes.ts'

/** What looking for changes needs of this machine. */
export interface ChangeSourcesDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly marks: Marks
  /** Folder that relative paths start from. */
  readonly folder: string
}

interface Started {
  readonly take: TakeHeard
  readonly queries: InstantQueries
}

interface Looking {
  readonly text: string
  readonly status: () => ChangeSourceStatus
  stop(): Promise<void>
}

/** Looks for changes where the configuration says, each place on its own clock. */
export function createChangeSources(deps: ChangeSourcesDeps): ChangeSources {
  const { clock, folder, logger, marks } = deps
  const now = () => clock.now()
  let started: Started | null = null
  let looking: readonly Looking[] = []

  function make(config: ChangeSourceConfig, { queries }: Started): ChangeSource {
    return 'git' in config
      ? createGitTags(config, { now, marks, folder })
      : createKubernetesRollouts(config, { now, queries })
  }

  function look(config: ChangeSourceConfig, running: Started): Looking {
    const source = make(config, running)
    const abort = new AbortController()
    let cancel: () => void = () => undefined
    let turn: Promise<void> = Promise.resolve()
    let status: ChangeSourceStatus = {
      name: source.name,
      health: 'waiting',
      problem: null,
      lastAnswerAt: null,
      found: 0,
    }

    async function once(): Promise<void> {
      const looked = await source.look(abort.signal)
      if (abort.signal.aborted) return
      if (!looked.ok) {
        const { message, hint } = looked.error
        status = { ...status, health: 'failing', problem: { message, hint } }
        return
      }
      let fresh = 0
      for (const heard of looked.value.found) {
        const taken = running.take(heard)
        if (!taken.ok) {
          const hint = 'It is looked for again.'
          status = { ...status, health: 'failing', problem: { message: taken.error.message, hint } }
          return
        }
        if (!taken.value.isKnown) fresh += 1
      }
      looked.value.keep()
      status = {
        ...status,
        health: 'working',
        problem: null,
        lastAnswerAt: now(),
        found: status.found + fresh,
      }
    }

    function again(): void {
      turn = once()
        .catch((error: unknown) => {
          logger.error({ source: source.name, err: error }, 'Looking for changes failed: a bug')
        })
        .then(() => {
          if (!abort.signal.aborted) cancel = clock.after(source.everyMs, again)
        })
    }

    again()
    return {
      text: JSON.stringify(config),
      status: () => status,
      async stop() {
        cancel()
        abort.abort()
        await turn
      },
    }
  }

  return {
    start(take, queries) {
      started = { take, queries }
    },
    configure(configs) {
      const running = started
      if (!running) return
      const before = [...looking]
      looking = configs.map((config) => {
        const text = JSON.stringify(config)
        const index = before.findIndex((each) => each.text === text)
        const [same] = index === -1 ? [] : before.splice(index, 1)
        return same ?? look(config, running)
      })
      for (const each of before) void each.stop()
    },
    status: () => looking.map((each) => each.status()),
    async close() {
      const ended = looking
      looking = []
      started = null
      await Promise.all(ended.map((each) => each.stop()))
    },
  }
}
