import { join } from 'node:path'
import { makePrivateFolder } from '#electron/files/private-files.ts'

/** Where the door keeps its things. Only this account can enter, and none of it opens the door but the page. */
export interface DoorPlaces {
  readonly folder: string
  readonly hostKey: string
  readonly sessions: string
  readonly invitations: string
  /** The page that signs the owner in: it holds a link that works once. */
  readonly page: string
  /** Where the running host listens; gone after a clean stop. */
  readonly running: string
}

/** The door's part of a data directory, made where it is not there. */
export function doorPlaces(dataDirectory: string): DoorPlaces {
  const folder = join(dataDirectory, 'sign-in')
  const places = {
    folder,
    hostKey: join(folder, 'host-key.pem'),
    sessions: join(folder, 'sessions'),
    invitations: join(folder, 'invitations'),
    page: join(folder, 'sign-in.html'),
    running: join(folder, 'running.json'),
  }
  for (const each of [folder, places.sessions, places.invitations]) makePrivateFolder(each)
  return places
}
