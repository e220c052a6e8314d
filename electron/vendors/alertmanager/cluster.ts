import { z } from 'zod'

/** The cluster that an Alertmanager is a member of, by its own word. */
export interface Cluster {
  /** Its own name in the cluster; null where it has none, as without a cluster. */
  readonly name: string | null
  /** As the server spells it: `ready`, `settling`, `disabled`; null where it does not say. */
  readonly status: string | null
  /** All members that it knows, itself among them where it says so. */
  readonly peers: readonly { readonly name: string; readonly address: string }[]
}

const text = z.string().nullish().catch(null)

const clusterSchema = z.object({
  name: text,
  status: text,
  peers: z
    .array(z.object({ name: text, address: text }).catch({ name: null, address: null }))
    .nullish()
    .catch(null),
})

/** Most members that are looked at; a cluster has a handful. */
const MAX_PEERS = 100

/**
 * Reads `cluster` of an answer of `/api/v2/status`. What cannot be read of it is left out: servers
 * that only speak like an Alertmanager have no cluster, or say little of it.
 */
export function readCluster(cluster: unknown): Cluster {
  const read = clusterSchema.safeParse(cluster)
  const { name, status, peers } = read.success
    ? read.data
    : { name: null, status: null, peers: null }
  return {
    name: name || null,
    status: status || null,
    peers: (peers ?? [])
      .slice(0, MAX_PEERS)
      .map((peer) => ({ name: peer.name ?? '', address: peer.address ?? '' }))
      .filter((peer) => peer.name !== '' || peer.address !== ''),
  }
}
