import type { Clock } from '#electron/engine/ports/clock.ts'
import type { BrowserWindow } from '../electron-api.ts'

/** A window is shown after this, ms, whatever its page does: an empty one says more than none. */
const PATIENCE_MS = 5_000

/** The first sight of the page: whoever shows the window earlier shows an empty one. */
export interface FirstPaint {
  isOver(): boolean
  /** The page is loaded, or never will be. */
  pageEnded(): void
}

/**
 * Waits until the window has something to show. Electron tells by `ready-to-show`; on Wayland a window
 * that was never shown may never be painted, so that a page that is loaded counts as much.
 *
 * @param painted called once.
 */
export function awaitFirstPaint(
  window: Pick<BrowserWindow, 'once' | 'isDestroyed'>,
  clock: Pick<Clock, 'after'>,
  painted: () => void,
): FirstPaint {
  let isOver = false
  const cancel = clock.after(PATIENCE_MS, end)

  function end(): void {
    cancel()
    if (isOver || window.isDestroyed()) return
    isOver = true
    painted()
  }

  window.once('ready-to-show', end)
  return { isOver: () => isOver, pageEnded: end }
}
