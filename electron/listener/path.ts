import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import {
  makePrivateFolder,
  readPrivateFile,
  writePrivateFile,
} from '#electron/files/private-files.ts'

/** Characters of a path: nobody guesses 192 bits. */
const PATH = /^\/[A-Za-z0-9_-]{32}$/

/** Where the listener keeps its things in a data directory. */
export function listenerPlaces(dataDirectory: string) {
  const folder = join(dataDirectory, 'listener')
  return { folder, path: join(folder, 'path'), address: join(folder, 'address') } as const
}

/**
 * The path that requests come to: made once, and readable by this account alone.
 *
 * @throws where it cannot be written or read.
 */
export function ownPath(dataDirectory: string): string {
  const places = listenerPlaces(dataDirectory)
  makePrivateFolder(places.folder)
  const kept = readPrivateFile(places.path)?.trim()
  if (kept !== undefined && PATH.test(kept)) return kept
  const made = `/${randomBytes(24).toString('base64url')}`
  writePrivateFile(places.path, made)
  return made
}
