/** A thing that runbooks name in several ways. */
interface Equivalent {
  /** The label that alerts have it under, which is its usual name too. */
  readonly label: string
  /** Other names of placeholders for it, in {@link normalName}. */
  readonly names: readonly string[]
  /** Labels that may mean it and may mean something else: they are offered, never chosen. */
  readonly offered?: readonly string[]
  /** True where the host of `instance` stands in for the label. */
  readonly isHost?: true
}

/**
 * Names that mean the same beyond doubt. A wrong entry runs a command against the wrong thing:
 * better a question too many than an entry too many. Left out on purpose:
 * - `my-namespace`, `virt-controller-pod` and the like: another one than the alert's.
 * - `user`, `username`: who signs in, not whom the alert is about.
 * - `volume`, `image`, `vm`: labels of these names are matched as they are, and nothing else.
 */
const equivalents: readonly Equivalent[] = [
  { label: 'alertname', names: ['alert', 'alert_name'] },
  { label: 'cluster', names: ['cluster_name'] },
  { label: 'namespace', names: ['ns', 'namespace_name', 'kubernetes_namespace', 'k8s_namespace'] },
  { label: 'pod', names: ['pod_name'] },
  { label: 'container', names: ['container_name'] },
  { label: 'deployment', names: ['deploy', 'deployment_name'] },
  { label: 'statefulset', names: ['sts', 'statefulset_name'] },
  { label: 'daemonset', names: ['ds', 'daemonset_name'] },
  { label: 'replicaset', names: ['rs', 'replicaset_name'] },
  { label: 'cronjob', names: ['cronjob_name'] },
  // `job` is what Prometheus scrapes; kube-state-metrics has the Kubernetes job as `job_name`.
  { label: 'job_name', names: ['job'], offered: ['job'] },
  { label: 'service', names: ['svc', 'service_name'] },
  { label: 'persistentvolumeclaim', names: ['pvc', 'pvc_name', 'persistent_volume_claim'] },
  { label: 'persistentvolume', names: ['pv', 'pv_name', 'persistent_volume'] },
  { label: 'horizontalpodautoscaler', names: ['hpa', 'hpa_name'] },
  {
    label: 'node',
    names: ['node_name', 'nodename', 'host', 'host_name', 'hostname'],
    isHost: true,
  },
  { label: 'instance', names: [] },
  { label: 'mountpoint', names: ['mount', 'mount_point'] },
  { label: 'device', names: ['device_name'] },
]

/** Names that say so little that a label of the same name is hardly ever meant: it is offered. */
const vague = new Set(
  'id key kind name password reason secret status token type user value'.split(' '),
)

const byName = new Map(
  equivalents.flatMap((each) => [each.label, ...each.names].map((name) => [name, each] as const)),
)
const wellKnown = new Set(equivalents.map(({ label }) => label))

/** What an incident itself says, by the names of placeholders for it, in {@link normalName}. */
export const incidentNames: ReadonlyMap<
  string,
  'id' | 'startedAt' | 'severity' | 'service' | 'title'
> = new Map([
  ['incident', 'id'],
  ['incident_id', 'id'],
  ['incident_title', 'title'],
  ['incident_severity', 'severity'],
  ['severity', 'severity'],
  ['service', 'service'],
  ['incident_service', 'service'],
  ['started_at', 'startedAt'],
  ['incident_start', 'startedAt'],
  ['incident_started_at', 'startedAt'],
  ['start_of_incident', 'startedAt'],
  ['start_of_the_incident', 'startedAt'],
])

/** A name without the differences of its spellings: `Pod-Name`, `POD_NAME`, `pod name` → `pod_name`. */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/[\s._-]+/g, '_')
}

/** The usual name of what a placeholder names: `NODE_NAME` → `node`; else its {@link normalName}. */
export function usualName(name: string): string {
  const normal = normalName(name)
  return byName.get(normal)?.label ?? normal
}

/** Whether a word is the name of a label that alerts usually have: `namespace`, `pod`. */
export function isWellKnownLabel(name: string): boolean {
  return wellKnown.has(name)
}

/** Which labels of an alert a name stands for, in {@link normalName}. */
export interface LabelsOfName {
  readonly chosen: readonly string[]
  readonly offered: readonly string[]
  /** Whether the host of `instance` stands in for them. */
  readonly isHost: boolean
}

/** The labels that a name in {@link usualName} stands for. */
export function labelsOfName(usual: string): LabelsOfName {
  const { offered = [], isHost = false } = byName.get(usual) ?? {}
  return vague.has(usual)
    ? { chosen: [], offered: [usual], isHost: false }
    : { chosen: [usual], offered, isHost }
}
