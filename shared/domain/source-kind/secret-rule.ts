import { KEPT, type SecretUse } from './secrets.ts'

/** What a secret may be used for from a cockpit. */
export interface AllowedUses {
  /** Of the sources that the configuration file has: a person wrote them there, or they passed before. */
  readonly configured: readonly SecretUse[]
  /** Of the secrets that Deckwatch keeps: the server that each was typed in for, by name. */
  readonly storedFor: ReadonlyMap<string, string>
}

/**
 * Whoever may change sources could send any secret of this machine to a server of their own: a file,
 * an environment variable, what was stored for another source. So a change from a cockpit uses only
 * what was stored for the same scheme, host and port, and what the file already uses there.
 *
 * @returns the first use that is not allowed; null when all are.
 */
export function forbiddenUse(
  wanted: readonly SecretUse[],
  { configured, storedFor }: AllowedUses,
): SecretUse | null {
  const isAllowed = ({ reference, origin }: SecretUse) =>
    configured.some((each) => each.reference === reference && each.origin === origin) ||
    (reference.startsWith(KEPT) && storedFor.get(reference.slice(KEPT.length)) === origin)
  return wanted.find((use) => !isAllowed(use)) ?? null
}

/** Says why a use is not allowed, and what to do. */
export function forbiddenUseWords(
  { reference, origin }: SecretUse,
  { storedFor }: Pick<AllowedUses, 'storedFor'>,
): { readonly message: string; readonly hint: string } {
  if (!reference.startsWith(KEPT)) {
    return {
      message: `The configuration file does not use ${reference} for ${origin}.`,
      hint: 'Only the file itself can name other files and environment variables: add it there by hand.',
    }
  }
  const owner = storedFor.get(reference.slice(KEPT.length))
  return {
    message:
      owner === undefined
        ? `The stored secret was not entered for ${origin}.`
        : `The stored secret was entered for ${owner}, not for ${origin}.`,
    hint: 'Enter it again for this address.',
  }
}
