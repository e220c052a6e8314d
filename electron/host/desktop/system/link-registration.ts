import type { Logger } from '#electron/engine/ports.ts'
import type { App } from '../electron-api.ts'
import type { Place } from '../place.ts'
import { DEEP_LINK_SCHEME } from '../security/deep-link.ts'

/** Has the system open `deckwatch:` links with this program. */
export function registerLinks(
  app: App,
  { platform, program, script }: Pick<Place, 'platform' | 'program' | 'script'>,
  logger: Logger,
): void {
  // Without its package Linux and macOS have no entry that could name this program.
  if (script !== null && platform !== 'win32') return
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
