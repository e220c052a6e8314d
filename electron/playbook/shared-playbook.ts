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
import type { GitSetting, PlaybookSetting } from '#shared/domain/playbook/setting.ts'
import type { FileKinds } from './file-kind.ts'
import { createGitFollower, type GitFollower } from './git/follower.ts'
import { createLastValidVersions } from './last-valid.ts'
import { newsOf } from './news.ts'
import { matchesPath } from './pattern.ts'
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
  /**
   * Looks at the repository of a Git playbook now; false for a folder, which is never pulled.
   *
   * @param followRewritten also follows a branch whose history is another one than before.
   */
  pull(followRewritten: boolean, signal: AbortSignal): Promise<boolean>
  /** Ends all that runs; nothing changes any more. */
  stop(): Promise<void>
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
  readonly folder: () => string
  readonly playbook: Playbook<Kinds>
  readonly origin: () => PlaybookOrigin
  readonly follower: GitFollower | null
}

/** Opens the playbook. Does not fail: see its problems. */
export async function openSharedPlaybook<Kinds extends FileKinds>(
  options: SharedPlaybookOptions<Kinds>,
): Promise<SharedPlaybook<Kinds>> {
  const { kinds, configurationPath, dataDirectory, clock, logger, onChange } = options
  const beside = dirname(configurationPath)
  let news: PlaybookNews | null = null

  const lastValidOf = (playbook: string) =>
    createLastValidVersions(join(dataDirectory, 'last-valid-playbook'), playbook, logger)

  async function openFolder(setting: PlaybookSetting | undefined): Promise<Opened<Kinds>> {
    const folder = setting && 'folder' in setting ? folderOf(setting.folder, beside) : beside
    const playbook = await openPlaybook({
      folder,
      kinds,
      clock,
      logger,
      lastValid: lastValidOf(folder),
      isExpected: setting !== undefined,
      onChange(change) {
        news = newsOf(change, clock.now(), null) ?? news
        onChange()
      },
    })
    return {
      setting,
      folder: () => folder,
      playbook,
      origin: () => ({ kind: 'folder', folder }),
      follower: null,
    }
  }

  async function openGit(setting: GitSetting): Promise<Opened<Kinds>> {
    const directory = join(dataDirectory, 'playbook')
    const nothing = join(directory, 'nothing-yet')
    // Its end is reported once, with the commit.
    let isReloading = false
    const follower: GitFollower = await createGitFollower({
      setting,
      directory,
      limitOf: (path) =>
        Object.values(kinds).find(({ pattern }) => matchesPath(pattern, path))?.maxBytes ?? null,
      clock,
      logger,
      onFiles: async () => {
        isReloading = true
        await playbook.reload()
        isReloading = false
        arrived(follower)
        onChange()
      },
      onChange,
    })
    const folder = () => follower.kept()?.folder ?? nothing
    const playbook = await openPlaybook({
      folder,
      kinds,
      clock,
      logger,
      lastValid: lastValidOf(`git ${JSON.stringify([setting.git, setting.branch, setting.path])}`),
      // As the repository calls them: where they are on this machine is of no use to anybody.
      nameOf: (path) => [setting.path, path].filter((part) => part).join('/'),
      refused: () => follower.kept()?.refused ?? new Map<string, string>(),
      isWatched: false,
      onChange(change) {
        const commit = follower.origin().commit?.id ?? null
        news = newsOf(change, clock.now(), commit) ?? news
        if (!isReloading) onChange()
      },
    })
    return { setting, folder, playbook, origin: () => follower.origin(), follower }
  }

  const open = (setting: PlaybookSetting | undefined) =>
    setting && 'git' in setting ? openGit(setting) : openFolder(setting)

  let opened = await open(options.setting)
  /** Comes into effect with its first commit: until then what is in effect stays. */
  let awaited: Opened<Kinds> | null = null
  let isClosed = false
  opened.follower?.start()

  function arrived(follower: GitFollower): void {
    if (awaited?.follower !== follower) return
    opened.playbook.close()
    opened = awaited
    awaited = null
    news = null
  }

  async function giveUp(given: Opened<Kinds> | null): Promise<void> {
    given?.playbook.close()
    await given?.follower?.stop()
  }

  return {
    kinds,
    files: (kind) => opened.playbook.files(kind),
    problems: (): readonly ConfigProblem[] => opened.playbook.problems(),
    nameOf: (path) => opened.playbook.nameOf(path),
    reload: () => opened.playbook.reload(),
    folder: () => opened.folder(),
    isEditable: () => opened.follower === null && awaited === null,
    status: () => ({ origin: (awaited ?? opened).origin(), news }),
    async follow(setting) {
      if (isClosed || isDeepStrictEqual(setting, (awaited ?? opened).setting)) return
      await giveUp(awaited)
      awaited = null
      // Withdrawn before anything of it came.
      if (isDeepStrictEqual(setting, opened.setting)) return
      const next = await open(setting)
      if (next.follower?.kept() === null) {
        awaited = next
        await opened.follower?.stop()
      } else {
        await giveUp(opened)
        opened = next
        // What another playbook says differently is no news of this one.
        news = null
      }
      next.follower?.start()
    },
    async pull(followRewritten, signal) {
      const { follower } = awaited ?? opened
      await follower?.pull(followRewritten, signal)
      return follower !== null
    },
    close() {
      isClosed = true
      opened.playbook.close()
      awaited?.playbook.close()
    },
    async stop() {
      isClosed = true
      await giveUp(awaited)
      await giveUp(opened)
    },
  }
}

function folderOf(written: string, beside: string): string {
  const isHome = written === '~' || /^~[/\\]/.test(written)
  return isHome ? join(homedir(), written.slice(1)) : resolve(beside, written)
}
