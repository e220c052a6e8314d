import type { SourceKind } from './field.ts'
import type { Auth, Tls } from './field-value.ts'
import { headerReferences, type Headers } from './headers.ts'

/** A secret of a source, and the server that it is sent to or proves something to. */
export interface SecretUse {
  /**
   * As the file names it, such as `keychain:am-token`; the files of a client certificate with what
   * they are first: `tls.key:/etc/deckwatch/client.key`.
   */
  readonly reference: string
  /** Scheme, host and port; what stands in their place where that is no address. */
  readonly origin: string
}

/** What stands before the name of a secret that Deckwatch keeps. */
export const KEPT = 'keychain:'

/** Without what a parser may take for the end of the host, or for a user's name before it. */
const ORIGIN = /^(https?):\/\/([^\s/?#\\@]+)(?=[/?#]|$)/i

/**
 * Scheme, host and port of an address, such as `https://am.example.com:9093`; null for none. Two
 * ways to write one server may differ: then its secret is asked for again.
 */
export function originOf(address: string): string | null {
  const [, scheme, host] = ORIGIN.exec(address.trim()) ?? []
  if (scheme === undefined || host === undefined) return null
  const usualPort = scheme.toLowerCase() === 'https' ? ':443' : ':80'
  const server = host.endsWith(usualPort) ? host.slice(0, -usualPort.length) : host
  return `${scheme}://${server}`.toLowerCase()
}

/**
 * The secrets of a source with where they go: to nobody while its address is none.
 *
 * @param config as the file has it, read or not.
 */
export function secretUsesOf(
  { fields }: Pick<SourceKind, 'fields'>,
  config: Readonly<Record<string, unknown>>,
): readonly SecretUse[] {
  const entries = Object.entries(fields)
  const addressKey = entries.find(([, { kind }]) => kind === 'address')?.[0]
  const address = addressKey === undefined ? undefined : config[addressKey]
  const text = typeof address === 'string' ? address : ''
  const origin = originOf(text) ?? text
  // The schema of its kind read the fields.
  return entries
    .flatMap(([key, { kind }]) => {
      if (kind === 'auth') return ofAuth(config[key] as Auth)
      if (kind === 'headers') return headerReferences(config[key] as Headers | undefined)
      return kind === 'tls' ? ofTls(config[key] as Tls) : []
    })
    .map((reference) => ({ reference, origin }))
}

function ofAuth(auth: Auth): readonly string[] {
  if (!auth) return []
  return ['basic' in auth ? auth.basic.password : auth.bearer]
}

function ofTls(tls: Tls): readonly string[] {
  const { cert, key } = tls ?? {}
  return [
    ...(cert === undefined ? [] : [`tls.cert:${cert}`]),
    ...(key === undefined ? [] : [`tls.key:${key}`]),
  ]
}
