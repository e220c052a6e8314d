import { existsSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Files that come with the program, as full paths. */
export interface Assets {
  /** Read by this program: also from within the package. */
  readonly folder: string
  /** Given to other programs, a player or the notification service: outside of the package. */
  readonly forOthers: string
}

/**
 * Finds `assets/`: two folders up from the built program, three up from the sources.
 *
 * @throws when it is not there, which is a broken installation.
 */
export function findAssets(from: string): Assets {
  const here = dirname(fileURLToPath(from))
  const candidates = [join(here, '..', '..', 'assets'), join(here, '..', '..', '..', 'assets')]
  const folder = candidates.find((each) => existsSync(join(each, 'icons')))
  if (folder === undefined) {
    throw new Error(`The assets of Deckwatch are not in ${candidates.join(' or ')}`)
  }
  return {
    folder,
    forOthers: folder.replace(`${sep}app.asar${sep}`, `${sep}app.asar.unpacked${sep}`),
  }
}
