import { spawn } from 'node:child_process'
import { platform } from 'node:os'
import { pathToFileURL } from 'node:url'

/** True where somebody could see a browser window: not over ssh, in CI or without a display. */
export function hasDisplay(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['CI'] || env['SSH_CONNECTION']) return false
  if (platform() !== 'linux') return true
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/**
 * Asks the desktop to open a page in the browser. What goes wrong is not fatal: how to sign in is
 * printed too.
 *
 * @param path a file: every account of the machine reads it in the arguments, so it is no address
 * that holds a code.
 */
export function openBrowser(path: string, failed: (reason: string) => void): void {
  const url = pathToFileURL(path).href
  const [command, args] =
    platform() === 'darwin'
      ? (['open', [url]] as const)
      : platform() === 'win32'
        ? (['rundll32', ['url.dll,FileProtocolHandler', url]] as const)
        : (['xdg-open', [url]] as const)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', (error) => {
    failed(error.message)
  })
  child.unref()
}
