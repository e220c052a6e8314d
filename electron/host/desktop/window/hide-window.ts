import type { BrowserWindow } from '../electron-api.ts'

/**
 * Hides the window. On macOS one that fills the screen leaves a black screen behind when it is hidden,
 * so it becomes a window first.
 *
 * @param isStillUnwanted asked when that has happened: a person may have called for it meanwhile.
 */
export function hideWindow(
  window: Pick<BrowserWindow, 'hide' | 'isDestroyed' | 'isFullScreen' | 'setFullScreen' | 'once'>,
  platform: NodeJS.Platform,
  isStillUnwanted: () => boolean,
): void {
  if (platform !== 'darwin' || !window.isFullScreen()) {
    window.hide()
    return
  }
  window.once('leave-full-screen', () => {
    if (isStillUnwanted() && !window.isDestroyed()) window.hide()
  })
  window.setFullScreen(false)
}
