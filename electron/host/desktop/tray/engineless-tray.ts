import type { UnopenedJournal } from '#shared/contract/unopened-journal.ts'
import type { ElectronApi } from '../electron-api.ts'
import type { Autostart } from '../system/autostart.ts'
import { trayWithoutEngine, type TrayAction } from './tray-state.ts'
import { createTrayIcon } from './tray.ts'

interface Deps {
  readonly electron: Pick<ElectronApi, 'Tray' | 'Menu' | 'nativeImage' | 'nativeTheme'>
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder `assets/tray`. */
  readonly folder: string
  readonly autostart: Autostart
  /** What else has to be said in its menu. */
  readonly remarks: readonly string[]
  readonly open: () => void
  readonly tryAgain: () => void
  readonly quit: () => void
}

/** The tray of a program whose engine could not be started. */
export interface EnginelessTray {
  /** Says why, after another attempt. */
  show(journal: UnopenedJournal): void
  /** Makes room for the tray of a running engine. */
  remove(): void
}

/** Puts an icon beside the clock that says that nothing is monitored, and why. */
export function runEnginelessTray(first: UnopenedJournal, deps: Deps): EnginelessTray {
  const { electron, autostart, remarks } = deps
  let journal = first
  let isRemoved = false
  const state = () => trayWithoutEngine(journal, { remarks, isAutostart: autostart.isOn() })
  const icon = createTrayIcon(state(), { ...deps, act })
  electron.nativeTheme.on('updated', refresh)

  function refresh(): void {
    if (!isRemoved) icon.show(state())
  }

  function act(action: TrayAction): void {
    switch (action.type) {
      case 'open':
        deps.open()
        break
      case 'try-again':
        deps.tryAgain()
        break
      case 'autostart':
        autostart.set(action.isWanted)
        refresh()
        break
      case 'quit':
        deps.quit()
        break
      case 'acknowledge':
      case 'quiet':
        // Offered only by a running engine.
        break
    }
  }

  return {
    show(next) {
      journal = next
      refresh()
    },
    remove() {
      isRemoved = true
      icon.remove()
    },
  }
}
