import type { InstantQueries } from '#electron/engine/ports/instant-queries.ts'
import type { Sample } from '#electron/engine/ports/queries.ts'
import type { Heard } from '#electron/engine/ports/listener.ts'
import type { KubernetesConfig } from '#shared/domain/configuration/changes.ts'
import { ok } from '#shared/domain/result/result.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { ChangeSource } from './change-source.ts'

/** How far back a look goes, s: what happened while nobody looked is found later. */
const LOOK_BACK_S = 6 * 3_600
/** A ReplicaSet is younger than this, s, before its pods are known, and with them its version. */
const YOUNGEST_S = 60
/** Most versions that are asked for at once. */
const MAX_ASKED = 50

/** Names of Kubernetes, which are put into an expression. */
const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/

interface Rollout {
  readonly namespace: string
  readonly deployment: string
  readonly replicaSet: string
  /** s since the epoch. */
  readonly created: number
}

/**
 * Rollouts of Deployments, as kube-state-metrics tells a Prometheus: each makes a ReplicaSet. Its
 * time of creation is exact, whenever it is looked at. Going back to an earlier version may use the
 * ReplicaSet of then again, and is not seen.
 */
export function createKubernetesRollouts(
  config: KubernetesConfig,
  { now, queries }: { readonly now: () => number; readonly queries: InstantQueries },
): ChangeSource {
  const source = config.kubernetes
  const within = config.namespaces
    ? `namespace=~${JSON.stringify(config.namespaces.join('|'))}`
    : ''
  const taken = new Set<string>()

  async function versionsOf(
    rollouts: readonly Rollout[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    if (rollouts.length === 0) return new Map()
    const names = rollouts.map(({ replicaSet }) => replicaSet.replaceAll('.', '[.]')).join('|')
    const answer = await queries.ask(source, versionQuery(names), signal)
    // Without it the change is known all the same.
    return answer.ok ? versionsFrom(answer.value) : new Map<string, string>()
  }

  return {
    name: `Kubernetes deployments in ${toPrintable(source, 100)}`,
    everyMs: config.every,
    async look(signal) {
      const answer = await queries.ask(source, rolloutQuery(within), signal)
      if (!answer.ok) return answer
      const rollouts = answer.value.flatMap(toRollout)
      const isNew = (each: Rollout) =>
        !taken.has(keyOf(source, each)) && each.created <= now() / 1_000 - YOUNGEST_S
      const fresh = rollouts.filter(isNew).slice(0, MAX_ASKED)
      const versions = await versionsOf(fresh, signal)
      return ok({
        found: fresh.map((each) =>
          toHeard(source, each, versions.get(placeOf(each.namespace, each.replicaSet)) ?? null),
        ),
        keep() {
          const listed = new Set(rollouts.map((each) => keyOf(source, each)))
          for (const key of taken) if (!listed.has(key)) taken.delete(key)
          for (const each of fresh) taken.add(keyOf(source, each))
        },
      })
    },
  }
}

/** When each ReplicaSet of a Deployment was made. Two kube-state-metrics say the same twice. */
function rolloutQuery(within: string): string {
  const owned = `kube_replicaset_owner{owner_kind="Deployment"${within === '' ? '' : `,${within}`}}`
  const owners = `max by (namespace, replicaset, owner_name) (${owned})`
  const made = `kube_replicaset_created{${within}} * on (namespace, replicaset) group_left (owner_name) ${owners}`
  return `max by (namespace, replicaset, owner_name) (${made}) > time() - ${String(LOOK_BACK_S)}`
}

/** Which images the pods of some ReplicaSets run. */
function versionQuery(names: string): string {
  const owned = `kube_pod_owner{owner_kind="ReplicaSet",owner_name=~${JSON.stringify(names)}}`
  const owners = `max by (namespace, pod, owner_name) (${owned})`
  return `max by (namespace, owner_name, container, image) (kube_pod_container_info * on (namespace, pod) group_left (owner_name) ${owners})`
}

function toRollout({ labels, value }: Sample): readonly Rollout[] {
  const { namespace = '', replicaset = '', owner_name: deployment = '' } = labels
  const isNamed = [namespace, replicaset, deployment].every((name) => NAME.test(name))
  if (!isNamed || !Number.isFinite(value) || value <= 0) return []
  return [{ namespace, deployment, replicaSet: replicaset, created: value }]
}

/** The version of each ReplicaSet whose pods agree on one; by its place. */
function versionsFrom(samples: readonly Sample[]): ReadonlyMap<string, string> {
  const tags = new Map<string, Set<string>>()
  for (const { labels } of samples) {
    const { namespace = '', owner_name: owner = '', image = '' } = labels
    const tag = /:([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/.exec(image.split('@')[0] ?? '')?.[1]
    if (tag === undefined) continue
    const place = placeOf(namespace, owner)
    const known = tags.get(place) ?? new Set<string>()
    tags.set(place, known.add(tag))
  }
  return new Map(
    [...tags].flatMap(([place, found]) => {
      const [tag] = found
      // Side-cars have versions of their own: which is meant, nobody says.
      return found.size === 1 && tag !== undefined ? [[place, tag] as const] : []
    }),
  )
}

function toHeard(source: string, rollout: Rollout, version: string | null): Heard {
  const { namespace, deployment, created } = rollout
  return {
    kind: 'change',
    key: keyOf(source, rollout),
    change: {
      kind: 'deployment',
      service: deployment,
      title: `Rolled out in ${namespace}`,
      version,
      by: null,
      link: null,
      happenedAt: Math.round(created * 1_000),
      isTimeEstimated: false,
      until: null,
      origin: 'kubernetes',
    },
  }
}

const placeOf = (namespace: string, name: string) => `${namespace}/${name}`

function keyOf(source: string, { namespace, replicaSet, created }: Rollout): string {
  return JSON.stringify(['kubernetes', source, namespace, replicaSet, created])
}
