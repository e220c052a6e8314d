import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type {
  ConfigProblem,
  PlaybookNews,
  PlaybookOrigin,
  PlaybookStatus,
} from '#shared/contract/index.ts'
import type { PlaybookSetting } from '#shared/domain/playbook/setting.ts'
import type { FileKinds } from './file-kind.ts'
import { createLastValidVersions } from './last-valid.ts'
import { newsOf } from './news.ts'
import { openPlaybook, type Playbook } from './playbook.ts'

/** The playbook beside `deckwatch.yaml`: plans and the rest, from wherever the setting says. */
export interface SharedPlaybook<Kinds extends FileKinds> extends Playbook<Kinds> {
  readonly kinds: Kinds
  /** Where its files are on this machine, absolute. */
  folder(): string
  /** False where its files are changed by a commit only. */
  isEditable(): boolean
  status(): PlaybookStatus
  /** Takes the playbook from elsewhere, where the setting has changed. */
  follow(setting: PlaybookSetting | undefined): Promise<void>
}

/** What it needs. Paths are absolute. */
export interface SharedPlaybookOptions<Kinds extends FileKinds> {
  readonly kinds: Kinds
  readonly setting: PlaybookSetting | undefined
  /** `deckwatch.yaml`: its folder is the playbook where the setting does not say. */
  readonly configurationPath: string
  readonly dataDirectory: string
  readonly clock: Clock
  readonly logger: Logger
  /** Called after anything that it tells has changed. */
  readonly onChange: () => void
}

interface Opened<Kinds extends FileKinds> {
  readonly setting: PlaybookSetting | undefined
  readonly folder: string
  readonly playbook: Playbook<Kinds>
  readonly origin: () => PlaybookOrigin
}

/** Opens the playbook. Does not fail: see its problems. */
export async function openSharedPlaybook<Kinds extends FileKinds>(
  options: SharedPlaybookOptions<Kinds>,
): Promise<SharedPlaybook<Kinds>> {
  const { kinds, configurationPath, dataDirectory, clock, logger, onChange } = options
  const beside = dirname(configurationPath)
  let news: PlaybookNews | null = null

  async function openFolder(setting: PlaybookSetting | undefined): Promise<Opened<Kinds>> {
    const folder = setting && 'folder' in setting ? folderOf(setting.folder, beside) : beside
    const playbook = await openPlaybook({
      folder,
      kinds,
      clock,
      logger,
      lastValid: createLastValidVersions(
        join(dataDirectory, 'last-valid-playbook'),
        folder,
        logger,
      ),
      isExpected: setting !== undefined,
      onChange(change) {
        news = newsOf(change, clock.now(), null) ?? news
        onChange()
      },
    })
    return { setting, folder, playbook, origin: () => ({ kind: 'folder', folder }) }
  }

  let opened = await openFolder(options.setting)
  let isClosed = false

  return {
    kinds,
    files: (kind) => opened.playbook.files(kind),
    problems: (): readonly ConfigProblem[] => opened.playbook.problems(),
    nameOf: (path) => opened.playbook.nameOf(path),
    reload: () => opened.playbook.reload(),
    folder: () => opened.folder,
    isEditable: () => opened.origin().kind === 'folder',
    status: () => ({ origin: opened.origin(), news }),
    async follow(setting) {
      if (isClosed || isDeepStrictEqual(setting, opened.setting)) return
      const before = opened
      opened = await openFolder(setting)
      before.playbook.close()
      // What another playbook says differently is no news of this one.
      news = null
    },
    close() {
      isClosed = true
      opened.playbook.close()
    },
  }
}

function folderOf(written: string, beside: string): string {
  const isHome = written === '~' || /^~[/\\]/.test(written)
  return isHome ? join(homedir(), written.slice(1)) : resolve(beside, written)
}
