import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { ownerCaller } from '#shared/domain/person/caller.ts'
import type { RunningEngine } from '../node/start-engine.ts'
import type { Call } from './calls.ts'
import type { ElectronApi } from './electron-api.ts'
import { createHostCommands } from './host-commands.ts'
import type { DesktopOptions } from './options.ts'
import type { Place } from './place.ts'
import { arrangeQuitting } from './quitting.ts'
import { COCKPIT_SCHEME } from './security/cockpit-address.ts'
import { readDeepLink } from './security/deep-link.ts'
import { guardContents } from './security/guard-contents.ts'
import { guardSession } from './security/guard-session.ts'
import { createIpcRegistrar } from './security/ipc-registrar.ts'
import { createCockpitServer } from './security/serve-cockpit.ts'
import { createAutostart } from './system/autostart.ts'
import { registerLinks } from './system/link-registration.ts'
import { takeShortcut } from './system/global-shortcut.ts'
import { watchNetwork } from './system/network-watch.ts'
import { startCommand } from './system/start-command.ts'
import { runTray } from './tray/run-tray.ts'
import { applicationMenu } from './window/application-menu.ts'
import { createCockpitLink } from './window/cockpit-link.ts'
import { openMainWindow, type MainWindow } from './window/main-window.ts'
import { askToQuit, sayCrashing, sayHidden, sayUnknown } from './window/notices.ts'
import { createWindowMemoryFile } from './window/window-memory.ts'
import { COCKPIT_PARTITION } from './window/window-options.ts'

interface Deps {
  readonly electron: ElectronApi
  readonly place: Place
  readonly options: DesktopOptions
  readonly logger: Logger
  readonly clock: Clock
  readonly running: RunningEngine
}

/** What reaches the person: the window, the tray, the keys. */
export interface RunningCockpit {
  /** Raises the window, and has it show the incident. */
  show(incidentId: string | null): void
  /** Takes a call from outside. */
  answer(call: Call): void
}

/** Puts the cockpit around a running engine, once Electron is ready. */
export function runCockpit({
  electron,
  place,
  options,
  logger,
  clock,
  running,
}: Deps): RunningCockpit {
  const { app } = electron
  const { platform } = place
  const { engine, owner } = running
  const hasDevTools = !app.isPackaged
  let window: MainWindow | null = null

  const session = electron.session.fromPartition(COCKPIT_PARTITION)
  guardSession(session, { hasDevTools, logger })
  session.protocol.handle(COCKPIT_SCHEME, createCockpitServer(place.cockpit))
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, { shell: electron.shell, logger })
  })
  electron.Menu.setApplicationMenu(
    electron.Menu.buildFromTemplate(applicationMenu(platform, hasDevTools)),
  )

  const link = createCockpitLink({
    registrar: createIpcRegistrar({
      ipcMain: electron.ipcMain,
      contentsId: () => window?.contentsId ?? null,
      logger,
    }),
    engine,
    caller: () => ownerCaller(owner()),
    clock,
    sendToPage: (channel, ...args) => window?.send(channel, ...args),
    isAwake: () => window?.isAwake() ?? false,
  })
  const show = (incidentId: string | null) => {
    window?.show()
    if (incidentId !== null) link.show(incidentId)
  }
  const hostCommands = createHostCommands({ engine, owner, clock, logger, show })
  const command = startCommand(place, options)
  const autostart = createAutostart({
    app,
    platform,
    command,
    entryPath: join(configHome(place), 'autostart', 'deckwatch.desktop'),
    logger,
  })

  const isHiddenAtStart = options.isHidden || wasOpenedAtLogin(electron, platform)
  window = openMainWindow({
    electron,
    clock,
    logger,
    platform,
    memory: createWindowMemoryFile(join(options.dataDirectory, 'window.json'), logger),
    preload: place.preload,
    icon: join(place.assets, 'icons', '512x512.png'),
    hasDevTools,
    isHiddenAtStart,
    listener: {
      awoke: () => {
        link.wake()
      },
      pageLost: () => {
        link.drop()
      },
      mayClose: () => isQuitting(),
      dismissed: () => void leave(),
      firstHidden: () => {
        sayHidden(electron)
      },
      crashing: () => {
        if (window) void sayCrashing(window.ask)
      },
    },
  })

  async function leave(): Promise<void> {
    if (await tray.isThere()) window?.hide()
    else if (window) await askToQuit(window.ask, quit)
  }

  const shortcutProblem = takeShortcut({
    globalShortcut: electron.globalShortcut,
    wanted: place.env['DECKWATCH_SHORTCUT'],
    logger,
    pressed: () => {
      window.toggle()
    },
  })
  const tray = runTray({
    electron,
    platform,
    env: place.env,
    folder: join(place.assets, 'tray'),
    engine,
    clock,
    logger,
    autostart,
    hostCommands,
    remarks: shortcutProblem === null ? [] : [shortcutProblem],
    show,
    quit: () => {
      app.quit()
    },
    missing: () => {
      // Started hidden, it could not be found.
      if (isHiddenAtStart) window.show()
    },
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
  void registerLinks(app, place, { command, clock, logger })
  const { quit, isQuitting } = arrangeQuitting(app, logger, async () => {
    unwatchNetwork()
    tray.stop()
    link.drop()
    electron.globalShortcut.unregisterAll()
    window.destroy()
    await running.stop()
  })
  place.onStopSignal(quit)

  return {
    show,
    answer({ link: text }) {
      const incidentId = text === null ? null : readDeepLink(text)
      if (text !== null && incidentId === null) {
        logger.warn({ length: text.length }, 'Invalid deckwatch: link')
      }
      const isKnown = incidentId !== null && engine.state().incidents.has(incidentId)
      show(isKnown ? incidentId : null)
      if (incidentId !== null && !isKnown) void sayUnknown(window.ask, incidentId)
    },
  }
}

function configHome({ env }: Place): string {
  return env['XDG_CONFIG_HOME'] || join(env['HOME'] ?? '', '.config')
}

/** Only macOS tells; elsewhere the entry says `--hidden`. */
function wasOpenedAtLogin({ app }: ElectronApi, platform: NodeJS.Platform): boolean {
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}
