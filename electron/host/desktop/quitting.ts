import type { Logger } from '#electron/engine/ports/logger.ts'
import type { App } from './electron-api.ts'

/** The end of the program, whoever asks for it: the menu, the keys, the system. */
export interface Quitting {
  readonly quit: () => void
  /** True from the moment on that somebody asked: windows may close for good. */
  readonly isQuitting: () => boolean
}

/**
 * Lets everything come to its end before the process does.
 *
 * @param stop called once; what goes wrong in it is logged and ends the program all the same.
 * @param exitCode what the program ends with, asked when everything has come to its end.
 */
export function arrangeQuitting(
  app: App,
  logger: Logger,
  stop: () => Promise<void>,
  exitCode: () => number,
): Quitting {
  let isQuitting = false
  let stopping: Promise<void> | null = null
  app.on('before-quit', () => {
    isQuitting = true
  })
  app.on('will-quit', (event) => {
    event.preventDefault()
    stopping ??= stop()
      .catch((error: unknown) => {
        logger.error({ err: error }, 'Deckwatch did not end as it should')
      })
      .then(() => {
        app.exit(exitCode())
      })
  })
  return {
    quit: () => {
      app.quit()
    },
    isQuitting: () => isQuitting,
  }
}
