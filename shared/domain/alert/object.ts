import type { Labels } from './schema.ts'

/** A label that names what an alert is about. `inNamespace`: it is told apart by its namespace. */
interface ObjectLabel {
  readonly name: string
  readonly inNamespace: boolean
}

const inNamespace = (...names: readonly string[]): readonly ObjectLabel[] =>
  names.map((name) => ({ name, inNamespace: true }))
const everywhere = (...names: readonly string[]): readonly ObjectLabel[] =>
  names.map((name) => ({ name, inNamespace: false }))

/** What names an object, the most telling first: the first that an alert has is what it is about. */
const objectLabels: readonly ObjectLabel[] = [
  ...inNamespace('pod', 'pod_name', 'job_name', 'cronjob', 'deployment', 'statefulset'),
  ...inNamespace('daemonset', 'replicaset', 'horizontalpodautoscaler', 'persistentvolumeclaim'),
  ...inNamespace('poddisruptionbudget', 'resourcequota', 'ingress', 'certificate'),
  ...inNamespace('consumergroup', 'queue', 'topic'),
  ...everywhere('persistentvolume', 'node', 'host', 'hostname', 'server', 'vm', 'instance'),
  ...everywhere('target', 'url', 'rulename'),
  ...inNamespace('name', 'service', 'app', 'application', 'component', 'job'),
]

/** What tells two parts of one object apart: the first that an alert has follows the object. */
const partLabels = [
  ...['mountpoint', 'device', 'topic', 'partition', 'integration', 'interface', 'resource'],
  ...['condition'],
] as const

/** What a scrape adds: where the numbers came from, which need not be what they are about. */
const scraped = new Set(['pod', 'namespace', 'instance', 'service', 'container', 'job', 'node'])

/** Labels that say where, how bad or whose it is, or who measured it, but not what it is about. */
const surroundings = new Set([
  ...['alertname', 'severity', 'priority', 'namespace', 'cluster', 'region', 'zone', 'env'],
  ...['environment', 'stage', 'team', 'owner', 'tier', 'slo', 'container', 'endpoint', 'uid'],
  ...['prometheus', 'prometheus_replica', 'replica', 'monitor', 'receiver', 'alertgroup'],
  ...['grafana_folder', 'ref_id', 'datasource_uid'],
])

/** Of the surroundings, what says least: who measured it, and numbers that only machines read. */
const machinery = new Set([
  ...['prometheus', 'prometheus_replica', 'replica', 'monitor', 'receiver', 'alertgroup'],
  ...['job', 'endpoint', 'uid', 'ref_id', 'datasource_uid', 'container_id', 'id', 'image'],
])

/** At most so many other labels stand in for an object. */
const MAX_STAND_INS = 2

/**
 * True for a label that a system keeps for itself, such as Grafana's `__alert_rule_uid__`: no line
 * has room for it, and it is listed last.
 */
export function isInternalLabel(name: string): boolean {
  return name.startsWith('__')
}

const known = new WeakMap<Labels, string | null>()

/**
 * What an alert is about, in a few words: `shop/cart-6c9f` for a pod, `ip-10-4-3-12` for a node,
 * `10.4.9.1:9100 /var` for a file system. Where nothing names an object, what else sets the alert
 * apart (`long=1h short=5m`), else its namespace. Null for an alert that is about all there is.
 *
 * Made when first asked for, then kept as long as the labels are the same object.
 */
export function alertObject(labels: Labels): string | null {
  const found = known.get(labels)
  if (found !== undefined) return found
  const made = describeObject(labels)
  known.set(labels, made)
  return made
}

function describeObject(labels: Labels): string | null {
  const about = withoutScrape(labels)
  const value = (name: string) => valueOf(about, name)
  const main = objectLabels.find(({ name }) => value(name) !== '')
  const namespace = value('namespace')
  const part = partLabels.map(value).find((each) => each !== '' && each !== value(main?.name ?? ''))
  if (main) {
    const object = value(main.name)
    const named = main.inNamespace && namespace !== '' ? `${namespace}/${object}` : object
    return part === undefined ? named : `${named} ${part}`
  }
  const standIns = Object.entries(about)
    .filter(([name, text]) => text !== '' && !surroundings.has(name) && !isInternalLabel(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MAX_STAND_INS)
    .map(([name, text]) => `${name}=${text}`)
  const place = namespace === '' ? [] : [namespace]
  const words = part === undefined ? [...place, ...standIns] : [...place, part]
  return words.length === 0 ? null : words.join(' ')
}

/**
 * The labels without those that name the exporter which measured: its pod is not what is wrong.
 * Where Prometheus had to keep both apart (`exported_pod`), the exported ones are the alert's own.
 */
function withoutScrape(labels: Labels): Labels {
  const names = Object.keys(labels)
  if (names.some((name) => name.startsWith('exported_'))) {
    const own = Object.entries(labels).flatMap(([name, value]) => {
      if (name.startsWith('exported_')) return [[name.slice('exported_'.length), value] as const]
      return scraped.has(name) ? [] : [[name, value] as const]
    })
    return Object.fromEntries(own)
  }
  const isExporter = valueOf(labels, 'job').endsWith('exporter')
  if (!isExporter || valueOf(labels, 'instance') === '') return labels
  const { pod: _pod, namespace: _namespace, service: _service, ...own } = labels
  return own
}

function valueOf(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}

const rankOfObject = new Map(objectLabels.map(({ name }, index) => [name, index] as const))
const rankOfPart = new Map<string, number>(partLabels.map((name, index) => [name, index] as const))

/**
 * How much a label says of what an alert is about: the lower, the more. Whatever has little room
 * shows labels in this order, so that what is cut says least.
 */
export function labelRank(name: string): number {
  if (isInternalLabel(name)) return 5_000
  if (machinery.has(name)) return 4_000
  if (name === 'namespace' || name === 'exported_namespace') return 0
  const object = rankOfObject.get(name)
  if (object !== undefined) return 100 + object
  const part = rankOfPart.get(name)
  if (part !== undefined) return 200 + part
  return surroundings.has(name) ? 3_000 : 1_000
}
