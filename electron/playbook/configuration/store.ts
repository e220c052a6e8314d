import { isDeepStrictEqual } from 'node:util'
import type { Clock, Logger } from '#electron/engine/ports.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { defaultConfiguration, type Configuration } from '#shared/domain/configuration/schema.ts'
import { loadConfiguration } from './load.ts'
import { fileVersion, watchConfiguration } from '../watch.ts'

/** The configuration in effect, reloaded while it runs. */
export interface ConfigurationStore {
  readonly path: string
  /**
   * The last good configuration. Before there was one it is the default (no file) or, when the file
   * was broken from the start, one without sources: a drill in place of real alerts would deceive.
   */
  current(): Configuration
  /** What is wrong with the file as it is now; while there is something, the last good one stays. */
  problems(): readonly ConfigProblem[]
  /** True when there is a file, good or broken. */
  isPresent(): boolean
  /** When the configuration in effect was loaded, ms since the epoch, UTC. */
  loadedAt(): number
  /** Reads the file now, without waiting for the watch. */
  reload(): Promise<void>
  close(): void
}

/** What a store needs; `onChange` is called after anything that the store tells has changed. */
export interface ConfigurationStoreOptions {
  readonly path: string
  readonly clock: Clock
  readonly logger: Logger
  readonly onChange: () => void
}

interface State {
  readonly configuration: Configuration
  readonly problems: readonly ConfigProblem[]
  readonly isPresent: boolean
  readonly loadedAt: number
  /** True once a file was read without a problem. */
  readonly isFromFile: boolean
}

/** Loads the file, watches it and keeps the last good configuration. Does not fail: see problems. */
export async function createConfigurationStore({
  path,
  clock,
  logger,
  onChange,
}: ConfigurationStoreOptions): Promise<ConfigurationStore> {
  // Taken before reading: a change in between is seen as one afterwards.
  const since = await fileVersion(path)
  let state = await read(path, clock, null)
  report(logger, state, path)

  let isClosed = false
  let running: Promise<void> = Promise.resolve()
  const reload = () => {
    running = running.then(async () => {
      const next = await read(path, clock, state)
      if (isClosed || isSame(state, next)) return
      state = next
      report(logger, state, path)
      onChange()
    })
    return running
  }
  const unwatch = watchConfiguration(path, () => void reload(), { clock, since })

  return {
    path,
    current: () => state.configuration,
    problems: () => state.problems,
    isPresent: () => state.isPresent,
    loadedAt: () => state.loadedAt,
    reload,
    close() {
      isClosed = true
      unwatch()
    },
  }
}

async function read(path: string, clock: Clock, before: State | null): Promise<State> {
  const loaded = await loadConfiguration(path)
  const loadedAt = clock.now()
  if (!loaded.ok) {
    const kept = before ?? {
      configuration: { ...defaultConfiguration, sources: [] },
      loadedAt,
      isFromFile: false,
    }
    return { ...kept, problems: loaded.error, isPresent: true }
  }
  const { configuration, isPresent } = loaded.value
  if (!isPresent && before?.isFromFile) {
    const message =
      'the file is gone; what was loaded from it stays in effect. Put it back, or restart to run the drill'
    return { ...before, problems: [{ file: path, line: 1, column: 1, message }], isPresent }
  }
  const isUnchanged = before !== null && isDeepStrictEqual(before.configuration, configuration)
  return {
    configuration: isUnchanged ? before.configuration : configuration,
    problems: [],
    isPresent,
    loadedAt: isUnchanged ? before.loadedAt : loadedAt,
    isFromFile: isPresent,
  }
}

function isSame(a: State, b: State): boolean {
  return (
    a.configuration === b.configuration &&
    a.isPresent === b.isPresent &&
    isDeepStrictEqual(a.problems, b.problems)
  )
}

function report(logger: Logger, state: State, path: string): void {
  for (const { line, column, message } of state.problems) {
    logger.warn({ path, line, column }, `Configuration: ${message}`)
  }
  if (state.problems.length > 0) return
  const sources = state.configuration.sources.map(({ name, type }) => `${name} (${type})`)
  const text = state.isPresent ? 'Configuration loaded' : 'No configuration file: running the drill'
  logger.info({ path, sources }, text)
}
