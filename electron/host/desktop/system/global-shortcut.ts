import type { Logger } from '#electron/engine/ports/logger.ts'
import type { ElectronApi } from '../electron-api.ts'

/** Shows and hides the window from anywhere. */
export const DEFAULT_SHORTCUT = 'CommandOrControl+Alt+D'

/**
 * Takes the shortcut that `DECKWATCH_SHORTCUT` names, or the usual one; `off` takes none.
 *
 * @returns null when it was taken or none is wanted, else a sentence for the person.
 */
export function takeShortcut({
  globalShortcut,
  wanted = DEFAULT_SHORTCUT,
  logger,
  pressed,
}: {
  readonly globalShortcut: ElectronApi['globalShortcut']
  readonly wanted: string | undefined
  readonly logger: Logger
  readonly pressed: () => void
}): string | null {
  if (wanted === 'off') return null
  let isTaken
  try {
    isTaken = globalShortcut.register(wanted, pressed)
  } catch {
    logger.warn({ shortcut: wanted }, 'DECKWATCH_SHORTCUT is not a shortcut')
    return `DECKWATCH_SHORTCUT is not a shortcut: ${wanted}`
  }
  if (isTaken) return null
  logger.warn({ shortcut: wanted }, 'The shortcut belongs to another program')
  return `The shortcut ${wanted} belongs to another program.`
}
