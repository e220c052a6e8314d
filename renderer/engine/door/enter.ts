import { signIn } from './door-socket.ts'
import type { DoorClosed, DoorRefusal } from '#shared/contract/door.ts'
import type { DoorRecord, KeyStore, SignedIn } from './key-store.ts'
import type { SignInLink } from './sign-in-link.ts'

/** What a browser is at its start: in, not in and why, or to be asked before another one takes over. */
export type Entry =
  | { readonly kind: 'in'; readonly record: SignedIn }
  | { readonly kind: 'out'; readonly reason: EntryReason | null }
  /** It is signed in already, and the link would sign it in anew. */
  | { readonly kind: 'ask'; readonly record: SignedIn }

export type EntryReason = DoorClosed | 'unreachable' | 'no-key'

interface EntryPorts {
  readonly door: Parameters<typeof signIn>[0]
  readonly keys: KeyStore
  /** Erases what is kept in this browser. */
  readonly erase: () => Promise<void>
  /** Erases what is kept for one person before another one comes. */
  readonly eraseForAnother: () => Promise<void>
}

/**
 * Finds out whether this browser may come in, and signs it in where it was opened with a link.
 *
 * @param isSure true when a person was asked whether the link shall replace what there is.
 */
export async function enter(
  { door, keys, erase, eraseForAnother }: EntryPorts,
  link: SignInLink | null,
  isSure = false,
): Promise<Entry> {
  const known = await keys.read()
  // A page that leaves keeps what it shows: also one that leaves because its access was revoked.
  if (known.state === 'out' && known.reason === 'revoked') await erase()
  if (link === null || (link.isOptional && known.state === 'in')) return toEntry(known)
  if (known.state === 'in' && !isSure) return { kind: 'ask', record: known }
  const signedIn = await signIn(door, link.code, async ({ person }) => {
    // What was kept for somebody else is not for whoever comes now.
    if (known.person !== null && known.person !== person) await eraseForAnother()
  })
  return signedIn.ok
    ? { kind: 'in', record: signedIn.value }
    : { kind: 'out', reason: signedIn.error }
}

/**
 * The host did not let this browser in any more. What it keeps is erased when its access was revoked.
 *
 * @returns true when it is signed out now, false when it may be let in later.
 */
export async function leave(
  { keys, erase }: Pick<EntryPorts, 'keys' | 'erase'>,
  why: DoorClosed,
): Promise<boolean> {
  if (why === 'signed-out') return true
  if (why === 'other-host' || why === 'too-many' || why === 'bad-code') return false
  const known = await keys.read()
  await keys.write({ state: 'out', reason: why satisfies DoorRefusal, person: known.person })
  if (why === 'revoked') await erase()
  return true
}

function toEntry(record: DoorRecord): Entry {
  return record.state === 'in' ? { kind: 'in', record } : { kind: 'out', reason: record.reason }
}
