import { originOf } from '#shared/domain/source-kind/secrets.ts'

/** What stands for every name of the machine that asks. */
const LOOPBACK = 'loopback'

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|\[::\])$/

/** Where a server answers. */
export interface ServerAddress {
  /** Lower case; one word for all names of the machine itself. */
  readonly host: string
  readonly port: string
}

/**
 * Host and port of a server from its address, such as `http://am.example:9093/prefix`; null for none.
 *
 * @param seenFrom where the address was read: to that server, a name of the machine itself is its own.
 */
export function serverAddress(
  url: string,
  seenFrom: ServerAddress | null = null,
): ServerAddress | null {
  const origin = originOf(url)
  const { scheme, host, port } =
    /^(?<scheme>https?):\/\/(?<host>\[[^\]]*\]|[^:]*)(?::(?<port>\d+))?$/.exec(origin ?? '')
      ?.groups ?? {}
  if (!host) return null
  const own = loopbackHost.test(host) ? (seenFrom?.host ?? LOOPBACK) : host
  return { host: own, port: port ?? (scheme === 'https' ? '443' : '80') }
}

/** The address as a text that is equal for equal addresses. */
export function addressText({ host, port }: ServerAddress): string {
  return `${host}:${port}`
}

const ip = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/

/** The host where it is a number by which one machine is known to others; null for a name. */
export function hostNumber({ host }: ServerAddress): string | null {
  return ip.test(host) ? host : null
}
