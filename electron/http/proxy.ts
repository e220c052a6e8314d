import { isIPv6 } from 'node:net'

/** A proxy that questions go through. What can be read of it holds no secret. */
export interface Proxy {
  readonly scheme: 'http' | 'https' | 'socks5'
  /** Name or address, IPv6 without brackets. */
  readonly hostname: string
  readonly port: number
  /** Host and port, for messages. */
  readonly label: string
  /** Who names it: a variable of the environment such as `HTTPS_PROXY`; null: the system's settings. */
  readonly variable: string | null
  /** How to sign in at it; null: not at all. A function, so that nothing that lists it shows it. */
  readonly credentials: () => Credentials | null
}

/** A user of a proxy. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

const schemes: Readonly<Record<string, readonly [Proxy['scheme'], defaultPort: number]>> = {
  http: ['http', 80],
  https: ['https', 443],
  socks5: ['socks5', 1_080],
  // The name is resolved by the proxy in both: it may know more names than this machine.
  socks5h: ['socks5', 1_080],
  socks: ['socks5', 1_080],
}

/**
 * Reads the address of a proxy as environments have it: `http://user:password@host:3128`,
 * `socks5://host:1080`, or `host:3128`, which is http.
 *
 * @param variable that it stands in, for messages.
 * @returns null for what is no such address.
 */
export function parseProxy(text: string, variable: string): Proxy | null {
  const [, given = 'http', rest = ''] =
    /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/i.exec(text.trim()) ?? []
  const known = schemes[given.toLowerCase()]
  // Only of these schemes a URL has a host as we mean it.
  const url = known ? URL.parse(`http://${rest}`) : null
  if (!known || !url || url.hostname === '') return null
  const [scheme, defaultPort] = known
  // A URL forgets :80, which is what this one is read as.
  const isPort80 = /:80\/?$/.test(rest)
  const port = url.port === '' ? (isPort80 ? 80 : defaultPort) : Number(url.port)
  const credentials = readCredentials(url)
  if (credentials === undefined) return null
  return makeProxy(scheme, url.hostname.replace(/^\[|\]$/g, ''), port, variable, credentials)
}

/** A proxy of its parts. */
export function makeProxy(
  scheme: Proxy['scheme'],
  hostname: string,
  port: number,
  variable: string | null,
  credentials: Credentials | null = null,
): Proxy {
  const host = isIPv6(hostname) ? `[${hostname}]` : hostname
  return {
    scheme,
    hostname,
    port,
    label: `${host}:${String(port)}`,
    variable,
    credentials: () => credentials,
  }
}

/** What tells two ways apart: null is the way without a proxy. */
export function keyOfWay(proxy: Proxy | null): string {
  return proxy === null ? '' : `${proxy.scheme}://${proxy.label}`
}

/** Undefined for what cannot be read. */
function readCredentials({ username, password }: URL): Credentials | null | undefined {
  if (username === '' && password === '') return null
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  } catch {
    return undefined
  }
}

/** The value of `proxy-authorization`; null for a proxy without a user. */
export function proxyAuthorization({ credentials }: Proxy): string | null {
  const user = credentials()
  if (user === null) return null
  const pair = Buffer.from(`${user.username}:${user.password}`, 'utf8')
  return `Basic ${pair.toString('base64')}`
}
