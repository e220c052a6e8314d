import type { TreeEntry } from './repository.ts'

/** Largest size of a file that a playbook has a use for, bytes; null for a path that it has none for. */
export type LimitOf = (path: string) => number | null

/** What is taken of a commit, and what is there and is not taken, with the reason. */
export interface ChosenFiles {
  readonly taken: readonly TreeEntry[]
  readonly refused: ReadonlyMap<string, string>
}

/** More files than a playbook is read up to: see `scanLimits`. */
const MAX_FILES = 5_000
const MAX_REFUSED = 100

/** Ordinary files; whether one may be run is of no interest. */
const FILES = new Set(['100644', '100664', '100755'])
const LINK = '120000'
const SUBMODULE = '160000'

/**
 * Chooses the files of a commit that a playbook has a use for. Nothing else is ever written: no link,
 * no repository within, no name that another system takes for another one.
 *
 * @param maxBytes of all files together.
 */
export function chooseFiles(
  entries: readonly TreeEntry[],
  limitOf: LimitOf,
  maxBytes: number,
): ChosenFiles {
  const taken: TreeEntry[] = []
  const refused = new Map<string, string>()
  const names = new Map<string, string>()
  let bytes = 0
  const refuse = (path: string, reason: string) => {
    if (refused.size < MAX_REFUSED) refused.set(path, reason)
  }
  for (const entry of entries) {
    const { path, mode, size } = entry
    if (mode === SUBMODULE) {
      // What would be in it is not known, so neither whether it would be of use.
      if (limitOf(`${path}/x.yaml`) !== null) {
        refuse(path, 'a submodule is not followed: commit the files themselves')
      }
      continue
    }
    const limit = limitOf(path)
    if (limit === null) continue
    const twin = names.get(folded(path))
    if (mode === LINK) refuse(path, 'a symbolic link is not followed: commit the file itself')
    else if (!FILES.has(mode) || size === null) refuse(path, 'this is no file')
    else if (!isPlain(path)) refuse(path, 'some systems cannot have this name: rename the file')
    else if (twin !== undefined) {
      refuse(path, `some systems cannot tell this name from ${JSON.stringify(twin)}: rename one`)
    } else if (size > limit) refuse(path, `the file is larger than ${inKib(limit)}`)
    else if (taken.length >= MAX_FILES || bytes + size > maxBytes) {
      refuse(path, 'the playbook has too many files, or too large ones: this one is not read')
    } else {
      taken.push(entry)
      names.set(folded(path), path)
      bytes += size
    }
  }
  return { taken, refused }
}

const folded = (path: string) => path.normalize('NFC').toLowerCase()
const inKib = (bytes: number) => `${String(Math.round(bytes / 1024))} KiB`

/** True for a path that stays below the folder it is written to, on every system. */
function isPlain(path: string): boolean {
  const names = path.split('/')
  return (
    path.length <= 500 &&
    names.length <= 16 &&
    names.every((name) => /^(?!\.)[^\p{Cc}\\:"<>|?*]+$/u.test(name) && !/[. ]$/.test(name))
  )
}
