// electron-builder's `afterPack`: writes the desktop entry that a deb or an AppImage would carry
// beside the unpacked program. Only those two make one, and both have to download their tools.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const load = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const { LinuxTargetHelper } = load('app-builder-lib/out/targets/LinuxTargetHelper')

/** Called by electron-builder with what it has just packed. */
export async function afterPack({ packager, outDir }) {
  const helper = new LinuxTargetHelper(packager)
  const icons = await helper.icons
  await helper.writeDesktopEntry(
    { ...packager.platformSpecificBuildOptions, ...packager.config.deb },
    null,
    join(outDir, 'deckwatch.desktop'),
    // Not part of a desktop entry: for the test, the icons that would be installed.
    { 'X-Test-Icons': icons.map(({ size }) => size).join(' ') },
  )
}
