/** What checks of servers are written in, as the language of their fence. */
export const checkKinds = ['http', 'dns', 'tcp', 'tls'] as const
export type CheckKind = (typeof checkKinds)[number]

/** Kinds of DNS records that a check asks for. */
export const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV', 'NS'] as const
export type RecordType = (typeof recordTypes)[number]

/** A server by name or address. */
export interface ServerPlace {
  /** A name, an IPv4 address, or an IPv6 address in brackets. */
  readonly host: string
  readonly port: number
}

/** Asks for one address, without following where it leads on to. */
export interface HttpCheck {
  readonly kind: 'http'
  readonly method: 'GET' | 'HEAD'
  readonly url: string
  /** Names as they are written, each once in whatever spelling. */
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** Asks for the records of a name. */
export interface DnsCheck {
  readonly kind: 'dns'
  readonly name: string
  readonly type: RecordType
  /** Null: the name servers of this machine. */
  readonly server: ServerPlace | null
}

/** Connects, and says nothing. */
export interface TcpCheck extends ServerPlace {
  readonly kind: 'tcp'
}

/** Looks at the certificate that a server shows. */
export interface TlsCheck extends ServerPlace {
  readonly kind: 'tls'
  /** The name that the certificate is wanted for; null: the host. */
  readonly serverName: string | null
}

/** A check of a server, with its values in. */
export type ServerCheck = HttpCheck | DnsCheck | TcpCheck | TlsCheck

/** The kind of check that a language of a fence stands for; null for all other languages. */
export function checkKindOf(language: string | null): CheckKind | null {
  return checkKinds.find((kind) => kind === language) ?? null
}
