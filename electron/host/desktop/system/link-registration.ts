import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { App } from '../electron-api.ts'
import type { Place } from '../place.ts'
import { DEEP_LINK_SCHEME } from '../security/deep-link.ts'
import type { StartCommand } from './autostart.ts'
import { hasInstalledEntry, registerByEntry } from './linux-links.ts'

/** Has the system open `deckwatch:` links with this program; what goes wrong is logged. */
export async function registerLinks(
  app: App,
  { platform, program, script, env }: Pick<Place, 'platform' | 'program' | 'script' | 'env'>,
  {
    command,
    clock,
    logger,
  }: { readonly command: StartCommand; readonly clock: Clock; readonly logger: Logger },
): Promise<void> {
  // Without its package macOS has no entry that could name this program.
  if (script !== null && platform === 'darwin') return
  try {
    if (platform === 'linux' && !hasInstalledEntry(env)) {
      await registerByEntry({ env, command, clock, logger })
      return
    }
  } catch (error) {
    logger.warn({ err: error }, 'No desktop entry for deckwatch: links could be written')
    return
  }
  // The installed program keeps its links when one is started from the repository beside it.
  if (script !== null && platform === 'linux') return
  // What follows `--` is never an option: on Windows the address is part of a command line.
  const isDone =
    platform === 'win32'
      ? app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME, program, [
          ...(script === null ? [] : [script]),
          '--',
        ])
      : app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME)
  if (!isDone) logger.warn({}, 'deckwatch: links could not be registered with the system')
}
