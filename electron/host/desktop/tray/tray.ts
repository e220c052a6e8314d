import { isDeepStrictEqual } from 'node:util'
import type { MenuItemConstructorOptions } from 'electron'
import type { ElectronApi, Tray } from '../electron-api.ts'
import { createPictures, hasDarkPanel, sheetFor } from './tray-icon.ts'
import { trayPicture, type TrayPicture } from './tray-sheet.ts'
import type { TrayAction, TrayItem, TrayState } from './tray-state.ts'

interface Deps {
  readonly electron: Pick<ElectronApi, 'Tray' | 'Menu' | 'nativeImage' | 'nativeTheme'>
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder `assets/tray`. */
  readonly folder: string
  readonly act: (action: TrayAction) => void
}

/** The icon beside the clock. */
export interface TrayIcon {
  /** Shows a state; does nothing when that is what is shown. */
  show(state: TrayState): void
  remove(): void
}

/**
 * Makes the icon, with its first state: it is never there without one. A desktop without a place for it
 * does not say so.
 */
export function createTrayIcon(first: TrayState, deps: Deps): TrayIcon {
  const { electron, platform } = deps
  const imageOf = createPictures(electron.nativeImage, deps.folder)
  let shown = first
  let picture = pictureOf(first)
  const tray: Tray = new electron.Tray(imageOf(picture))
  dress(first)
  tray.on('click', () => {
    // On macOS a click opens the menu.
    if (platform !== 'darwin') deps.act({ type: 'open', incidentId: null })
  })

  function pictureOf(state: TrayState): TrayPicture {
    const { shouldUseDarkColors, shouldUseDarkColorsForSystemIntegratedUI } = electron.nativeTheme
    // On Windows the taskbar has a theme of its own; Linux does not tell its panel's.
    const isDark =
      platform === 'win32'
        ? shouldUseDarkColorsForSystemIntegratedUI
        : shouldUseDarkColors || (platform === 'linux' && hasDarkPanel(deps.env))
    return trayPicture(sheetFor({ platform, isDark }), state)
  }

  function dress({ tooltip, menu, count }: TrayState): void {
    tray.setToolTip(tooltip)
    if (platform === 'darwin') tray.setTitle(count === 0 ? '' : String(count))
    tray.setContextMenu(electron.Menu.buildFromTemplate(menu.map(toMenuItem)))
  }

  function toMenuItem(item: TrayItem): MenuItemConstructorOptions {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' }
      case 'text':
        return { label: item.label, enabled: false }
      case 'submenu':
        return { label: item.label, submenu: item.items.map(toMenuItem) }
      case 'check':
        return {
          label: item.label,
          type: 'checkbox',
          checked: item.isChecked,
          click: () => {
            deps.act(item.action)
          },
        }
      case 'action':
        return {
          label: item.label,
          click: () => {
            deps.act(item.action)
          },
        }
    }
  }

  return {
    show(state) {
      const next = pictureOf(state)
      if (!isDeepStrictEqual(next, picture)) {
        picture = next
        tray.setImage(imageOf(next))
      }
      // A menu that is replaced closes under the pointer: only when it says something else.
      if (isDeepStrictEqual(state, shown)) return
      shown = state
      dress(state)
    },
    remove() {
      tray.destroy()
    },
  }
}
