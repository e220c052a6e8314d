/**
 * Which replicas of clusters are asked. Sources on their own do not know of each other, and whether a
 * replica is left out depends on all of them.
 */
export interface ClusterBook {
  /** A source begins to note which replica answers it. */
  join(): ClusterMember
}

/** What one source has in the book. */
export interface ClusterMember {
  /** The replica of this name answered; null for one that does not say. */
  heard(name: string | null): void
  /** True when the replica of this name answered any of the sources lately. */
  isAsked(name: string): boolean
  /** The source is no more. */
  leave(): void
}

/** Behind a balancer the replicas take turns: so many answers of each source are remembered. */
const KEPT_ANSWERS = 20

/** Makes an empty book. */
export function createClusterBook(): ClusterBook {
  const answers = new Map<ClusterMember, readonly (string | null)[]>()
  return {
    join() {
      const member: ClusterMember = {
        heard(name) {
          answers.set(member, [...(answers.get(member) ?? []).slice(1 - KEPT_ANSWERS), name])
        },
        isAsked: (name) => [...answers.values()].some((names) => names.includes(name)),
        leave: () => void answers.delete(member),
      }
      return member
    },
  }
}
