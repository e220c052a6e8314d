import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** A signature is as old as this at most, ms, and as far ahead: clocks differ. */
export const SIGNATURE_VALID_MS = 5 * 60_000

/** Which signatures are taken. */
export interface SignatureRules {
  readonly secret: string
  /** Beyond this machine a request could be recorded and sent again: only with a time, and once. */
  readonly isReplayRefused: boolean
  /** ms since the epoch, UTC. */
  readonly now: number
}

/** `once`: what may not be taken again, and until when to remember it; null where twice does no harm. */
export type SignatureCheck =
  | { readonly isValid: false }
  | {
      readonly isValid: true
      readonly once: { readonly key: string; readonly until: number } | null
    }

const refused: SignatureCheck = { isValid: false }

/**
 * Checks who sent a body. Taken are
 *
 * - `X-Deckwatch-Signature: sha256=HEX` with `X-Deckwatch-Timestamp: SECONDS`: the HMAC-SHA256 of
 *   the timestamp, a dot and the body;
 * - the same header without a timestamp, of the body alone, and GitLab's plain `X-Gitlab-Token`:
 *   only where nobody in between could send it again;
 * - `X-Hub-Signature-256`, as GitHub sends it. It has no time: what it may say counts once for ever,
 *   see `isOnceForEver`.
 */
export function checkSignature(
  headers: IncomingHttpHeaders,
  body: Buffer,
  { secret, isReplayRefused, now }: SignatureRules,
): SignatureCheck {
  const own = one(headers['x-deckwatch-signature'])
  const timestamp = one(headers['x-deckwatch-timestamp'])
  if (own !== null && timestamp !== null) {
    const at = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : Number.NaN
    const signed = Buffer.concat([Buffer.from(`${timestamp}.`), body])
    if (!isSignature(own, signed, secret)) return refused
    // Not a number is no time either.
    if (!(Math.abs(now - at) <= SIGNATURE_VALID_MS)) return refused
    return { isValid: true, once: { key: own.toLowerCase(), until: at + SIGNATURE_VALID_MS } }
  }
  const hub = one(headers['x-hub-signature-256'])
  if (hub !== null && isFromGitHub(headers)) {
    return isSignature(hub, body, secret) ? { isValid: true, once: null } : refused
  }
  if (isReplayRefused) return refused
  const plain = own ?? hub
  if (plain !== null) {
    return isSignature(plain, body, secret) ? { isValid: true, once: null } : refused
  }
  const token = one(headers['x-gitlab-token'])
  return token !== null && isEqual(digest(token, secret), digest(secret, secret))
    ? { isValid: true, once: null }
    : refused
}

/** True for a request that calls itself GitHub's: it is read as one, and as nothing else. */
export function isFromGitHub(headers: IncomingHttpHeaders): boolean {
  return one(headers['x-github-event']) !== null
}

function isSignature(given: string, signed: Buffer, secret: string): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(given)?.[1]
  return hex !== undefined && isEqual(Buffer.from(hex, 'hex'), digest(signed, secret))
}

function digest(text: string | Buffer, secret: string): Buffer {
  return createHmac('sha256', secret).update(text).digest()
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

function one(header: string | readonly string[] | undefined): string | null {
  return typeof header === 'string' && header !== '' ? header : null
}
