import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  findProgram,
  run,
  startDeadline,
  type Environment,
} from '#electron/vendors/desktop-notifications/program.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { DESKTOP_NAME } from '../desktop-name.ts'
import { DEEP_LINK_SCHEME } from '../security/deep-link.ts'
import { desktopEntry, type StartCommand } from './autostart.ts'

/** `xdg-mime` answers within this, ms, or is ended. */
const PATIENCE_MS = 5_000

const MIME_TYPE = `x-scheme-handler/${DEEP_LINK_SCHEME}`

/** Tells our entry from one that a person or a package has put there. */
const MARK = 'X-Deckwatch-Written=true'

interface Deps {
  readonly env: Environment
  /** How this program is started. */
  readonly command: StartCommand
  readonly clock: Clock
  readonly logger: Logger
}

/**
 * True when a package has installed the desktop entry. One of ours would hide it, so it is taken away
 * then.
 *
 * @throws when ours cannot be removed.
 */
export function hasInstalledEntry(env: Environment): boolean {
  const folders = (env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':')
  const isInstalled = folders.some(
    (folder) => folder !== '' && existsSync(join(folder, 'applications', DESKTOP_NAME)),
  )
  const own = entryPath(env)
  if (isInstalled && read(own)?.includes(MARK) === true) rmSync(own)
  return isInstalled
}

/**
 * Writes a desktop entry that opens `deckwatch:` links with this very program: the AppImage, the
 * tar.gz and the repository bring none along.
 *
 * @throws when it cannot be written.
 */
export async function registerByEntry({ env, command, clock, logger }: Deps): Promise<void> {
  const path = entryPath(env)
  const before = read(path)
  // Somebody has written their own.
  if (before !== null && !before.includes(MARK)) return
  const entry = desktopEntry(
    // Who follows a link wants to see something.
    { ...command, args: command.args.filter((arg) => arg !== '--hidden') },
    [`MimeType=${MIME_TYPE};`, 'NoDisplay=true', MARK],
    '%u',
  )
  // Asked for once: afterwards a person may have chosen another program.
  if (entry === before) return
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, entry)
  const xdgMime = await findProgram('xdg-mime', env)
  // Desktops read the entry too, sooner or later.
  if (xdgMime === null) return
  const deadline = startDeadline(clock, PATIENCE_MS)
  const result = await run(xdgMime, ['default', DESKTOP_NAME, MIME_TYPE], env, deadline.signal)
  deadline.end()
  if (result.kind !== 'ended' || result.code !== 0) {
    logger.warn({ result: result.kind }, 'xdg-mime could not register deckwatch: links')
  }
}

function entryPath(env: Environment): string {
  const data = env['XDG_DATA_HOME'] || join(env['HOME'] ?? '', '.local', 'share')
  return join(data, 'applications', DESKTOP_NAME)
}

function read(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
