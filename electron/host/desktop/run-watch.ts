import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { RunningEngine } from '../node/start-engine.ts'
import type { ElectronApi } from './electron-api.ts'
import { createHostCommands } from './host-commands.ts'
import type { Place } from './place.ts'
import type { Autostart } from './system/autostart.ts'
import { watchNetwork } from './system/network-watch.ts'
import { runTray } from './tray/run-tray.ts'

interface Deps {
  readonly electron: ElectronApi
  readonly place: Place
  readonly logger: Logger
  readonly clock: Clock
  readonly running: RunningEngine
  readonly autostart: Autostart
  /** What else has to be said in the tray's menu. */
  readonly remarks: readonly string[]
  /** Raises the window, and has it show the incident. */
  readonly show: (incidentId: string | null) => void
  readonly quit: () => void
  /** Told once when this desktop turns out to have no place for the tray. */
  readonly trayMissing: () => void
}

/** What a running engine has around it, besides the window. */
export interface RunningWatch {
  /** False on a desktop without a place for the tray: a window that hides cannot be found again. */
  isTrayThere(): Promise<boolean>
  stop(): void
}

/** Gives a running engine its tray, and has it poll when the machine comes back. */
export function runWatch(deps: Deps): RunningWatch {
  const { electron, place, logger, clock, show } = deps
  const { engine, owner } = deps.running
  const hostCommands = createHostCommands({ engine, owner, clock, logger, show })
  const tray = runTray({
    electron,
    platform: place.platform,
    env: place.env,
    folder: join(place.assets, 'tray'),
    engine,
    clock,
    logger,
    autostart: deps.autostart,
    hostCommands,
    remarks: deps.remarks,
    show,
    quit: deps.quit,
    missing: deps.trayMissing,
  })

  electron.powerMonitor.on('suspend', () => {
    logger.info({}, 'The machine goes to sleep')
    tray.fellAsleep()
  })
  electron.powerMonitor.on('resume', () => {
    tray.wokeUp()
    void hostCommands.poll('the machine woke up')
  })
  electron.powerMonitor.on('unlock-screen', () => void hostCommands.poll('the screen was unlocked'))
  const unwatchNetwork = watchNetwork(networkInterfaces, clock, () => {
    void hostCommands.poll("the machine's addresses changed")
  })

  return {
    isTrayThere: () => tray.isThere(),
    stop() {
      unwatchNetwork()
      tray.stop()
    },
  }
}
