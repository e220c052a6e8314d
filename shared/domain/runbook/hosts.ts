/** The parts of an address that say whom it asks, as `URL` has them. */
export interface AskedHost {
  /** `https:` */
  readonly protocol: string
  readonly hostname: string
  /** Empty for the usual one. */
  readonly port: string
}

/**
 * True where the configuration names whom an address asks. A host without a port stands for the usual
 * port of either scheme, and never for hosts below it. Addresses of this machine and of its own network
 * are hosts as all others: named, or asked for by a person.
 *
 * @param hosts as the configuration has them, in small letters.
 */
export function isNamedHost({ protocol, hostname, port }: AskedHost, hosts: readonly string[]) {
  const name = hostname.toLowerCase().replace(/\.$/, '')
  const usual = protocol === 'https:' ? '443' : '80'
  const withPort = `${name}:${port === '' ? usual : port}`
  return hosts.includes(withPort) || (port === '' && hosts.includes(name))
}

/** True where both ask the same server in the same way. */
export function isSameServer(a: AskedHost, b: AskedHost): boolean {
  return a.protocol === b.protocol && a.hostname === b.hostname && a.port === b.port
}

/** A text from another server on its way to the cockpit is not to be changed on that way either. */
export function isDowngrade(from: AskedHost, to: AskedHost): boolean {
  return from.protocol === 'https:' && to.protocol !== 'https:'
}
