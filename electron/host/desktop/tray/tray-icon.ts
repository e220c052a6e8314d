import { join } from 'node:path'
import type { TrayState } from './tray-state.ts'

/** What decides which drawings are used. */
export interface Panel {
  readonly platform: NodeJS.Platform
  readonly isDark: boolean
}

/** True on Linux desktops whose panel is dark in the light theme too. */
export function hasDarkPanel(env: Readonly<Record<string, string | undefined>>): boolean {
  return /\b(GNOME|Unity|Pantheon)\b/i.test(env['XDG_CURRENT_DESKTOP'] ?? '')
}

/**
 * The drawing for a state, for one pixel a point; Electron finds those for finer screens beside it.
 *
 * @param folder the folder `assets/tray`.
 */
export function trayIconPath(
  folder: string,
  { severity, count, isStale }: Pick<TrayState, 'severity' | 'count' | 'isStale'>,
  { platform, isDark }: Panel,
): string {
  const panel = platform === 'darwin' ? 'template' : isDark ? 'dark' : 'light'
  const size = platform === 'linux' ? '22' : '16'
  const shape =
    severity === null
      ? isStale
        ? 'stale'
        : 'calm'
      : severity.toLowerCase() + (isStale ? '-stale' : '')
  const suffix = severity === null ? '' : `-${count > 9 ? '9+' : String(count)}`
  return join(folder, panel, size, `${shape}${suffix}.png`)
}
