import type { z } from 'zod'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Incoming, IpcMain } from '../electron-api.ts'
import { COCKPIT_ORIGIN } from './cockpit-address.ts'

/** Why a message of a page was refused. Counted and logged by this word, never with what was sent. */
export type IpcRefusal = 'foreign-sender' | 'unreadable'

/** The one way in which messages of pages reach this program. */
export interface IpcRegistrar {
  /**
   * Takes messages of a channel. The sender is checked and the data parsed before the handler is
   * called, so that none can forget it.
   *
   * @param refused told when one from the right sender cannot be read.
   */
  on<Data>(
    channel: string,
    schema: z.ZodType<Data>,
    handler: (data: Data) => void,
    refused?: () => void,
  ): void
  /** How many messages were refused, by reason. */
  refused(): Readonly<Record<IpcRefusal, number>>
}

/**
 * Makes the registrar. A message counts only if it comes from the top frame of our window while
 * that frame shows the cockpit.
 *
 * @param contentsId the window's contents; null while there is no window.
 */
export function createIpcRegistrar({
  ipcMain,
  contentsId,
  logger,
}: {
  readonly ipcMain: IpcMain
  readonly contentsId: () => number | null
  readonly logger: Logger
}): IpcRegistrar {
  const counts: Record<IpcRefusal, number> = { 'foreign-sender': 0, unreadable: 0 }

  function refuse(reason: IpcRefusal, channel: string): void {
    counts[reason] += 1
    // The channel is ours: a log that takes few lines of a message takes some of each.
    const message = `A message of a page was refused on ${channel}`
    logger.warn({ reason, channel, count: counts[reason] }, message)
  }

  const isOurs = ({ sender, senderFrame }: Incoming): boolean =>
    senderFrame?.parent === null &&
    senderFrame.origin === COCKPIT_ORIGIN &&
    sender.id === contentsId()

  return {
    on(channel, schema, handler, refused) {
      ipcMain.on(channel, (event, ...args) => {
        if (!isOurs(event)) {
          refuse('foreign-sender', channel)
          return
        }
        const parsed = schema.safeParse(args[0])
        if (!parsed.success || args.length > 1) {
          refuse('unreadable', channel)
          refused?.()
          return
        }
        handler(parsed.data)
      })
    },
    refused: () => ({ ...counts }),
  }
}
