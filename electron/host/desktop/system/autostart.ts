import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { App } from '../electron-api.ts'

/** Starting Deckwatch, without its window, when the person logs in. */
export interface Autostart {
  isOn(): boolean
  /** What goes wrong is logged; `isOn` says what came of it. */
  set(isOn: boolean): void
}

/** How this program is started: its file and the arguments that make it the same program again. */
export interface StartCommand {
  readonly program: string
  readonly args: readonly string[]
}

/** By the system's own list of login items on macOS and Windows, by an entry file on Linux. */
export function createAutostart({
  app,
  platform,
  command,
  entryPath,
  logger,
}: {
  readonly app: App
  readonly platform: NodeJS.Platform
  readonly command: StartCommand
  /** Linux: where the entry is written. */
  readonly entryPath: string
  readonly logger: Logger
}): Autostart {
  // Windows keeps one command line, for which Electron quotes these: quotes of ours would reach the program.
  const item = { path: command.program, args: [...command.args] }

  function write(isOn: boolean): void {
    if (platform !== 'linux') {
      app.setLoginItemSettings({ openAtLogin: isOn, ...(platform === 'win32' ? item : {}) })
    } else if (isOn) {
      mkdirSync(dirname(entryPath), { recursive: true })
      writeFileSync(entryPath, desktopEntry(command, ['X-GNOME-Autostart-enabled=true']))
    } else {
      rmSync(entryPath, { force: true })
    }
  }

  return {
    isOn: () =>
      platform === 'linux'
        ? existsSync(entryPath)
        : app.getLoginItemSettings(platform === 'win32' ? item : undefined).openAtLogin,
    set(isOn) {
      try {
        write(isOn)
      } catch (error) {
        logger.warn({ err: error }, 'Starting at login could not be changed')
      }
    },
  }
}

/**
 * A desktop entry that starts Deckwatch.
 *
 * @param keys lines that it has besides the usual ones.
 * @param fieldCode what the desktop puts there when it opens something, such as `%u`.
 */
export function desktopEntry(
  { program, args }: StartCommand,
  keys: readonly string[] = [],
  fieldCode?: string,
): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Deckwatch',
    'Comment=Cockpit of the engineer on call',
    `Exec=${[...[program, ...args].map(quote), ...(fieldCode === undefined ? [] : [fieldCode])].join(' ')}`,
    'Icon=deckwatch',
    'Terminal=false',
    ...keys,
    '',
  ].join('\n')
}

/** Quotes as the desktop entry specification wants it: once for the value, once for the argument. */
function quote(argument: string): string {
  const quoted = argument
    .replaceAll(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')
    .replaceAll('\n', '\\n')
  return `"${quoted}"`
}
