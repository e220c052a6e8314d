import type { ConnectionConfig } from '#electron/http/client.ts'
import { configuredServer } from '#electron/polling/configured-server.ts'
import type { Kin } from '#shared/domain/realm/kin.ts'
import { addressText, hostNumber, serverAddress } from '#electron/http/server-address.ts'
import type { Cluster } from './cluster.ts'

/**
 * Whom an Alertmanager belongs with. The names of the members of a cluster are made up anew with each
 * start, and no two clusters have one in common. Where a member gossips is where others send to, but
 * for the port.
 */
export function kinOf({ name, peers }: Cluster, config: ConnectionConfig): Kin {
  const own = serverAddress(config.url)
  const hosts = peers.flatMap(({ address }) => {
    const peer = serverAddress(`http://${address}`)
    return (peer && hostNumber(peer)) ?? []
  })
  return {
    members: [
      configuredServer(config),
      ...[name, ...peers.map((peer) => peer.name)].flatMap((each) => each || []),
    ],
    addresses: [...(own ? [addressText(own)] : []), ...new Set(hosts)],
    sendsTo: [],
  }
}
