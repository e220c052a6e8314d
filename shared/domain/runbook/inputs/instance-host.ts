/** A name or an IPv4 address, or an IPv6 address in brackets, each with or without a port. */
const target =
  /^(?:([A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?)|\[([0-9A-Fa-f:.]+)\])(?::\d{1,5})?$/

/**
 * The host of an `instance`, without its port: `10.0.0.5:9100` → `10.0.0.5`. Null for what is no
 * host, such as the address of a page that is probed.
 */
export function hostOfInstance(instance: string): string | null {
  const [, name, address] = target.exec(instance) ?? []
  return name ?? address ?? null
}
