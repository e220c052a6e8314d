import {
  hostDoorSchema,
  ROTATE_AFTER_MS,
  signedText,
  type CockpitDoorMessage,
  type DoorClosed,
  type HostDoorMessage,
} from '#shared/contract/door.ts'
import type { SignedIn } from './key-store.ts'
import { createKey, createNonce, isSignedBy, publicKeyOf, signText } from './signatures.ts'

/** What a handshake has come to. */
export type HandshakeStep =
  | { readonly kind: 'send'; readonly message: CockpitDoorMessage }
  /** The door is open; the record is what proves it from now on. */
  | { readonly kind: 'in'; readonly record: SignedIn }
  | { readonly kind: 'closed'; readonly reason: DoorClosed }

/** One handshake with the host, message by message. */
export interface CockpitHandshake {
  /** What is said first. */
  readonly hello: CockpitDoorMessage
  /** @param text from the host, or from who stands in its place. */
  receive(text: string): Promise<HandshakeStep>
}

interface Knowing {
  /** Host and port of this page. */
  readonly host: string
  /** ms since the epoch, UTC. */
  readonly now: () => number
}

/** Proves that this browser is signed in. A host that cannot prove itself is sent nothing more, and not believed. */
export function proveSession(record: SignedIn, { host, now }: Knowing): CockpitHandshake {
  const cockpitNonce = createNonce()
  let isProven = false
  let next: CryptoKeyPair | null = null
  return {
    hello: { type: 'hello', nonce: cockpitNonce },
    async receive(text) {
      const message = read(text)
      if (isProven) {
        const renewed = next ? { ...record, key: next, keyAt: now() } : record
        return ended(message, renewed)
      }
      if (message?.type !== 'challenge' || message.hostKey !== record.hostKey) return otherHost
      const handshake = { host, cockpitNonce, hostNonce: message.nonce }
      isProven = await isSignedBy(record.hostKey, signedText('host', handshake), message.signature)
      if (!isProven) return otherHost
      if (now() - record.keyAt > ROTATE_AFTER_MS) next = await createKey()
      return {
        kind: 'send',
        message: {
          type: 'proof',
          session: record.session,
          signature: await signText(record.key, signedText('proof', handshake)),
          ...(next ? { nextKey: await publicKeyOf(next) } : {}),
        },
      }
    },
  }
}

/** Signs this browser in with the code of a link. */
export function beginSession(code: string, { host, now }: Knowing): CockpitHandshake {
  const cockpitNonce = createNonce()
  let begun: Pick<SignedIn, 'hostKey' | 'key'> | null = null
  return {
    hello: { type: 'hello', nonce: cockpitNonce },
    async receive(text) {
      const message = read(text)
      if (begun) {
        if (message?.type !== 'let-in') return ended(message)
        const { session, person } = message
        return { kind: 'in', record: { state: 'in', session, person, ...begun, keyAt: now() } }
      }
      if (message?.type !== 'challenge') return otherHost
      const { hostKey, nonce: hostNonce, signature } = message
      const handshake = { host, cockpitNonce, hostNonce }
      if (!(await isSignedBy(hostKey, signedText('host', handshake), signature))) return otherHost
      const key = await createKey()
      begun = { hostKey, key }
      return {
        kind: 'send',
        message: {
          type: 'sign-in',
          code,
          publicKey: await publicKeyOf(key),
          signature: await signText(key, signedText('sign-in', handshake)),
        },
      }
    },
  }
}

const otherHost: HandshakeStep = { kind: 'closed', reason: 'other-host' }

/** What a host said at last. Only asked of one that has proved itself: anybody can say these words. */
function ended(message: HostDoorMessage | null, record?: SignedIn): HandshakeStep {
  if (message?.type === 'refused') return { kind: 'closed', reason: message.reason }
  return message?.type === 'let-in' && record ? { kind: 'in', record } : otherHost
}

function read(text: string): HostDoorMessage | null {
  try {
    return hostDoorSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
