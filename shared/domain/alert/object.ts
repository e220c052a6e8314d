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
 * apart (`over 1h and 5m` for the windows of a burn rate), else its namespace. Null for an alert that is about all there is.
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

/** What an alert's labels say of what it is about: of each kind the most telling. */
interface Findings {
  readonly object: string
  readonly part: string
  readonly isScraped: boolean
}

function describeObject(labels: Labels): string | null {
  const first = look(labels)
  const about = first.isScraped ? withoutScrape(labels) : labels
  const { object, part } = about === labels ? first : look(about)
  const namespace = valueOf(about, 'namespace')
  if (object !== '') {
    const value = valueOf(about, object)
    const placed = isInNamespace.has(object) && namespace !== '' ? `${namespace}/${value}` : value
    // All that a job scrapes: by itself its name reads like that of one program.
    const named = object === 'job' ? `job ${placed}` : placed
    return part === '' || part === object ? named : `${named} ${valueOf(about, part)}`
  }
  const place = namespace === '' ? [] : [namespace]
  const words = part === '' ? [...place, ...standIns(about)] : [...place, valueOf(about, part)]
  return words.length === 0 ? null : words.join(' ')
}

/** One walk over the labels: it is done for each of 10,000 alerts. */
function look(labels: Labels): Findings {
  let object = ''
  let part = ''
  let objectRank = Infinity
  let partRank = Infinity
  let isScraped = false
  for (const name in labels) {
    const rank = rankOfObject.get(name) ?? Infinity
    const rankAsPart = rankOfPart.get(name) ?? Infinity
    if (name.startsWith('exported_')) isScraped = true
    if (labels[name] === '') continue
    if (rank < objectRank) {
      object = name
      objectRank = rank
    }
    if (rankAsPart < partRank) {
      part = name
      partRank = rankAsPart
    }
    if (name === 'job' && labels[name]?.endsWith('exporter') === true) isScraped = true
  }
  return { object, part, isScraped }
}

/** What else sets an alert apart that names no object. */
function standIns(labels: Labels): readonly string[] {
  const [long, short] = [valueOf(labels, 'long'), valueOf(labels, 'short')]
  // A burn rate is measured over two windows of time; only by their labels nobody would tell.
  if (long !== '' && short !== '') return [`over ${long} and ${short}`]
  return Object.entries(labels)
    .filter(([name, text]) => text !== '' && !surroundings.has(name) && !isInternalLabel(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MAX_STAND_INS)
    .map(([name, text]) => `${name}=${text}`)
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
  if (valueOf(labels, 'instance') === '') return labels
  const { pod: _pod, namespace: _namespace, service: _service, ...own } = labels
  return own
}

function valueOf(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}

const rankOfObject = new Map(objectLabels.map(({ name }, index) => [name, index] as const))
const isInNamespace = new Set(
  objectLabels.filter(({ inNamespace: isIn }) => isIn).map(({ name }) => name),
)
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
