import type { Labels } from '../alert/schema.ts'
import type { Service } from './schema.ts'
import type { ServiceMap } from './service-map.ts'

/** An open incident, and the services that it is about. */
export interface IncidentOnServices {
  readonly id: string
  readonly services: readonly string[]
}

/** A service that something else needs, however indirectly. */
export interface UpstreamService {
  readonly name: string
  readonly owner: string | null
  /** How many steps it is away: 1 is needed directly. */
  readonly distance: number
  /** From the service of the incident to this one, both included. */
  readonly path: readonly string[]
}

/** A service upstream that something is wrong with. */
export interface WrongUpstream extends UpstreamService {
  /** The open incidents on it, in their order. */
  readonly incidentIds: readonly string[]
  /** True when nothing further upstream is wrong: what started it is probably here. */
  readonly isOrigin: boolean
}

/** A service that several open incidents stand on. */
export interface SharedAncestor {
  readonly name: string
  readonly owner: string | null
  /** All open incidents that are about it or about what needs it, in their order. */
  readonly incidentIds: readonly string[]
  /** True when it has an open incident itself. */
  readonly isWrong: boolean
}

/** What is upstream of one incident. */
export interface Upstream {
  /** What the incident is about. */
  readonly services: readonly string[]
  /** Everything that those need, the nearest first; the incident's own services are not among it. */
  readonly all: readonly UpstreamService[]
  /** What of it has open incidents: probable origins first, then the nearest. */
  readonly wrong: readonly WrongUpstream[]
  /** What it has in common with other open incidents: that of most incidents first. */
  readonly shared: readonly SharedAncestor[]
}

/** The services that alerts with these labels are about, each once, in the order of the alerts. */
export function servicesOf(
  alerts: Iterable<{ readonly labels: Labels }>,
  map: Pick<ServiceMap, 'serviceOf'>,
): readonly string[] {
  const names = new Set<string>()
  for (const { labels } of alerts) {
    const service = map.serviceOf(labels)
    if (service) names.add(service.name)
  }
  return [...names]
}

/**
 * Says of each open incident what is upstream of it. Services that need each other in a circle are
 * upstream of each other; names that no service has are passed over.
 *
 * @param incidents those that are open, in the order that they are listed in.
 */
export function createUpstream(
  { services }: Pick<ServiceMap, 'services'>,
  incidents: readonly IncidentOnServices[],
): (incidentId: string) => Upstream {
  const byId = new Map(incidents.map((incident) => [incident.id, incident]))
  const incidentsOn = new Map<string, string[]>()
  for (const { id, services: names } of incidents) {
    for (const name of names) push(incidentsOn, name, id)
  }
  const reached = new Map<string, Reach>()
  const reachOf = (names: readonly string[]): Reach => {
    const key = names.join('\n')
    const known = reached.get(key)
    if (known) return known
    const reach = reachFrom(names, services)
    reached.set(key, reach)
    return reach
  }
  /** For each service the incidents that stand on it; worked out when the first asks. */
  let standing: ReadonlyMap<string, readonly string[]> | null = null
  const standingOn = () => {
    if (standing) return standing
    const found = new Map<string, string[]>()
    for (const { id, services: names } of incidents) {
      const own = names.filter((name) => services.has(name))
      for (const name of new Set([...own, ...reachOf(names).keys()])) push(found, name, id)
    }
    return (standing = found)
  }

  return (incidentId) => {
    const own = byId.get(incidentId)?.services ?? []
    const reach = reachOf(own)
    const all = [...reach.keys()].map((name) => upstreamService(name, own, reach, services))
    const isWrong = (name: string) => incidentsOn.has(name)
    const wrong = all.flatMap((service): WrongUpstream[] => {
      const incidentIds = incidentsOn.get(service.name)
      if (!incidentIds) return []
      const further = [...reachOf([service.name]).keys()]
      // In a circle each is upstream of itself.
      const isOrigin = !further.some((name) => name !== service.name && isWrong(name))
      return [{ ...service, incidentIds, isOrigin }]
    })
    const candidates = [...own.filter((name) => services.has(name)), ...reach.keys()]
    return {
      services: own,
      all,
      wrong: wrong.toSorted(
        (a, b) => Number(b.isOrigin) - Number(a.isOrigin) || a.distance - b.distance,
      ),
      shared: sharedOf(candidates, standingOn(), services, isWrong),
    }
  }
}

/** How each service was reached: from which one, in how many steps. In order, the nearest first. */
type Reach = ReadonlyMap<string, { readonly from: string; readonly distance: number }>

function reachFrom(names: readonly string[], services: ServiceMap['services']): Reach {
  const reach = new Map<string, { readonly from: string; readonly distance: number }>()
  const start = new Set(names)
  let current: readonly string[] = names
  for (let distance = 1; current.length > 0; distance += 1) {
    const next: string[] = []
    for (const from of current) {
      for (const name of services.get(from)?.dependsOn ?? []) {
        if (start.has(name) || reach.has(name) || !services.has(name)) continue
        reach.set(name, { from, distance })
        next.push(name)
      }
    }
    current = next
  }
  return reach
}

function upstreamService(
  name: string,
  own: readonly string[],
  reach: Reach,
  services: ServiceMap['services'],
): UpstreamService {
  const path = [name]
  for (let at = name; !own.includes(at);) {
    const from = reach.get(at)?.from
    if (from === undefined) break
    path.unshift(from)
    at = from
  }
  return { name, owner: ownerOf(services.get(name)), distance: path.length - 1, path }
}

/**
 * Of the services that several incidents stand on, those that say something: where two are stood on by
 * the same incidents, the one that is nearer to them.
 *
 * @param candidates the nearest first.
 */
function sharedOf(
  candidates: readonly string[],
  standing: ReadonlyMap<string, readonly string[]>,
  services: ServiceMap['services'],
  isWrong: (name: string) => boolean,
): readonly SharedAncestor[] {
  const said = new Set<string>()
  const shared: SharedAncestor[] = []
  for (const name of candidates) {
    const incidentIds = standing.get(name) ?? []
    const key = incidentIds.join('\n')
    if (incidentIds.length < 2 || said.has(key)) continue
    said.add(key)
    shared.push({
      name,
      owner: ownerOf(services.get(name)),
      incidentIds,
      isWrong: isWrong(name),
    })
  }
  return shared.toSorted((a, b) => b.incidentIds.length - a.incidentIds.length)
}

const ownerOf = (service: Service | undefined) => service?.owner ?? null

function push(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}
