import { join } from 'node:path'
import { createSoundPlayer } from '#electron/vendors/desktop-notifications/sound-player.ts'
import { helpText } from '../node/common-options.ts'
import { createLogger } from '../node/logger.ts'
import { createNodeClock } from '../node/clock.ts'
import { defaultPaths } from '../node/paths.ts'
import { createSecretFiles } from '../node/secret-files.ts'
import { startEngine } from '../node/start-engine.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { prepareElectron } from './before-ready.ts'
import { listenForCalls } from './calls.ts'
import type { ElectronApi } from './electron-api.ts'
import { createEngineKeeper } from './engine-keeper.ts'
import { EXIT } from './exit-codes.ts'
import { parseOptions, type DesktopOptions } from './options.ts'
import type { Place } from './place.ts'
import { runCockpit } from './run-cockpit.ts'
import { createKeychainSecrets } from './system/keychain-secrets.ts'
import { createElectronNotifications } from './system/notification-channel.ts'
import { createPrinter } from './system/printer.ts'
import { createSystemProxies } from './system/system-proxies.ts'

/** Starts the desktop host; resolves when it is on watch, or has said why it is not. */
export async function startDesktop(electron: ElectronApi, place: Place): Promise<void> {
  const { app } = electron
  const paths = defaultPaths(place.env)
  const options = parseOptions(place.args, paths, place.script === null)
  if (!options.ok) {
    place.complain(options.error)
    app.exit(EXIT.usage)
  } else if (options.value.help) {
    place.say(helpText(paths))
    app.exit(0)
  } else {
    await watch(electron, place, options.value)
  }
}

async function watch(electron: ElectronApi, place: Place, options: DesktopOptions): Promise<void> {
  const { app } = electron
  const { platform } = place
  prepareElectron(electron, { dataDirectory: options.dataDirectory, platform })
  if (!app.requestSingleInstanceLock()) {
    place.say('Deckwatch is running already; its window is raised.')
    app.exit(0)
    return
  }
  const calls = listenForCalls(app, options.link === null ? null : { link: options.link })
  // Without a listener the program would end with its window.
  app.on('window-all-closed', () => undefined)
  await app.whenReady()

  const logger = createLogger(join(options.dataDirectory, 'deckwatch.log'))
  if (options.unknown.length > 0) {
    logger.warn({ options: namesOf(options.unknown) }, 'Unknown options were ignored')
  }
  let present: (incidentId: string | null) => void = () => undefined
  const startOnce = () =>
    startEngine({
      ...options,
      version: place.version,
      logger,
      channels: (_marks, clock) => [
        createElectronNotifications({
          electron,
          clock,
          logger,
          platform,
          icon: join(place.assets, 'icons', '128x128.png'),
          player: createSoundPlayer({ clock, logger, env: place.env, soundsFolder: place.sounds }),
        }),
      ],
      presenter: {
        open: (incidentId) => {
          present(incidentId)
        },
      },
      secrets: createKeychainSecrets(
        createSecretFiles(join(options.dataDirectory, 'keychain')),
        electron.safeStorage,
        platform,
      ),
      systemProxies: createSystemProxies(electron.session),
      printer: createPrinter(electron, logger),
    })
  const clock = createNodeClock()
  const keeper = createEngineKeeper({ startEngine: startOnce, clock })
  await keeper.start()
  const cockpit = runCockpit({
    electron,
    place,
    options,
    logger,
    clock,
    keeper,
  })
  present = (incidentId) => {
    cockpit.show(incidentId)
  }
  calls.take((call) => {
    cockpit.answer(call)
  })
  keeper.follow((standing) => {
    if (standing.kind === 'running') {
      greet(place, options, standing.running.engine.status.value().config)
    } else if (standing.kind === 'missing') {
      const { message, hint } = standing.journal
      logger.error({ reason: message }, 'The journal could not be opened')
      place.complain(`Deckwatch cannot open its journal.\n\n  ${message}\n  ${hint}`)
    }
  })
}

/** Without their values, which may be secrets of another program. */
function namesOf(options: readonly string[]): readonly string[] {
  return options.map((option) => toPrintable(option.split('=', 1)[0] ?? '', 100))
}

function greet(
  { say }: Place,
  { dataDirectory }: DesktopOptions,
  {
    isPresent,
    path,
    problems,
  }: {
    readonly isPresent: boolean
    readonly path: string
    readonly problems: readonly {
      readonly file: string
      readonly line: number
      readonly column: number
      readonly message: string
    }[]
  },
): void {
  say('Deckwatch is running, in its window and in the tray.')
  say(
    isPresent ? `Configuration: ${path}` : `This is a drill. To monitor real alerts, write ${path}`,
  )
  for (const { file, line, column, message } of problems) {
    say(`${file}:${String(line)}:${String(column)}: ${message}`)
  }
  say(`Journal: ${dataDirectory}`)
}
