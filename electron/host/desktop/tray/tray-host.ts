import {
  findProgram,
  run,
  startDeadline,
  type Environment,
} from '#electron/vendors/desktop-notifications/program.ts'
import {
  busPrograms,
  sessionEnvironment,
} from '#electron/vendors/desktop-notifications/session-bus.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'

/** Whether the desktop shows tray icons; `unknown` where it cannot be asked. */
export type TrayHost = 'there' | 'absent' | 'unknown'

/** The desktop answers within this, ms, or it is not known. */
const PATIENCE_MS = 1_000

const WATCHER = 'org.kde.StatusNotifierWatcher'
const PATH = '/StatusNotifierWatcher'
const GET = 'org.freedesktop.DBus.Properties.Get'
const PROPERTY = 'IsStatusNotifierHostRegistered'

const questions: Readonly<Record<(typeof busPrograms)[number], readonly string[]>> = {
  'dbus-send': [
    ...['--session', '--print-reply', `--dest=${WATCHER}`, PATH, GET],
    ...[`string:${WATCHER}`, `string:${PROPERTY}`],
  ],
  gdbus: [
    ...['call', '--session', '--dest', WATCHER, '--object-path', PATH],
    ...['--method', GET, WATCHER, PROPERTY],
  ],
}

/**
 * Asks a Linux desktop whether it has a place for tray icons. Electron does not tell: it makes an icon
 * that nobody sees, as on a GNOME without extensions.
 */
export async function findTrayHost(env: Environment, clock: Clock): Promise<TrayHost> {
  const session = await sessionEnvironment(env)
  if (session === null) return 'unknown'
  for (const name of busPrograms) {
    const path = await findProgram(name, session)
    if (path !== null) return ask(path, questions[name], session, clock)
  }
  return 'unknown'
}

async function ask(
  program: string,
  args: readonly string[],
  env: Environment,
  clock: Clock,
): Promise<TrayHost> {
  const deadline = startDeadline(clock, PATIENCE_MS)
  const result = await run(program, args, env, deadline.signal)
  deadline.end()
  if (result.kind !== 'ended') return 'unknown'
  if (result.code === 0) return /\btrue\b/.test(result.stdout) ? 'there' : 'absent'
  return /ServiceUnknown|NameHasNoOwner|not provided by any \.service/.test(result.stderr)
    ? 'absent'
    : 'unknown'
}

/**
 * True where a desktop that D-Bus knows no tray of has none. On X11 its panel may have one of the older
 * kind, in which Electron puts the icon then; Wayland and GNOME have no such.
 */
export function hasNoOtherTray(env: Environment): boolean {
  return Boolean(env['WAYLAND_DISPLAY']) || /\bGNOME\b/i.test(env['XDG_CURRENT_DESKTOP'] ?? '')
}
