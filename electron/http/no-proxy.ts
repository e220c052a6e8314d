import { BlockList, isIP } from 'node:net'

/** Addresses of this machine itself. */
const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('0.0.0.0', 'ipv4')
loopback.addAddress('::1', 'ipv6')
loopback.addAddress('::', 'ipv6')

/** True for this machine itself: no proxy is ever asked for it, as it would ask itself. */
export function isLoopback(url: URL): boolean {
  const host = hostOf(url)
  return host === 'localhost' || host.endsWith('.localhost') || isIn(loopback, host)
}

/**
 * Reads `NO_PROXY`: names, separated by commas or spaces, which stand for themselves and all names
 * below them (`.corp`, `*.corp` and `corp` are one), addresses, networks (`10.0.0.0/8`), each maybe
 * with a port; `*` is everything. What is none of these is passed over, as everywhere.
 *
 * @returns whether an address is to be asked without a proxy.
 */
export function parseNoProxy(text: string): (url: URL) => boolean {
  const rules = text
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(ruleOf)
  return (url) => rules.some((rule) => rule(hostOf(url), portOf(url)))
}

type Rule = (host: string, port: string) => boolean

function ruleOf(entry: string): Rule {
  if (entry === '*') return () => true
  const network = networkOf(entry)
  if (network) return (host) => isIn(network, host)
  const [, bracketed, plain = '', port] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? []
  // An address of IPv6 without brackets has no port.
  const name = (bracketed ?? (isIP(entry) === 6 ? entry : plain)).toLowerCase()
  const wanted = name.replace(/^\*?\./, '').replace(/\.$/, '')
  if (wanted === '') return () => false
  if (isIP(wanted) !== 0) {
    const address = new BlockList()
    address.addAddress(wanted, familyOf(wanted))
    return (host, asked) => isIn(address, host) && (port === undefined || port === asked)
  }
  return (host, asked) =>
    (host === wanted || host.endsWith(`.${wanted}`)) && (port === undefined || port === asked)
}

function networkOf(entry: string): BlockList | null {
  const [, address = '', bits = ''] = /^\[?([^\]/]+)\]?\/(\d{1,3})$/.exec(entry) ?? []
  const family = isIP(address)
  if (family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return null
  const network = new BlockList()
  network.addSubnet(address, Number(bits), familyOf(address))
  return network
}

function isIn(list: BlockList, host: string): boolean {
  return isIP(host) !== 0 && list.check(host, familyOf(host))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

function hostOf({ hostname }: URL): string {
  return hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
}

function portOf({ port, protocol }: URL): string {
  return port === '' ? (protocol === 'https:' ? '443' : '80') : port
}
