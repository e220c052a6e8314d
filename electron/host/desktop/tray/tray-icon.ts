import type { NativeImage } from 'electron'
import { join } from 'node:path'
import type { ElectronApi } from '../electron-api.ts'
import { cutsOf, type TrayPicture, type TraySheet } from './tray-sheet.ts'

/** What decides which drawings are used. */
export interface Panel {
  readonly platform: NodeJS.Platform
  readonly isDark: boolean
}

/** True on Linux desktops whose panel is dark in the light theme too. */
export function hasDarkPanel(env: Readonly<Record<string, string | undefined>>): boolean {
  return /\b(GNOME|Unity|Pantheon)\b/i.test(env['XDG_CURRENT_DESKTOP'] ?? '')
}

/** The sheet with the drawings for a panel. */
export function sheetFor({ platform, isDark }: Panel): TraySheet {
  if (platform === 'darwin') return 'macos'
  const system = platform === 'linux' ? 'linux' : 'windows'
  return isDark ? `${system}-dark` : `${system}-light`
}

/**
 * Cuts pictures out of the sheets. The last sheet is kept: its pictures are asked for until the theme
 * changes.
 *
 * @param folder the folder `assets/tray`.
 */
export function createPictures(
  nativeImage: ElectronApi['nativeImage'],
  folder: string,
): (picture: TrayPicture) => NativeImage {
  let open: { readonly name: TraySheet; readonly image: NativeImage } | null = null

  return (picture) => {
    const name = picture.sheet
    if (open?.name !== name) {
      open = { name, image: nativeImage.createFromPath(join(folder, `${name}.png`)) }
    }
    const image = nativeImage.createEmpty()
    for (const { scale, cut } of cutsOf(picture)) {
      // By way of PNG: what `crop` returns is scaled from 2 on a display of 1.5, a representation is not.
      image.addRepresentation({ scaleFactor: scale, buffer: open.image.crop(cut).toPNG() })
    }
    // Last: on macOS this makes the system's own picture, which learns of no further scales.
    if (name === 'macos') image.setTemplateImage(true)
    return image
  }
}
