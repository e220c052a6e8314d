import type { Remark } from '#shared/domain/source/schema.ts'
import type { Cluster } from './cluster.ts'

/** What there is to remark on the cluster of an Alertmanager. */
interface ClusterFacts {
  readonly cluster: Cluster
  /** How many replicas it named lately, at most; 0 when it never had others. */
  readonly largest: number
  /** True when the replica of this name answers a source. */
  readonly isAsked: (name: string) => boolean
  /** True when the source has a heartbeat. */
  readonly hasHeartbeat: boolean
}

/**
 * Replicas do not share alerts, only silences and who was notified. An alert that reaches only a
 * replica that nobody asks is not seen; one that gossips with nobody knows only its own silences.
 */
export function clusterRemarks(facts: ClusterFacts): readonly Remark[] {
  const { cluster, largest } = facts
  if (cluster.peers.length >= 2) {
    return [...unaskedReplicas(cluster, facts), ...troubledCluster(cluster)]
  }
  return largest >= 2 ? [lonely(largest)] : []
}

function lonely(largest: number): Remark {
  return {
    code: 'cluster-lost',
    text: `Its cluster had ${String(largest)} replicas, now it sees none of the others: it does not know their silences, and all of them may notify. Check the network between them.`,
  }
}

function unaskedReplicas(
  { name, peers }: Cluster,
  { isAsked, hasHeartbeat }: ClusterFacts,
): readonly Remark[] {
  const total = peers.length
  const others = peers.filter((peer) => peer.name !== name && isAsked(peer.name)).length
  // It is one of them, by whatever name.
  const asked = Math.min(others + 1, total)
  if (asked === total) return []
  const finding =
    asked === 1
      ? `It is one of ${String(total)} in its cluster, the others are not asked.`
      : `Its cluster has ${String(total)} replicas, ${String(asked)} of them are polled.`
  const advice = hasHeartbeat
    ? 'Its heartbeat shows whether alerts reach it.'
    : 'An alert that reaches only the others is not seen. Set a heartbeat, such as alertname="Watchdog", or add the others as sources.'
  return [{ code: 'replicas-not-asked', text: `${finding} ${advice}` }]
}

function troubledCluster({ status, peers }: Cluster): readonly Remark[] {
  const total = String(peers.length)
  switch (status) {
    case 'settling':
      return [
        {
          code: 'cluster-settling',
          text: `Its cluster of ${total} is still settling: it may not know all silences yet.`,
        },
      ]
    case 'disabled':
      return [
        {
          code: 'cluster-disabled',
          text: `It names ${total} replicas, but its clustering is disabled: it does not know the silences of the others. Check --cluster.listen-address and --cluster.peer.`,
        },
      ]
    default:
      return []
  }
}
