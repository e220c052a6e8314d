import { homedir, platform } from 'node:os'
import { join } from 'node:path'

/** Where Deckwatch keeps its things on this machine when nothing else is said. */
export interface Paths {
  readonly config: string
  readonly data: string
}

/** The platform's usual places: XDG on Linux, Application Support on macOS, AppData on Windows. */
export function defaultPaths(env: Readonly<Record<string, string | undefined>>): Paths {
  const home = homedir()
  if (platform() === 'win32') {
    const base = env['APPDATA'] ?? join(home, 'AppData', 'Roaming')
    const local = env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local')
    return {
      config: join(base, 'deckwatch', 'deckwatch.yaml'),
      data: join(local, 'deckwatch', 'data'),
    }
  }
  if (platform() === 'darwin') {
    const base = join(home, 'Library', 'Application Support', 'Deckwatch')
    return { config: join(base, 'deckwatch.yaml'), data: join(base, 'data') }
  }
  return {
    config: join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'deckwatch', 'deckwatch.yaml'),
    data: join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'deckwatch'),
  }
}
