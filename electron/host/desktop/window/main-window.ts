import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { BrowserWindow, ElectronApi } from '../electron-api.ts'
import { COCKPIT_PAGE } from '../security/cockpit-address.ts'
import { placeWindow } from './bounds.ts'
import { awaitFirstPaint } from './first-paint.ts'
import { hideWindow } from './hide-window.ts'
import { createMessageBox, type Ask } from './message-box.ts'
import type { WindowMemoryFile } from './window-memory.ts'
import { backgroundOf, windowOptions } from './window-options.ts'

/** A page that ends again within this, ms, is not loaded a third time: it would go on for ever. */
const CRASH_LOOP_MS = 10_000

interface Deps {
  readonly electron: Pick<ElectronApi, 'BrowserWindow' | 'dialog' | 'nativeTheme' | 'screen'>
  readonly clock: Pick<Clock, 'monotonic' | 'after'>
  readonly logger: Logger
  readonly platform: NodeJS.Platform
  readonly memory: WindowMemoryFile
  /** Full paths. */
  readonly preload: string
  readonly icon: string
  readonly hasDevTools: boolean
  readonly isHiddenAtStart: boolean
  readonly listener: WindowListener
}

/** What happens to the window. */
export interface WindowListener {
  /** The page can be seen (again), or answers again. */
  awoke(): void
  /** The page is gone, or another one is about to come. */
  pageLost(): void
  /** The window is about to close: true when it may. */
  mayClose(): boolean
  /** A person wanted it to close, and it did not. */
  dismissed(): void
  /** It was hidden, for the first time ever. */
  firstHidden(): void
  /** The page ends again and again. */
  crashing(): void
}

/** The one window, with the cockpit in it. */
export interface MainWindow {
  readonly contentsId: number
  /** Raises it, from wherever it is. */
  show(): void
  hide(): void
  /** Raises it, or hides it when a person looks at it. */
  toggle(): void
  hasFocus(): boolean
  /** True while the page can be seen and answers. */
  isAwake(): boolean
  readonly ask: Ask
  /** Sends to the page; does nothing when there is none. */
  send(channel: string, ...args: readonly unknown[]): void
  /** Lets the window close, and remembers where it was. */
  destroy(): void
}

/** Opens the window and loads the cockpit into it. */
export function openMainWindow(deps: Deps): MainWindow {
  const { electron, clock, logger, memory, listener } = deps
  const remembered = memory.read()
  const window: BrowserWindow = new electron.BrowserWindow(
    windowOptions({
      ...deps,
      place: placeWindow(remembered.bounds, electron.screen.getAllDisplays()),
      isDark: electron.nativeTheme.shouldUseDarkColors,
    }),
  )
  const contents = window.webContents
  let isResponsive = true
  let isWanted = !deps.isHiddenAtStart
  let crashedAt: number | null = null
  const firstPaint = awaitFirstPaint(window, clock, () => {
    if (!isWanted) return
    if (remembered.isMaximized) window.maximize()
    show()
  })

  function remember(hasToldHiding = memory.read().hasToldHiding): void {
    memory.write({
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      hasToldHiding,
    })
  }

  function show(): void {
    isWanted = true
    if (!firstPaint.isOver() || window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  function hide(): void {
    if (window.isDestroyed()) return
    const isFirst = !memory.read().hasToldHiding
    remember(true)
    isWanted = false
    hideWindow(window, deps.platform, () => !isWanted)
    if (isFirst) listener.firstHidden()
  }

  function load(): void {
    window
      .loadURL(COCKPIT_PAGE)
      .catch((error: unknown) => {
        logger.error({ err: error }, 'The cockpit could not be loaded')
      })
      .finally(() => {
        firstPaint.pageEnded()
      })
  }

  window.on('close', (event) => {
    if (listener.mayClose()) {
      remember()
      return
    }
    event.preventDefault()
    listener.dismissed()
  })
  window.on('show', () => {
    listener.awoke()
  })
  window.on('restore', () => {
    listener.awoke()
  })
  window.on('unresponsive', () => {
    isResponsive = false
    logger.warn({}, 'The cockpit is not responding')
  })
  window.on('responsive', () => {
    isResponsive = true
    listener.awoke()
  })
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) listener.pageLost()
  })
  contents.on('render-process-gone', (_event, { reason }) => {
    // A page that hung and ended says no more that it answers; the next one does from the start.
    isResponsive = true
    listener.pageLost()
    if (reason === 'clean-exit') return
    logger.error({ reason }, "The cockpit's page has ended")
    const now = clock.monotonic()
    const isLoop = crashedAt !== null && now - crashedAt < CRASH_LOOP_MS
    crashedAt = now
    if (isLoop) listener.crashing()
    else load()
  })
  electron.nativeTheme.on('updated', () => {
    if (window.isDestroyed()) return
    window.setBackgroundColor(backgroundOf(electron.nativeTheme.shouldUseDarkColors))
  })
  load()

  return {
    contentsId: contents.id,
    show,
    hide,
    toggle() {
      if (window.isVisible() && window.isFocused()) hide()
      else show()
    },
    hasFocus: () => !window.isDestroyed() && window.isVisible() && window.isFocused(),
    isAwake: () =>
      isResponsive && !window.isDestroyed() && window.isVisible() && !window.isMinimized(),
    ask: createMessageBox(electron.dialog, window),
    send(channel, ...args) {
      if (!window.isDestroyed() && !contents.isDestroyed()) contents.send(channel, ...args)
    },
    destroy() {
      if (window.isDestroyed()) return
      remember()
      window.destroy()
    },
  }
}
