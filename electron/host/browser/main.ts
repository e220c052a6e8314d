import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createNotificationChannel } from '#electron/vendors/desktop-notifications/index.ts'
import { findAssets } from '../node/assets.ts'
import { createNodeClock } from '../node/clock.ts'
import { createLogger } from '../node/logger.ts'
import { defaultPaths } from '../node/paths.ts'
import { startEngine } from '../node/start-engine.ts'
import { hasDisplay, openBrowser } from './open-browser.ts'
import { helpText, parseOptions, type BrowserOptions } from './options.ts'
import { startServer } from './server.ts'
import { openDoor } from './door/door.ts'
import { removeRunning, writeRunning } from './door/running.ts'
import { createOwnerSignIn, type OwnerSignIn } from './door/owner-sign-in.ts'
import packageJson from '../../../package.json' with { type: 'json' }

/** Exit codes: 2 the command line, 4 the journal, 5 the port. */
const EXIT = { usage: 2, journal: 4, port: 5 } as const

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function stopWith(code: number, text: string): never {
  process.stderr.write(`${text}\n`)
  process.exit(code)
}

/** The built cockpit: beside this file when bundled, in `out/` when run from the sources. */
function cockpitFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const candidates = [join(here, '..', 'renderer'), join(here, '..', '..', '..', 'out', 'renderer')]
  const found = candidates.find((folder) => existsSync(join(folder, 'index.html')))
  return found ?? stopWith(1, 'The cockpit is not built. Run: npm run build')
}

async function serve(options: BrowserOptions): Promise<void> {
  mkdirSync(options.dataDirectory, { recursive: true, mode: 0o700 })
  const logger = createLogger(join(options.dataDirectory, 'deckwatch.log'))
  const { forOthers } = findAssets(import.meta.url)
  let show: (incidentId: string | null) => void = () => undefined
  const started = await startEngine({
    ...options,
    version: packageJson.version,
    logger,
    channels: (marks, clock) => [
      createNotificationChannel({
        clock,
        logger,
        marks,
        env: process.env,
        platform: process.platform,
        icon: join(forOthers, 'icons', '128x128.png'),
        soundsFolder: join(forOthers, 'sounds'),
      }),
    ],
    presenter: {
      open: (incidentId) => {
        show(incidentId)
      },
    },
  })
  if (!started.ok) {
    const { message, hint } = started.error
    stopWith(EXIT.journal, `Deckwatch cannot open its journal.\n\n  ${message}\n  ${hint}`)
  }
  const { engine, owner, people } = started.value
  const stop = () => started.value.stop()
  const clock = createNodeClock()
  // A key that every request carried, of the versions before this one.
  rmSync(join(options.dataDirectory, 'token'), { force: true })
  let signIn: OwnerSignIn | null = null
  const door = openDoor({
    dataDirectory: options.dataDirectory,
    clock,
    logger,
    signedIn: ({ person }) => {
      if (person.kind === 'owner') signIn?.renew()
    },
  })
  const server = await startServer({
    engine,
    logger,
    door,
    directory: { owner, people },
    clock,
    port: options.port,
    cockpit: cockpitFolder(),
  }).catch(async (error: unknown) => {
    await stop()
    return stopWith(
      EXIT.port,
      `Port ${String(options.port)} on 127.0.0.1 cannot be used: ${(error as Error).message}\nUse --port with another number, or --port 0.`,
    )
  })
  const { isPresent, path, problems } = engine.status.value().config
  const ownerSignIn = createOwnerSignIn(door, clock, server.port, logger)
  signIn = ownerSignIn
  let written = ''
  const tellRunning = () => {
    const running = { port: server.port, pid: process.pid, owner: owner(), people: [...people()] }
    if (written === JSON.stringify(running)) return
    try {
      writeRunning(door.places.running, running)
      written = JSON.stringify(running)
    } catch (error) {
      // Tried again with the next status: pages are more than the commands of the door.
      logger.warn({ err: error }, 'Where Deckwatch listens could not be written')
    }
  }
  tellRunning()
  engine.listen(({ type }) => {
    if (type === 'status') tellRunning()
  })
  say(`Deckwatch is running: ${server.url}`)
  say(`To sign in, open ${ownerSignIn.page} in your browser, or run: npm run deckwatch -- sign-in`)
  say(
    isPresent ? `Configuration: ${path}` : `This is a drill. To monitor real alerts, write ${path}`,
  )
  for (const { file, line, column, message } of problems) {
    say(`${file}:${String(line)}:${String(column)}: ${message}`)
  }
  say(`Journal: ${options.dataDirectory}`)
  if (options.opensBrowser && hasDisplay(process.env)) {
    openBrowser(ownerSignIn.page, (reason) => {
      say(`No browser could be opened (${reason}). Sign in as the lines above say.`)
    })
  }
  // A page that somebody looks at is told by the engine; anything else needs a window.
  show = (incidentId) => {
    if (server.hasFocus() || !hasDisplay(process.env)) return
    openBrowser(ownerSignIn.pageOf(incidentId), (reason) => {
      logger.warn({ reason }, 'No browser could be opened for a notification')
    })
  }

  let isStopping = false
  const shutDown = () => {
    if (isStopping) return
    isStopping = true
    ownerSignIn.close()
    removeRunning(door.places.running)
    void server
      .close()
      .then(stop)
      .then(() => process.exit(0))
  }
  process.on('SIGINT', shutDown)
  process.on('SIGTERM', shutDown)
}

const paths = defaultPaths(process.env)
const options = parseOptions(process.argv.slice(2), paths)
if (!options.ok) stopWith(EXIT.usage, options.error)
if (options.value.help) say(helpText(paths))
else await serve(options.value)
