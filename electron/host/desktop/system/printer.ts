import type { Printer } from '#electron/engine/ports/printer.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import type { ElectronApi } from '../electron-api.ts'

/** A session of its own, in memory: a document that is printed shares nothing with the cockpit. */
export const PRINT_PARTITION = 'print'

/**
 * Prints by a window that nobody sees. The document is data, not an address: it runs no script, and
 * its session reaches nothing.
 */
export function createPrinter(
  { BrowserWindow, session }: Pick<ElectronApi, 'BrowserWindow' | 'session'>,
  logger: Logger,
): Printer {
  return {
    async toPdf(html) {
      session.fromPartition(PRINT_PARTITION).webRequest.onBeforeRequest(({ url }, callback) => {
        callback({ cancel: !url.startsWith('data:text/html') })
      })
      const window = new BrowserWindow({
        show: false,
        webPreferences: {
          partition: PRINT_PARTITION,
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          javascript: false,
          webgl: false,
          spellcheck: false,
          devTools: false,
        },
      })
      try {
        const data = Buffer.from(html, 'utf8').toString('base64')
        await window.loadURL(`data:text/html;charset=utf-8;base64,${data}`)
        return ok(await window.webContents.printToPDF({ pageSize: 'A4', preferCSSPageSize: true }))
      } catch (error) {
        logger.error({ err: error }, 'A document could not be printed')
        return fail('The document could not be printed.')
      } finally {
        window.destroy()
      }
    },
  }
}
