import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { guestSchema, isNamed, type Guest } from './guest.ts'
import {
  namesIn,
  takeFile,
  tryReadPrivateFile,
  writePrivateFile,
} from '#electron/files/private-files.ts'

/** An invitation is good for this long, ms. */
export const INVITED_FOR_MS = 24 * 3_600_000

const ENDING = '.json'

const invitationSchema = guestSchema.extend({
  /** ms since the epoch, UTC. */
  createdAt: z.number(),
  expiresAt: z.number(),
  /** The link stands on a page that only the owner's account can read: nobody asked for it. */
  isOnPage: z.boolean().optional(),
})
/** A link that was not used yet. */
export type Invitation = Readonly<z.infer<typeof invitationSchema>>

/**
 * Invitations, each a file that is named by the hash of its code: it can be found by who has the code,
 * and tells nobody the code. They are read when somebody comes with one, so the program that makes
 * them and the host that honours them need not know of one another.
 */
export interface Invitations {
  /** Makes an invitation; returns the code, which is nowhere else. Throws where it cannot be written. */
  create(guest: Guest, now: number, forMs?: number, options?: Pick<Invitation, 'isOnPage'>): string
  /** Whom a code is for; null when there is no such, or too old. */
  find(code: string, now: number): Guest | null
  /** Uses one up: whoever comes first with the code has it. Null when there is no such, or too old. */
  take(code: string, now: number): Guest | null
  list(now: number): readonly Invitation[]
  /** Revokes those of a person; returns how many there were. */
  revoke(name: string): number
}

/** @param folder where they lie; it is there, for its owner alone. */
export function openInvitations(folder: string): Invitations {
  const fileOf = (name: string) => join(folder, `${name}${ENDING}`)
  const read = (name: string): Invitation | null => {
    // One that cannot be read is none: another account made it (root), or it is no file.
    const text = tryReadPrivateFile(fileOf(name))
    return text === null ? null : parse(text)
  }
  /** One that cannot be removed stays, and hinders no other. */
  const drop = (name: string): boolean => {
    try {
      return takeFile(fileOf(name))
    } catch {
      return false
    }
  }
  const toGuest = (invitation: Invitation | null, now: number): Guest | null =>
    invitation && isGood(invitation, now)
      ? { person: invitation.person, rights: invitation.rights }
      : null

  return {
    create(guest, now, forMs = INVITED_FOR_MS, options = {}) {
      const code = randomBytes(32).toString('base64url')
      const invitation: Invitation = {
        ...guest,
        ...options,
        createdAt: now,
        expiresAt: now + forMs,
      }
      writePrivateFile(fileOf(hashOf(code)), `${JSON.stringify(invitation)}\n`)
      return code
    },
    find: (code, now) => toGuest(read(hashOf(code)), now),
    take(code, now) {
      const name = hashOf(code)
      const invitation = read(name)
      if (!invitation || !takeFile(fileOf(name))) return null
      return toGuest(invitation, now)
    },
    list(now) {
      const good: Invitation[] = []
      for (const name of namesIn(folder, ENDING)) {
        const invitation = read(name)
        if (invitation && isGood(invitation, now)) good.push(invitation)
        else if (invitation) drop(name)
      }
      return good.sort((a, b) => a.createdAt - b.createdAt)
    },
    revoke(name) {
      const theirs = namesIn(folder, ENDING).filter((file) => {
        const invitation = read(file)
        return invitation !== null && isNamed(invitation, name)
      })
      return theirs.filter(drop).length
    },
  }
}

/** A clock that was set back makes an invitation older than it is, not good for ever. */
function isGood({ createdAt, expiresAt }: Invitation, now: number): boolean {
  return now < expiresAt && now >= createdAt - INVITED_FOR_MS
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}

function parse(text: string): Invitation | null {
  try {
    return invitationSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
