/**
 * What a server says of those that it belongs with. Texts are compared for equality and mean nothing
 * else; they are never shown nor recorded.
 */
export interface Kin {
  /** What only servers of one cluster have in common. */
  readonly members: readonly string[]
  /** Where others send alerts to it: `host:port`, or a host by its number where the port is not known. */
  readonly addresses: readonly string[]
  /** Where it sends alerts to, likewise. */
  readonly sendsTo: readonly string[]
}

/**
 * What a source is to others. hub: others send their alerts to it, as to an Alertmanager. sender: it
 * sends its alerts to a hub, as a Prometheus does.
 */
export type SourceRole = 'hub' | 'sender'
