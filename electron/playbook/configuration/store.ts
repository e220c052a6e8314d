import { basename, dirname } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { Configuration, ConfigurationFormat } from '#shared/domain/configuration/schema.ts'
import type { PlaybookChange } from '../file-state.ts'
import { configurationKind } from './kind.ts'
import type { LastValidVersions } from '../last-valid.ts'
import { placesIn } from '../yaml/place.ts'
import type { Position } from '../yaml/positions.ts'
import { openPlaybook } from '../playbook.ts'

/** The configuration in effect, reloaded while it runs. */
export interface ConfigurationStore {
  readonly path: string
  /**
   * The last valid configuration, also of before a restart. Where there never was one it is the
   * default (no file) or, when the file is broken, what can be used of it, at the least one without
   * sources: a drill in place of real alerts would deceive.
   */
  current(): Configuration
  /** What is wrong with this file as it is now; while there is something, the last valid one stays. */
  problems(): readonly ConfigProblem[]
  /** Where a key of the file stands, from 1; the top where it is not there. */
  placeOf(path: readonly string[]): Position
  /** That, and what is wrong with its folder. */
  allProblems(): readonly ConfigProblem[]
  /** True when there is a file, good or broken. */
  isPresent(): boolean
  /** When the configuration in effect was loaded, ms since the epoch, UTC. */
  loadedAt(): number
  /**
   * What stands in for a file that cannot be used; null while the file itself is in effect. `part`:
   * those parts of it that have no problem, where no version of it ever was valid.
   */
  standIn(): 'last-valid' | 'part' | 'nothing' | null
  /** Reads the file now, without waiting for the watch. */
  reload(): Promise<void>
  close(): void
}

/** What a store needs; `onChange` is called after anything that the playbook tells has changed. */
export interface ConfigurationStoreOptions {
  readonly path: string
  readonly format: ConfigurationFormat
  readonly clock: Clock
  readonly logger: Logger
  readonly lastValid?: LastValidVersions
  readonly onChange: (change: PlaybookChange) => void
}

/** Opens a configuration file. Does not fail: see problems. */
export async function createConfigurationStore({
  path,
  format,
  clock,
  logger,
  lastValid,
  onChange,
}: ConfigurationStoreOptions): Promise<ConfigurationStore> {
  const noSources: Configuration = { ...format.standard, sources: [] }
  let startedAt = clock.now()
  const playbook = await openPlaybook({
    folder: dirname(path),
    kinds: { configuration: configurationKind(basename(path), format) },
    clock,
    logger,
    ...(lastValid && { lastValid }),
    onChange(change) {
      const isOurs = [change.added, change.changed, change.removed, change.mended].some((paths) =>
        paths.includes(basename(path)),
      )
      if (isOurs) {
        // Without a file the default is in effect from now on.
        startedAt = clock.now()
        report()
      }
      onChange(change)
    },
  })
  const file = () =>
    playbook.files('configuration').find((each) => each.path === basename(path)) ?? null
  const current = () => {
    const found = file()
    return found ? (found.value ?? noSources) : format.standard
  }

  function report(): void {
    const found = file()
    if (found && found.problems.length > 0) return
    const sources = current().sources.map(({ name, type }) => `${name} (${type})`)
    const text = found ? 'Configuration loaded' : 'No configuration file: running the drill'
    logger.info({ path, sources }, text)
  }
  report()

  return {
    path,
    current,
    problems: () => file()?.problems ?? [],
    placeOf: (at) => placesIn(file()?.text ?? null).ofValue(at),
    allProblems: () => playbook.problems(),
    isPresent: () => file()?.isPresent ?? false,
    loadedAt: () => file()?.loadedAt ?? startedAt,
    standIn() {
      const found = file()
      if (!found || found.problems.length === 0) return null
      if (found.value === null) return 'nothing'
      return found.isPartial ? 'part' : 'last-valid'
    },
    reload: () => playbook.reload(),
    close() {
      playbook.close()
    },
  }
}
