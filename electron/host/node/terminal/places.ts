import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePrivateFolder } from '#electron/files/private-files.ts'

/** Where Deckwatch and the terminals of its account meet. Only this account can enter. */
export interface TerminalPlaces {
  readonly folder: string
  /** What terminals have run and is not recorded yet, a file each. */
  readonly runs: string
  /** Says where the running Deckwatch listens to terminals. */
  readonly address: string
  /** Folders of shells that record, one each. */
  readonly shells: string
}

/** Those of a data directory, made where they are not there. Throws where that cannot be. */
export function terminalPlaces(dataDirectory: string): TerminalPlaces {
  const folder = join(dataDirectory, 'terminal')
  const places = {
    folder,
    runs: join(folder, 'runs'),
    address: join(folder, 'address'),
    shells: join(folder, 'shells'),
  }
  for (const each of [folder, places.runs]) makePrivateFolder(each)
  return places
}

/** Longest path of a socket that every system takes, in bytes. */
const MAX_SOCKET_PATH = 100

/**
 * Where a socket may lie: in the folder, else, where its path is too long for a socket, in one for
 * temporary files.
 *
 * @param makeTemporary makes a private folder there and says its path.
 */
export function socketPath(
  folder: string,
  makeTemporary: (prefix: string) => string,
): { readonly path: string; readonly temporary: string | null } {
  const path = join(folder, 'socket')
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH) return { path, temporary: null }
  const temporary = makeTemporary(join(tmpdir(), 'deckwatch-'))
  return { path: join(temporary, 'socket'), temporary }
}
