import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { UnopenedJournal } from '#shared/contract/unopened-journal.ts'
import type { RunningEngine } from '../node/start-engine.ts'
import type { Call } from './calls.ts'
import type { ElectronApi } from './electron-api.ts'
import type { EngineKeeper } from './engine-keeper.ts'
import { EXIT } from './exit-codes.ts'
import type { DesktopOptions } from './options.ts'
import type { Place } from './place.ts'
import { arrangeQuitting } from './quitting.ts'
import { runWatch, type RunningWatch } from './run-watch.ts'
import { COCKPIT_SCHEME } from './security/cockpit-address.ts'
import { readDeepLink } from './security/deep-link.ts'
import { guardContents } from './security/guard-contents.ts'
import { guardSession } from './security/guard-session.ts'
import { createIpcRegistrar } from './security/ipc-registrar.ts'
import { createCockpitServer } from './security/serve-cockpit.ts'
import { createAutostart } from './system/autostart.ts'
import { registerLinks } from './system/link-registration.ts'
import { takeShortcut } from './system/global-shortcut.ts'
import { startCommand } from './system/start-command.ts'
import { runEnginelessTray, type EnginelessTray } from './tray/engineless-tray.ts'
import { applicationMenu } from './window/application-menu.ts'
import { createCockpitLink } from './window/cockpit-link.ts'
import { openMainWindow, type MainWindow } from './window/main-window.ts'
import { askToQuit, sayCrashing, sayHidden, sayJournal, sayUnknown } from './window/notices.ts'
import { createWindowMemoryFile } from './window/window-memory.ts'
import { COCKPIT_PARTITION } from './window/window-options.ts'

interface Deps {
  readonly electron: ElectronApi
  readonly place: Place
  readonly options: DesktopOptions
  readonly logger: Logger
  readonly clock: Clock
  /** Its first attempt is over. */
  readonly keeper: EngineKeeper
}

/** What reaches the person: the window, the tray, the keys. */
export interface RunningCockpit {
  /** Raises the window, and has it show the incident. */
  show(incidentId: string | null): void
  /** Takes a call from outside. A link waits until there is an engine that knows where it leads. */
  answer(call: Call): void
}

/**
 * Puts the cockpit around the engine, once Electron is ready. Without an engine the window opens all
 * the same, with what was known last, until one can be started.
 */
export function runCockpit({
  electron,
  place,
  options,
  logger,
  clock,
  keeper,
}: Deps): RunningCockpit {
  const { app } = electron
  const { platform } = place
  const hasDevTools = !app.isPackaged
  let window: MainWindow | null = null
  let watch: RunningWatch | null = null
  let enginelessTray: EnginelessTray | null = null
  let unanswered: string | null = null

  const session = electron.session.fromPartition(COCKPIT_PARTITION)
  guardSession(session, { hasDevTools, logger })
  session.protocol.handle(COCKPIT_SCHEME, createCockpitServer(place.cockpit))
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, { shell: electron.shell, logger })
  })
  electron.Menu.setApplicationMenu(
    electron.Menu.buildFromTemplate(applicationMenu(platform, hasDevTools)),
  )

  const tryAgain = () => {
    if (keeper.standing().kind === 'missing') keeper.start().catch(place.crash)
  }
  const link = createCockpitLink({
    registrar: createIpcRegistrar({
      ipcMain: electron.ipcMain,
      contentsId: () => window?.contentsId ?? null,
      logger,
    }),
    clock,
    sendToPage: (channel, ...args) => window?.send(channel, ...args),
    isAwake: () => window?.isAwake() ?? false,
    tryAgain,
  })
  const show = (incidentId: string | null) => {
    window?.show()
    if (incidentId !== null) link.show(incidentId)
  }
  const command = startCommand(place, options)
  const autostart = createAutostart({
    app,
    platform,
    command,
    entryPath: join(configHome(place), 'autostart', 'deckwatch.desktop'),
    logger,
  })

  // A start that failed is never hidden: nobody would know of it.
  const isHiddenAtStart =
    keeper.standing().kind === 'running' &&
    (options.isHidden || wasOpenedAtLogin(electron, platform))
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
        const standing = keeper.standing()
        if (standing.kind === 'missing') {
          sayJournal(electron, standing.journal)
          quit()
        } else if (window) void sayCrashing(window.ask)
      },
    },
  })

  async function leave(): Promise<void> {
    // Without an engine there is nothing to go on with.
    if (watch === null) quit()
    else if (await watch.isTrayThere()) window?.hide()
    else if (window) await askToQuit(window.ask, quit)
  }

  const shortcutProblem = takeShortcut({
    globalShortcut: electron.globalShortcut,
    wanted: place.env['DECKWATCH_SHORTCUT'],
    logger,
    pressed: () => {
      // Hidden, it would look as if alerts were monitored.
      if (watch === null) window.show()
      else window.toggle()
    },
  })
  const remarks = shortcutProblem === null ? [] : [shortcutProblem]
  void registerLinks(app, place, { command, clock, logger })
  const { quit, isQuitting } = arrangeQuitting(
    app,
    logger,
    async () => {
      watch?.stop()
      link.drop()
      electron.globalShortcut.unregisterAll()
      window.destroy()
      await keeper.stop()
    },
    () => (watch === null ? EXIT.journal : 0),
  )
  place.onStopSignal(quit)

  function beginWatch(running: RunningEngine): void {
    enginelessTray?.remove()
    watch = runWatch({
      electron,
      place,
      logger,
      clock,
      running,
      autostart,
      remarks,
      show,
      quit,
      trayMissing: () => {
        // Started hidden, it could not be found.
        if (isHiddenAtStart) window?.show()
      },
    })
    if (unanswered !== null) follow(unanswered, running)
  }

  function sayMissing(journal: UnopenedJournal): void {
    if (enginelessTray) {
      enginelessTray.show(journal)
      return
    }
    enginelessTray = runEnginelessTray(journal, {
      electron,
      platform,
      env: place.env,
      folder: join(place.assets, 'tray'),
      autostart,
      remarks,
      open: () => {
        show(null)
      },
      tryAgain,
      quit,
    })
  }

  keeper.follow((standing) => {
    link.take(standing)
    if (standing.kind === 'running') beginWatch(standing.running)
    else if (standing.kind === 'missing') sayMissing(standing.journal)
  })

  /** Shows where a link leads, or says that it leads nowhere. */
  function follow(text: string, { engine }: RunningEngine): void {
    const incidentId = readDeepLink(text)
    if (incidentId === null) logger.warn({ length: text.length }, 'Invalid deckwatch: link')
    const isKnown = incidentId !== null && engine.state().incidents.has(incidentId)
    show(isKnown ? incidentId : null)
    if (incidentId !== null && !isKnown && window) void sayUnknown(window.ask, incidentId)
  }

  return {
    show,
    answer({ link: text }) {
      const standing = keeper.standing()
      if (text !== null && standing.kind === 'running') {
        follow(text, standing.running)
        return
      }
      unanswered = text ?? unanswered
      show(null)
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
