import { codeOf } from '#electron/files/write-failure.ts'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FileKinds } from './file-kind.ts'
import { parsePattern, type PatternStep } from './pattern.ts'

/** How much of a folder is looked at; beyond it the folder itself has a problem. */
export const scanLimits = { files: 5_000, folders: 500, depth: 16 } as const

/** A file that is there, by what the file system says of it. */
export interface FoundFile {
  readonly kind: string
  /** Another text has another fingerprint; the same fingerprint need not be read again. */
  readonly fingerprint: string
  /** The path of a file that some systems could not tell from this one; null when there is none. */
  readonly clash: string | null
}

/** A folder of the playbook that was looked into. */
export interface FoundFolder {
  /** Absolute. */
  readonly path: string
  /** Another folder under the same name has another id. */
  readonly id: string
}

/** A playbook folder at one moment. Paths are relative to it, with `/`. */
export interface Scan {
  readonly files: ReadonlyMap<string, FoundFile>
  readonly folders: readonly FoundFolder[]
  /** Folders that could not be looked into, and why: nothing is known of the files in them. */
  readonly unread: ReadonlyMap<string, string>
  /** False when nothing is known of files that were not found. */
  readonly isComplete: boolean
  /** True when there is no such folder at all. */
  readonly isGone: boolean
  /** True when changes may happen where no watch of the folders would see them: behind links. */
  readonly hasLinks: boolean
}

/** True when the scan cannot say whether this file is there. */
export function isUnknown(scan: Scan, path: string): boolean {
  if (scan.files.has(path)) return false
  if (!scan.isComplete) return true
  return [...scan.unread.keys()].some((folder) => folder === '' || path.startsWith(`${folder}/`))
}

const GONE = 'the folder is gone'

/** Looks for the files of these kinds, and only where one could be. Does not fail. */
export async function scanFolder(folder: string, kinds: FileKinds): Promise<Scan> {
  const files = new Map<string, { kind: string; fingerprint: string }>()
  const folders = new Map<string, FoundFolder>()
  const unread = new Map<string, string>()
  let isComplete = true
  let hasLinks = (await realpath(folder).catch(() => null)) !== resolve(folder)

  /** Notes a folder; false when nothing in it is to be looked at. */
  const enter = async (path: string, depth: number): Promise<boolean> => {
    if (folders.has(path)) return true
    if (unread.has(path)) return false
    try {
      const absolute = join(folder, path)
      // The playbook itself may be reached by a link; within it links would lead out, or in circles.
      const found = await (path === '' ? stat(absolute) : lstat(absolute))
      if (path === '' && !found.isDirectory()) {
        unread.set('', GONE)
        return false
      }
      if (found.isSymbolicLink()) {
        unread.set(path, 'a folder that is a link is not followed: put the folder itself here')
        return false
      }
      if (!found.isDirectory()) return false
      if (depth > scanLimits.depth) {
        unread.set(path, `folders are read ${String(scanLimits.depth)} deep: move this one up`)
        return false
      }
      if (folders.size >= scanLimits.folders) {
        isComplete = false
        return false
      }
      folders.set(path, { path: absolute, id: `${String(found.dev)}:${String(found.ino)}` })
      return true
    } catch (error) {
      const code = codeOf(error)
      const isGone = code === 'ENOENT' || code === 'ENOTDIR'
      if (path === '') unread.set('', isGone ? GONE : notReadable(code))
      else if (!isGone) unread.set(path, notReadable(code))
      return false
    }
  }

  const list = async (path: string) => {
    try {
      const entries = await readdir(join(folder, path), { withFileTypes: true })
      return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    } catch (error) {
      const code = codeOf(error)
      // Gone since it was entered: its files are gone with it.
      if (code !== 'ENOENT' && code !== 'ENOTDIR') unread.set(path, notReadable(code))
      return []
    }
  }

  const counts = new Map<string, number>()
  const addFile = async (path: string, kind: string) => {
    if (files.has(path)) return
    const { maxFiles = Infinity, noun = '' } = kinds[kind] ?? {}
    const count = counts.get(kind) ?? 0
    if (count >= maxFiles) {
      // Whether a file that was not counted is there is not known.
      unread.set(path.split('/', 1)[0] ?? '', tooMany(maxFiles, noun))
      return
    }
    if (files.size >= scanLimits.files) {
      isComplete = false
      return
    }
    const fingerprint = await fingerprintOf(join(folder, path))
    if (fingerprint === null) return
    if (fingerprint.isLink) hasLinks = true
    files.set(path, { kind, fingerprint: fingerprint.text })
    counts.set(kind, count + 1)
  }

  const walk = async (path: string, steps: readonly PatternStep[], kind: string, depth = 0) => {
    const [step, ...rest] = steps
    if (!step || !(await enter(path, depth))) return
    const below = (name: string) => (path === '' ? name : `${path}/${name}`)
    const isLast = rest.length === 0
    if (step.type === 'name') {
      await (isLast
        ? addFile(below(step.name), kind)
        : walk(below(step.name), rest, kind, depth + 1))
      return
    }
    if (step.type === 'deep') await walk(path, rest, kind, depth)
    for (const entry of await list(path)) {
      if (step.type === 'deep') {
        if (entry.name.startsWith('.')) continue
        const isFolder = entry.isSymbolicLink()
          ? await leadsToFolder(join(folder, below(entry.name)))
          : entry.isDirectory()
        if (isFolder) await walk(below(entry.name), steps, kind, depth + 1)
      } else if (step.matches(entry.name)) {
        await (isLast
          ? addFile(below(entry.name), kind)
          : walk(below(entry.name), rest, kind, depth + 1))
      }
    }
  }

  for (const [kind, { pattern }] of Object.entries(kinds)) {
    await walk('', parsePattern(pattern), kind)
  }
  return {
    files: withClashes(files),
    folders: [...folders.values()],
    unread,
    isComplete,
    isGone: unread.get('') === GONE,
    hasLinks,
  }
}

async function leadsToFolder(link: string): Promise<boolean> {
  const target = await stat(link).catch(() => null)
  return target?.isDirectory() ?? false
}

async function fingerprintOf(
  path: string,
): Promise<{ readonly text: string; readonly isLink: boolean } | null> {
  try {
    const own = await lstat(path, { bigint: true })
    const isLink = own.isSymbolicLink()
    const { dev, ino, size, mtimeNs, ctimeNs, mode } = isLink
      ? await stat(path, { bigint: true })
      : own
    return { text: [dev, ino, size, mtimeNs, ctimeNs, mode].join(':'), isLink }
  } catch (error) {
    const code = codeOf(error)
    // A link that leads nowhere is no file.
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    return { text: `unreadable:${code}`, isLink: false }
  }
}

/** Mac and Windows take names for one that differ in case, or in how an accent is written. */
function withClashes(
  files: ReadonlyMap<string, { readonly kind: string; readonly fingerprint: string }>,
): ReadonlyMap<string, FoundFile> {
  const byFold = Map.groupBy(files.keys(), (path) => path.normalize('NFC').toLowerCase())
  const clashOf = new Map<string, string>()
  for (const alike of byFold.values()) {
    for (const path of alike) {
      const other = alike.find((each) => each !== path)
      if (other !== undefined) clashOf.set(path, other)
    }
  }
  return new Map(
    [...files].map(([path, { kind, fingerprint }]) => {
      const clash = clashOf.get(path) ?? null
      return [path, { kind, clash, fingerprint: `${fingerprint}:${clash ?? ''}` }]
    }),
  )
}

function tooMany(maxFiles: number, noun: string): string {
  return `there are more than ${String(maxFiles)} files here that may be a ${noun}; the rest is not read. Is this the right folder?`
}

function notReadable(code: string): string {
  return code === 'EACCES' || code === 'EPERM'
    ? 'the folder may not be read by this account: check its permissions'
    : `the folder cannot be read (${code})`
}
