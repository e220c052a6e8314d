import { defaultPaths } from '../../node/paths.ts'
import type { DesktopOptions } from '../options.ts'
import type { Place } from '../place.ts'
import type { StartCommand } from './autostart.ts'

/** How to start this very Deckwatch again, in the tray: the same program on the same data. */
export function startCommand(place: Place, options: DesktopOptions): StartCommand {
  const usual = defaultPaths(place.env)
  return {
    // An AppImage runs from a place that is gone after it has ended.
    program: place.env['APPIMAGE'] || place.program,
    args: [
      ...(place.script === null ? [] : [place.script]),
      '--hidden',
      ...(options.configPath === usual.config ? [] : ['--config', options.configPath]),
      ...(options.dataDirectory === usual.data ? [] : ['--data', options.dataDirectory]),
    ],
  }
}
