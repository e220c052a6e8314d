import { z } from 'zod'
import { personIdSchema } from '../domain/person/schema.ts'

/**
 * What a cockpit and the browser host say to one another before the first message of the contract.
 * Both prove that they hold a private key, and neither sends anything that opens the door again: who
 * listens, or stands in the other one's place, learns nothing of use.
 *
 *     cockpit                            host
 *     hello (nonce)             ──▶
 *                               ◀──      challenge (nonce, host key, signature)
 *     proof, or sign-in (code)  ──▶
 *                               ◀──      let-in, or refused
 */

/** The whole of it takes no longer than this, ms. */
export const DOOR_WITHIN_MS = 10_000
/** A key of a cockpit that is older than this, ms, is replaced at its next use. */
export const ROTATE_AFTER_MS = 24 * 3_600_000

const base64url = (max: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{16,${String(max)}}$`))
const nonceSchema = base64url(64)
/** A public key: P-256, DER (SPKI), base64url. */
const publicKeySchema = base64url(256)
/** ECDSA with SHA-256 over {@link signedText}, r and s side by side, base64url. */
const signatureSchema = base64url(128)
/** What a sign-in link holds. */
export const codeSchema = base64url(64)
/** What a session is called; no secret. */
export const sessionIdSchema = base64url(32)

/** Cockpit to host. */
export const cockpitDoorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), nonce: nonceSchema }),
  z.object({
    type: z.literal('proof'),
    session: sessionIdSchema,
    signature: signatureSchema,
    /** The key that the cockpit will use from its next connection on. */
    nextKey: publicKeySchema.optional(),
  }),
  z.object({
    type: z.literal('sign-in'),
    code: codeSchema,
    publicKey: publicKeySchema,
    signature: signatureSchema,
  }),
])
export type CockpitDoorMessage = z.infer<typeof cockpitDoorSchema>

/**
 * Why a cockpit is not let in. `revoked`: the owner took the access back; what is kept in the browser
 * is erased. `expired`: it was not used for too long. `unknown`: the host knows no such session or
 * key. `bad-code`: the link was used already, is too old or was revoked. `too-many`: too many
 * attempts failed; later it goes on.
 */
export const doorRefusalSchema = z.enum(['revoked', 'expired', 'unknown', 'bad-code', 'too-many'])
export type DoorRefusal = z.infer<typeof doorRefusalSchema>

/**
 * Why a cockpit does not get in, as it sees it: the host says so; or who answers is `other-host` than
 * the one that it knows; or this browser is `signed-out`, so that nothing was asked.
 */
export type DoorClosed = DoorRefusal | 'other-host' | 'signed-out'

/** Host to cockpit. */
export const hostDoorSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('challenge'),
    nonce: nonceSchema,
    hostKey: publicKeySchema,
    signature: signatureSchema,
  }),
  z.object({
    type: z.literal('let-in'),
    session: sessionIdSchema,
    /** Whom the session belongs to; `me` for the owner, whoever that is. */
    person: personIdSchema,
  }),
  z.object({ type: z.literal('refused'), reason: doorRefusalSchema }),
])
export type HostDoorMessage = z.infer<typeof hostDoorSchema>

/** The nonces of one handshake, and the host and port that the cockpit believes to speak to. */
export interface Handshake {
  readonly host: string
  readonly cockpitNonce: string
  readonly hostNonce: string
}

/** What is signed: nothing of it can be used at another address, in another handshake or in the other role. */
export function signedText(
  role: 'host' | 'proof' | 'sign-in',
  { host, cockpitNonce, hostNonce }: Handshake,
): string {
  return ['deckwatch-door-1', role, host, cockpitNonce, hostNonce].join('\n')
}
