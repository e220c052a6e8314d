import { isMeantAsReference, SECRET_REFERENCE, secretsAreNamed } from './secret-reference.ts'

/** Own headers of a source: plain values, or names of secrets. */
export type Headers = Readonly<Record<string, string>>

/** A name as HTTP has it (RFC 9110, "token"). */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/
/** One line that every server reads alike. */
const VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

const ofTheRequest = 'Deckwatch sets it for each request'
const ofTheConnection = 'it is about one connection, which Deckwatch manages'

/** Headers that cannot be given, by their name in small letters, and why. */
const forbidden: Readonly<Record<string, string>> = {
  host: 'it follows from the address',
  'content-length': ofTheRequest,
  'content-type': ofTheRequest,
  'transfer-encoding': ofTheRequest,
  'accept-encoding': 'Deckwatch asks for what it can decompress',
  range: 'Deckwatch needs whole answers',
  expect: ofTheConnection,
  connection: ofTheConnection,
  'keep-alive': ofTheConnection,
  'proxy-connection': ofTheConnection,
  te: ofTheConnection,
  trailer: ofTheConnection,
  upgrade: ofTheConnection,
  'proxy-authorization': 'user name and password of a proxy belong in its own address',
}

/** Headers that carry nothing but a secret. */
const SECRET_NAME = /^(authorization|cookie)$|(^|[-_])(secret|token|passw(or)?d|api-?key)$/i
/** A secret behind the word for how it is used. */
const SECRET_VALUE = /^(basic|bearer|token|apikey)\s/i

/**
 * What is wrong with an own header, as a sentence without its end; null when it can be sent. Never
 * quotes the value, nor a name that is none.
 */
export function headerProblem(name: string, value: string): string | null {
  if (!NAME.test(name)) {
    return 'invalid header name: use letters, digits and dashes, as in X-Scope-OrgID'
  }
  const lower = name.toLowerCase()
  const reason = Object.hasOwn(forbidden, lower) ? forbidden[lower] : undefined
  if (reason !== undefined) return `${lower} cannot be set: ${reason}`
  // Answers must be whole, and as they are now.
  if (lower.startsWith('if-')) return 'a header that begins with if- cannot be set'
  if (value === '') return 'this header has no value'
  if (isMeantAsReference(value)) {
    return SECRET_REFERENCE.test(value)
      ? null
      : 'a value that begins with env:, file: or keychain: names a secret: use env:NAME or file:/path/to/secret, or keychain:NAME'
  }
  if (SECRET_NAME.test(name) || SECRET_VALUE.test(value)) return secretsAreNamed
  return VALUE.test(value) ? null : 'a value is one line of letters, digits and signs of ASCII'
}

/** True for a text that can be sent as the value of a header. */
export function isSendable(value: string): boolean {
  return VALUE.test(value)
}

/** The secrets among the values, as they are named. */
export function headerReferences(headers: Headers | undefined): readonly string[] {
  return Object.values(headers ?? {}).filter((value) => SECRET_REFERENCE.test(value))
}

/** The name of the first header that differs from another in its case alone; null for none. */
export function repeatedHeader(names: readonly string[]): string | null {
  const seen = new Set<string>()
  for (const name of names) {
    const lower = name.toLowerCase()
    if (seen.has(lower)) return name
    seen.add(lower)
  }
  return null
}

/** The name under which `authorization` is given; null where it is not. */
export function authorizationOf(headers: Headers | undefined): string | null {
  return Object.keys(headers ?? {}).find((name) => name.toLowerCase() === 'authorization') ?? null
}
