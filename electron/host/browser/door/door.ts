import { randomBytes } from 'node:crypto'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import {
  cockpitDoorSchema,
  signedText,
  type CockpitDoorMessage,
  type DoorRefusal,
  type HostDoorMessage,
} from '#shared/contract/door.ts'
import { ok, fail, type Result } from '#shared/domain/result/result.ts'
import { countAttempts } from './attempts.ts'
import { guestId, type Guest } from './guest.ts'
import { openInvitations, type Invitations } from './invitations.ts'
import { isSignedBy, loadHostKey } from './keys.ts'
import { doorPlaces, type DoorPlaces } from './places.ts'
import { openSessions, type Session, type Sessions } from './sessions.ts'

/** How one that knocks is answered, message by message. */
export interface Knock {
  /**
   * @param text what the cockpit sent, hostile until it is parsed.
   * @returns what to answer, and the session once it is let in. Null for what is no message of the
   * door, or not the one that is next: nothing is answered to it.
   * @throws where the data directory cannot be read or written. Nobody is let in, or refused, then.
   */
  receive(text: string): KnockAnswer | null
}

/** What to answer; with a session the door is open, with a refusal it is closed. */
export interface KnockAnswer {
  readonly message: HostDoorMessage
  readonly session?: Session
}

/** Lets cockpits in: those that prove to be a session, and those that bring a code that is good. */
export interface Door {
  readonly places: DoorPlaces
  readonly invitations: Invitations
  readonly sessions: Sessions
  /**
   * Somebody opened a connection.
   *
   * @param host the `Host` that the browser named, checked before.
   * @param browser the browser, as it calls itself.
   */
  knock(host: string, browser: string): Knock
}

interface DoorOptions {
  readonly dataDirectory: string
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly logger: Pick<Logger, 'warn'>
  /** Told that a code was used up. */
  readonly signedIn?: (guest: Guest) => void
}

/** Longest description of a browser that is kept, in UTF-16 units. */
const MAX_BROWSER = 200

type Proof = Extract<CockpitDoorMessage, { type: 'proof' }>
type SignIn = Extract<CockpitDoorMessage, { type: 'sign-in' }>

/** Opens the door's part of a data directory. */
export function openDoor({ dataDirectory, clock, logger, signedIn }: DoorOptions): Door {
  const places = doorPlaces(dataDirectory)
  const hostKey = loadHostKey(places.hostKey)
  const invitations = openInvitations(places.invitations)
  const sessions = openSessions(places.sessions, (error) => {
    logger.warn({ err: error }, 'The use of a session could not be written: it is kept in memory')
  })
  const attempts = countAttempts(() => clock.monotonic())

  function knock(host: string, browser: string): Knock {
    let nonces: { readonly cockpitNonce: string; readonly hostNonce: string } | null = null
    let isOver = false
    const textFor = (role: Parameters<typeof signedText>[0]) =>
      signedText(role, { host, cockpitNonce: '', hostNonce: '', ...nonces })

    function challenge(cockpitNonce: string): KnockAnswer {
      nonces = { cockpitNonce, hostNonce: randomBytes(32).toString('base64url') }
      return {
        message: {
          type: 'challenge',
          nonce: nonces.hostNonce,
          hostKey: hostKey.publicKey,
          signature: hostKey.sign(textFor('host')),
        },
      }
    }

    function prove({ session: id, signature, nextKey }: Proof): Result<Session, DoorRefusal> {
      const found = sessions.find(id, host, clock.now())
      if (!found.ok) return found
      const session = found.value
      const text = textFor('proof')
      const key = [session.key, ...session.nextKeys].find((each) =>
        isSignedBy(each, text, signature),
      )
      if (key === undefined) return fail('unknown')
      sessions.use(session, key, nextKey, clock.now())
      return ok(session)
    }

    function signIn({ code, publicKey, signature }: SignIn): Result<Session, DoorRefusal> {
      // Before the code is used up: a browser that cannot sign would have used it for nothing.
      if (!isSignedBy(publicKey, textFor('sign-in'), signature)) return fail('unknown')
      const guest = invitations.find(code, clock.now())
      if (!guest) return fail('bad-code')
      const at = { host, browser: browser.slice(0, MAX_BROWSER), key: publicKey }
      // First the session, then the code: a full disk uses up no link, and who revokes a person's links
      // and then their sessions meets one of the two.
      const session = sessions.create(guest, at, clock.now())
      if (!invitations.take(code, clock.now())) {
        sessions.discard(session.id)
        return fail('bad-code')
      }
      signedIn?.(guest)
      return ok(session)
    }

    /** Who guesses must not shut out who is signed in: a proof cannot be guessed, and is not counted. */
    function trySignIn(message: SignIn): Result<Session, DoorRefusal> {
      if (attempts.areTooMany()) return fail('too-many')
      const outcome = signIn(message)
      if (!outcome.ok) attempts.failed()
      return outcome
    }

    function answer(message: CockpitDoorMessage): KnockAnswer | null {
      if (message.type === 'hello') return nonces ? null : challenge(message.nonce)
      if (!nonces) return null
      isOver = true
      const outcome = message.type === 'proof' ? prove(message) : trySignIn(message)
      if (!outcome.ok) return { message: { type: 'refused', reason: outcome.error } }
      const session = outcome.value
      return {
        message: { type: 'let-in', session: session.id, person: guestId(session) },
        session,
      }
    }

    return {
      receive(text) {
        const message = read(text)
        return message === null || isOver ? null : answer(message)
      },
    }
  }

  return { places, invitations, sessions, knock }
}

function read(text: string): CockpitDoorMessage | null {
  try {
    return cockpitDoorSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
