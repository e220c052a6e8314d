import type { Engine } from '#electron/engine/engine.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { ElectronApi } from '../electron-api.ts'
import type { HostCommands } from '../host-commands.ts'
import type { Autostart } from '../system/autostart.ts'
import { findTrayHost, hasNoOtherTray, type TrayHost } from './tray-host.ts'
import { createTrayKeeper, type TrayKeeper } from './tray-keeper.ts'
import { watchTrayPlace } from './tray-place.ts'
import type { TrayAction, TrayState } from './tray-state.ts'
import { createTrayIcon, type TrayIcon } from './tray.ts'

interface Deps {
  readonly electron: Pick<ElectronApi, 'Tray' | 'Menu' | 'nativeImage' | 'nativeTheme'>
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder `assets/tray`. */
  readonly folder: string
  readonly engine: Engine
  readonly clock: Clock
  readonly logger: Logger
  readonly autostart: Autostart
  readonly hostCommands: HostCommands
  /** What else has to be said in its menu. */
  readonly remarks: readonly string[]
  readonly show: (incidentId: string | null) => void
  readonly quit: () => void
  /** Told once when this desktop turns out to have no place for it. */
  readonly missing: () => void
}

/** The tray of a running program. */
export interface RunningTray extends Pick<TrayKeeper, 'fellAsleep' | 'wokeUp' | 'stop'> {
  /** False on a desktop without a place for it: a window that hides there cannot be found again. */
  isThere(): Promise<boolean>
}

/** Puts the icon beside the clock, keeps it true, and does what is clicked in its menu. */
export function runTray(deps: Deps): RunningTray {
  const { electron, platform, env, clock, autostart, hostCommands, logger } = deps
  const timeOfDay = new Intl.DateTimeFormat('en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  let icon: TrayIcon | null = null
  const keeper = createTrayKeeper({
    engine: deps.engine,
    clock,
    surroundings: () => ({
      isAutostart: autostart.isOn(),
      remarks: deps.remarks,
      timeOfDay: (at) => timeOfDay.format(at),
    }),
    draw: (state) => icon?.show(state),
  })
  icon = makeIcon(keeper.state())
  const place = watchTrayPlace({
    look: lookForHost,
    clock,
    appeared() {
      logger.info({}, 'The desktop has a tray now')
      // The icon was made where nobody sees it, and stays there.
      icon?.remove()
      icon = makeIcon(keeper.state())
    },
    missing() {
      logger.warn({}, 'There is no tray: closing the window asks whether to quit')
      // An older one that D-Bus knows nothing of would show the icon.
      if (hasNoOtherTray(env)) deps.missing()
    },
  })
  electron.nativeTheme.on('updated', () => {
    keeper.refresh()
  })

  function makeIcon(state: TrayState): TrayIcon {
    return createTrayIcon(state, { ...deps, act })
  }

  async function lookForHost(): Promise<TrayHost> {
    return platform === 'linux' ? findTrayHost(env, clock) : 'there'
  }

  function act(action: TrayAction): void {
    switch (action.type) {
      case 'open':
        deps.show(action.incidentId)
        break
      case 'acknowledge':
        void hostCommands.acknowledge(action.incidentId)
        break
      case 'quiet':
        void hostCommands.quiet(action.choice)
        break
      case 'autostart':
        autostart.set(action.isWanted)
        keeper.refresh()
        break
      case 'try-again':
        // Offered only while there is no engine.
        break
      case 'quit':
        deps.quit()
        break
    }
  }

  return {
    ...keeper,
    isThere: async () => !hasNoOtherTray(env) || (await place.isThere()),
    stop() {
      place.stop()
      keeper.stop()
    },
  }
}
