import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Requirement } from '#test/setup/binaries.mjs'
import { binary } from '#test/setup/requirements.ts'
import { busConfig, chooserScript, dunstConfig, recorderScript } from './desktop-files.ts'
import { readHistory, readRecords, type Closed, type Shown } from './shown-notifications.ts'
import { startProcess, type ServerProcess } from './server-process.ts'

/** What a test needs for {@link startDesktopSession}; for `describeWith`. */
export const desktopRequirements = [
  'xvfb',
  'dbus-daemon',
  'dbus-send',
  'dunst',
  'notify-send',
  'imagemagick',
] as const satisfies readonly Requirement[]

/** A desktop of its own: a screen, a session bus and a notification service, nobody else on them. */
export interface DesktopSession {
  /** For programs that are to run on this desktop: DISPLAY and DBUS_SESSION_BUS_ADDRESS among them. */
  readonly env: Readonly<Record<string, string>>
  /** What is on the screen now, oldest first; waits until dunst has told of each one. */
  shown(): Promise<readonly Shown[]>
  /** Waits until what is shown fulfils the condition. @throws with what is shown after 15 s. */
  waitForShown(isFulfilled: (shown: readonly Shown[]) => boolean): Promise<readonly Shown[]>
  /** What was shown and has been closed, newest first: `dunstctl history`. */
  history(): Promise<readonly Closed[]>
  /** Presses a button as dunst's menu does. @param label its text, such as `Acknowledge`. */
  press(label: string): Promise<void>
  /** Closes the newest one, as a person does who does not want to see it. */
  dismiss(): Promise<void>
  dismissAll(): Promise<void>
  /** A PNG of the whole screen. */
  screenshot(path: string): Promise<void>
  /** Ends the notification service as a crash does. */
  killDaemon(): Promise<void>
  /** Starts it again; its ids begin anew. */
  startDaemon(): Promise<void>
  /** Lets it hang, and go on. */
  freezeDaemon(isFrozen: boolean): void
  stop(): Promise<void>
}

const execute = promisify(execFile)
/** Longest time to wait for something on the desktop, ms. */
const WITHIN_MS = 15_000
const ASK_EVERY_MS = 20

/** Starts Xvfb on a free display, a private session bus, and dunst on both. */
export async function startDesktopSession(): Promise<DesktopSession> {
  // Looked up once: a test may change its own PATH.
  const programs = {
    screen: binary('xvfb'),
    bus: binary('dbus-daemon'),
    ask: binary('dbus-send'),
    dunst: binary('dunst'),
    picture: binary('imagemagick'),
  }
  const dir = await mkdtemp(join(tmpdir(), 'deckwatch-desktop-'))
  const files = {
    display: join(dir, 'display'),
    bus: join(dir, 'bus.conf'),
    dunst: join(dir, 'dunstrc'),
    recorder: join(dir, 'record'),
    chooser: join(dir, 'choose'),
    wanted: join(dir, 'wanted'),
    records: join(dir, 'records'),
  }
  await mkdir(files.records)
  await writeFile(files.bus, busConfig(join(dir, 'session')))
  await writeFile(files.dunst, dunstConfig(files))
  await writeFile(files.recorder, recorderScript(files.records))
  await writeFile(files.chooser, chooserScript(files.wanted))
  await Promise.all([chmod(files.recorder, 0o755), chmod(files.chooser, 0o755)])

  const running: ServerProcess[] = []
  async function stop(): Promise<void> {
    for (const process of running.toReversed()) await process.stop()
    await rm(dir, { recursive: true, force: true })
  }
  try {
    const screen = await startScreen(programs.screen, files.display)
    running.push(screen.process)
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: dir,
      XDG_RUNTIME_DIR: dir,
      DISPLAY: screen.display,
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(dir, 'session')}`,
      LC_ALL: 'C.UTF-8',
    }
    running.push(
      await startProcess(
        programs.bus,
        [`--config-file=${files.bus}`, '--nofork', '--nopidfile'],
        () => isAnswering(programs.ask, env, 'org.freedesktop.DBus', 'org.freedesktop.DBus.GetId'),
      ),
    )
    return await onSession(env, { programs, files }, { running, stop })
  } catch (error) {
    await stop()
    throw error
  }
}

async function startScreen(program: string, file: string) {
  // Xvfb takes the first free display and writes its number when it is ready.
  const process = await startProcess(
    '/bin/sh',
    [
      ...['-c', 'out=$1; shift; exec "$@" 3>"$out"', 'sh', file],
      ...[program, '-displayfd', '3', '-nolisten', 'tcp', '-screen', '0', '1280x800x24'],
    ],
    async () => /^\d+\n/.test(await readFile(file, 'utf8')),
  )
  return { process, display: `:${(await readFile(file, 'utf8')).trim()}` }
}

type Env = Readonly<Record<string, string>>

async function onSession(
  env: Env,
  {
    programs,
    files,
  }: {
    readonly programs: Readonly<Record<'ask' | 'dunst' | 'picture', string>>
    readonly files: Readonly<Record<'dunst' | 'wanted' | 'records', string>>
  },
  { running, stop }: { readonly running: ServerProcess[]; readonly stop: () => Promise<void> },
): Promise<DesktopSession> {
  const startDunst = () =>
    startProcess(
      '/usr/bin/env',
      [
        ...['-i', ...Object.entries(env).map(([name, value]) => `${name}=${value}`)],
        ...[programs.dunst, '-config', files.dunst],
      ],
      () => isAnswering(programs.ask, env, SERVICE, `${SERVICE}.GetServerInformation`),
    )
  let daemon = await startDunst()
  running.push(daemon)
  const dunstctl = async (...args: readonly string[]) =>
    (await execute('dunstctl', args, { env, maxBuffer: 64 * 1024 * 1024 })).stdout

  async function history(): Promise<readonly Closed[]> {
    return readHistory(await dunstctl('history'))
  }

  /** null while dunst has not yet told of all that it shows. */
  async function tryShown(): Promise<readonly Shown[] | null> {
    const records = await readRecords(files.records)
    const closed = await history()
    const count =
      Number(await dunstctl('count', 'displayed')) + Number(await dunstctl('count', 'waiting'))
    const open = records.filter(
      ({ id, timestamp, tag }, index) =>
        !closed.some((other) => other.id === id && other.timestamp === timestamp) &&
        // One that is replaced by its tag is in no history.
        !records.some((other, later) => later > index && tag !== '' && other.tag === tag),
    )
    return open.length === count ? open : null
  }

  async function waitForShown(isFulfilled: (shown: readonly Shown[]) => boolean) {
    const deadline = performance.now() + WITHIN_MS
    for (;;) {
      const shown = await tryShown()
      if (shown && isFulfilled(shown)) return shown
      if (performance.now() > deadline) {
        throw new Error(`the desktop still shows ${JSON.stringify(shown)}`)
      }
      await delay(ASK_EVERY_MS)
    }
  }

  async function forgetRecords(): Promise<void> {
    await rm(files.records, { recursive: true })
    await mkdir(files.records)
  }

  return {
    env,
    shown: () => waitForShown(() => true),
    waitForShown,
    history,
    async press(label) {
      await writeFile(files.wanted, `#${label} `)
      await dunstctl('context')
    },
    async dismiss() {
      await dunstctl('close')
    },
    async dismissAll() {
      await dunstctl('close-all')
    },
    async screenshot(path) {
      await execute(programs.picture, ['-window', 'root', path], { env })
    },
    async killDaemon() {
      await daemon.kill()
      await forgetRecords()
    },
    async startDaemon() {
      running.splice(running.indexOf(daemon), 1)
      daemon = await startDunst()
      running.push(daemon)
    },
    freezeDaemon(isFrozen) {
      process.kill(daemon.pid, isFrozen ? 'SIGSTOP' : 'SIGCONT')
    },
    stop,
  }
}

const SERVICE = 'org.freedesktop.Notifications'

async function isAnswering(
  program: string,
  env: Env,
  service: string,
  method: string,
): Promise<boolean> {
  const path = `/${service.replaceAll('.', '/')}`
  const args = ['--session', '--print-reply', `--dest=${service}`, path, method]
  return (await execute(program, args, { env })).stdout !== ''
}
