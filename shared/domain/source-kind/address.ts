import { z } from 'zod'

/** http or https, a host, maybe a port and a path prefix; no query and no fragment. */
const ADDRESS = /^https?:\/\/([^\s/?#]+)(\/[^\s?#]*)?$/

/** What every program that asks a server takes for an address. */
const url = z.url()

/** A name in angle brackets or curly ones, as instructions have them. */
const PLACEHOLDER = /[<>{}]/

/** An address of IPv6 with the network card that it is reached by. */
const ZONE = /^\[[0-9a-f:.]+%/i

/**
 * What is wrong with an address; null when a server can be asked there. Everything that can be known
 * from the text is: what only looks like an address must not fail later, where it stops others too.
 * Never quotes it: a token may hide in it.
 */
export function addressProblem(text: string): string | null {
  const [, host] = ADDRESS.exec(text) ?? []
  if (host === undefined) return 'invalid address: write it as http://host:port/prefix'
  if (text.includes('@')) {
    return 'user names and passwords do not belong in the address: use auth'
  }
  if (!PLACEHOLDER.test(host) && url.safeParse(text).success) return null
  return `invalid address: ${hostProblem(host)}`
}

function hostProblem(host: string): string {
  if (PLACEHOLDER.test(host)) return 'put the name of your server in place of the placeholder'
  if (ZONE.test(host)) return 'an address with a zone (%eth0) cannot be used: use a name'
  if (host.startsWith('[') !== host.includes(']')) {
    return 'an IPv6 address stands between [ and ], such as http://[::1]:9093'
  }
  const [, port] = /:(\d+)$/.exec(host) ?? []
  if (port !== undefined && Number(port) > 65_535) return 'a port is at most 65535'
  if (/:\d*:\d*$/.test(host) && !host.startsWith('[')) {
    return 'name one port, as in http://host:9093; an IPv6 address stands between [ and ]'
  }
  if (/^[\d.]+(?::\d*)?$/.test(host)) return 'an IPv4 address has four numbers up to 255'
  return 'the host name is not valid'
}
