import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sessionIdSchema, type DoorRefusal } from '#shared/contract/door.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { z } from 'zod'
import { guestSchema, isNamed, type Guest } from './guest.ts'
import {
  namesIn,
  readPrivateFile,
  takeFile,
  tryReadPrivateFile,
  writePrivateFile,
} from '#electron/files/private-files.ts'

/** A session that is not used for this long, ms, ends. */
export const IDLE_FOR_MS = 30 * 24 * 3_600_000
/** Keys that were announced and not used yet: tabs of one browser may each announce one. */
const MAX_NEXT_KEYS = 16

const ENDING = '.json'
const REVOKED = '.revoked'

const sessionSchema = guestSchema.extend({
  id: sessionIdSchema,
  /** Where it was begun: host and port. It is good nowhere else. */
  host: z.string(),
  /** The browser, as it calls itself. */
  browser: z.string(),
  /** Public keys of the cockpit. Nothing here opens the door. */
  key: z.string(),
  nextKeys: z.array(z.string()),
  /** ms since the epoch, UTC. */
  createdAt: z.number(),
  usedAt: z.number(),
})
/** A browser that is signed in. */
export type Session = Readonly<z.infer<typeof sessionSchema>>

/**
 * The sessions, each in a file of its own. Only the running host writes them. Who revokes one puts a
 * mark beside it, so that it cannot be written back by chance.
 */
export interface Sessions {
  /** Begins one. Throws where it cannot be written. */
  create(
    guest: Guest,
    at: { readonly host: string; readonly browser: string; readonly key: string },
    now: number,
  ): Session
  /** Removes one that no browser has heard of. */
  discard(id: string): void
  /**
   * The session that somebody proves to hold, or why it is none. Throws where it cannot be read: that
   * is no reason to sign a browser out.
   */
  find(id: string, host: string, now: number): Result<Session, DoorRefusal>
  /**
   * Notes that it was used with one of its keys, and the key that will follow. On a full disk it is
   * noted until the host stops: who has to see the alerts then is let in all the same.
   */
  use(session: Session, key: string, nextKey: string | undefined, now: number): void
  /** Notes that it is still in use: a wall display may stay connected for months. Never throws. */
  stillUsed(id: string, now: number): void
  /** Never throws. */
  isRevoked(id: string): boolean
  /** Those that are good, the oldest first. */
  list(now: number): readonly Session[]
  /** Ends one by its id, or all of a person; returns those that were ended. */
  revoke(nameOrId: string, now: number): readonly Session[]
}

/**
 * @param folder where they lie; it is there, for its owner alone.
 * @param unwritten told why a use could not be written.
 */
export function openSessions(
  folder: string,
  unwritten: (error: unknown) => void = () => undefined,
): Sessions {
  /** As they were used last, where that could not be written. */
  const inMemory = new Map<string, Session>()
  const fileOf = (id: string) => join(folder, `${id}${ENDING}`)
  const markOf = (id: string) => join(folder, `${id}${REVOKED}`)
  // Whether it is there, not what it says: a mark that another account made (root) is one too.
  const isRevoked = (id: string) => existsSync(markOf(id))
  const write = (session: Session) => {
    writePrivateFile(fileOf(session.id), `${JSON.stringify(session)}\n`)
  }
  const read = (id: string, readFile = readPrivateFile): Session | null => {
    const text = readFile(fileOf(id))
    const session = text === null ? null : parse(text)
    return session?.id === id ? (inMemory.get(id) ?? session) : null
  }
  const isIdle = ({ usedAt }: Session, now: number) => now - usedAt > IDLE_FOR_MS
  const list = (now: number): readonly Session[] =>
    namesIn(folder, ENDING)
      .map((id) => read(id, tryReadPrivateFile))
      .filter((session) => session !== null)
      .filter((session) => !isRevoked(session.id) && !isIdle(session, now))
      .sort((a, b) => a.createdAt - b.createdAt)

  const note = (used: Session): void => {
    try {
      write(used)
      inMemory.delete(used.id)
    } catch (error) {
      inMemory.set(used.id, used)
      unwritten(error)
    }
  }

  return {
    create(guest, { host, browser, key }, now) {
      const id = randomBytes(8).toString('hex')
      const session: Session = {
        ...guest,
        id,
        host,
        browser,
        key,
        nextKeys: [],
        createdAt: now,
        usedAt: now,
      }
      write(session)
      return session
    },
    discard(id) {
      takeFile(fileOf(id))
    },
    find(id, host, now) {
      if (!sessionIdSchema.safeParse(id).success) return fail('unknown')
      if (isRevoked(id)) return fail('revoked')
      const session = read(id)
      if (session?.host !== host) return fail('unknown')
      return isIdle(session, now) ? fail('expired') : ok(session)
    },
    use(session, key, nextKey, now) {
      const isRotated = key !== session.key
      const waiting = isRotated ? [] : session.nextKeys
      const nextKeys = nextKey === undefined ? waiting : [...waiting, nextKey]
      note({ ...session, key, nextKeys: nextKeys.slice(-MAX_NEXT_KEYS), usedAt: now })
    },
    stillUsed(id, now) {
      const session = read(id, tryReadPrivateFile)
      if (session && !isRevoked(id)) note({ ...session, usedAt: now })
    },
    isRevoked,
    list,
    revoke(nameOrId, now) {
      const ended = list(now).filter(
        (session) => session.id === nameOrId || isNamed(session, nameOrId),
      )
      for (const { id } of ended) {
        try {
          writePrivateFile(markOf(id), '')
        } finally {
          takeFile(fileOf(id))
        }
      }
      return ended
    },
  }
}

function parse(text: string): Session | null {
  try {
    return sessionSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
