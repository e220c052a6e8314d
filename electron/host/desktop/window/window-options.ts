import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { WINDOW_SIZE } from './bounds.ts'

/** The session of the cockpit: kept on disk for what it remembers offline, shared with nothing. */
export const COCKPIT_PARTITION = 'persist:cockpit'

/** Colour behind the page until it is painted: `--surface-page`, so that nothing flashes. */
export function backgroundOf(isDark: boolean): string {
  return isDark ? '#0b0e12' : '#eef0f3'
}

/** How the window is made. What protects it is written out, also where it is Electron's default. */
export function windowOptions({
  place,
  isDark,
  preload,
  icon,
  hasDevTools,
}: {
  readonly place: Partial<Rectangle>
  readonly isDark: boolean
  /** Full paths. */
  readonly preload: string
  readonly icon: string
  readonly hasDevTools: boolean
}): BrowserWindowConstructorOptions {
  return {
    ...place,
    minWidth: WINDOW_SIZE.minWidth,
    minHeight: WINDOW_SIZE.minHeight,
    // Shown when it is painted, and not at all when started hidden.
    show: false,
    title: 'Deckwatch',
    icon,
    backgroundColor: backgroundOf(isDark),
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      partition: COCKPIT_PARTITION,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: hasDevTools,
    },
  }
}
