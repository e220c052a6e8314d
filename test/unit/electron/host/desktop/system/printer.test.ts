import { describe, expect, it } from 'vitest'
import { createPrinter, PRINT_PARTITION } from '#electron/host/desktop/system/printer.ts'
import type { BrowserWindow } from '#electron/host/desktop/electron-api.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { StandInSession } from '#test/fixtures/electron-stand-in/session.ts'
import { StandInWindow } from '#test/fixtures/electron-stand-in/window.ts'

const none = () => undefined

type Options = ConstructorParameters<typeof StandInWindow>[0]

/** A desktop with a printer, and the windows that it made. */
function stage({ fails = false } = {}) {
  const windows: StandInWindow[] = []
  const session = new StandInSession(PRINT_PARTITION)
  class Window extends StandInWindow {
    constructor(options: Options) {
      super(options, {
        session: () => session,
        created: (window) => windows.push(window),
        paintsHidden: () => true,
        fromPage: none,
      })
      if (fails) this.webContents.printToPDF = () => Promise.reject(new Error('no paper'))
    }
  }
  const api = {
    BrowserWindow: Window as unknown as new (options: Options) => BrowserWindow,
    session: { fromPartition: () => session },
  }
  return { printer: createPrinter(api, silentLogger), windows, session }
}

describe('the printer of the desktop', () => {
  it('prints a document in a window that nobody sees, runs nothing and reaches nothing', async () => {
    const { printer, windows, session } = stage()
    const printed = await printer.toPdf('<p>é</p>')
    const [window] = windows
    expect(window?.options).toMatchObject({
      show: false,
      webPreferences: { partition: PRINT_PARTITION, sandbox: true, javascript: false },
    })
    const text = printed.ok ? Buffer.from(printed.value).toString() : printed.error
    expect(text.startsWith('%PDF-')).toBe(true)
    const data = text.split('base64,')[1] ?? ''
    expect(Buffer.from(data, 'base64').toString()).toBe('<p>é</p>')
    expect(session.mayRequest('https://tracker.example/')).toBe(false)
    expect(window?.isDestroyed()).toBe(true)
  })

  it('says that it could not, and leaves no window behind', async () => {
    const { printer, windows } = stage({ fails: true })
    expect(await printer.toPdf('x')).toEqual({
      ok: false,
      error: 'The document could not be printed.',
    })
    expect(windows[0]?.isDestroyed()).toBe(true)
  })
})
