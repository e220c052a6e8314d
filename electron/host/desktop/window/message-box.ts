import type { MessageBoxOptions } from 'electron'
import type { BrowserWindow, ElectronApi } from '../electron-api.ts'

/**
 * Asks or tells something on top of the window, once it is shown.
 *
 * @returns the button that was pressed, counted from 0; null when another question is open.
 */
export type Ask = (options: MessageBoxOptions) => Promise<number | null>

/**
 * Boxes of one window. Only such a box lets the program go on: on macOS one without a window, and an
 * error box everywhere, hold up every poll and every notification until somebody closes it.
 */
export function createMessageBox(
  dialog: ElectronApi['dialog'],
  window: Pick<BrowserWindow, 'isVisible' | 'isDestroyed' | 'once'>,
): Ask {
  let isOpen = false

  async function shown(): Promise<void> {
    if (window.isVisible()) return
    await new Promise<void>((resolve) => {
      window.once('show', resolve)
    })
  }

  return async (options) => {
    if (isOpen) return null
    isOpen = true
    try {
      await shown()
      if (window.isDestroyed()) return null
      return (await dialog.showMessageBox(window, options)).response
    } finally {
      isOpen = false
    }
  }
}
