/** How a secret is named: `env:NAME`, `file:/path/to/secret` or `keychain:NAME`. */
export const SECRET_REFERENCE =
  /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|keychain:[A-Za-z0-9][A-Za-z0-9._-]{0,62})$/

/** Says how a secret is named, where one stands in clear. */
export const secretsAreNamed =
  'secrets are not written here: use env:NAME or file:/path/to/secret, or keychain:NAME'

/** True for a text that is meant to name a secret, whether it is written right or not. */
export function isMeantAsReference(text: string): boolean {
  return /^(env|file|keychain):/.test(text)
}
