import type { Labels } from '../alert/schema.ts'
import type { ServiceMap } from '../service/service-map.ts'
import { MAX_SURROUNDING_SERVICES, type Surroundings } from './schema.ts'

/**
 * What alerts are about, and what that depends on. An alert that no service of the list matches is
 * about what its label `service` says.
 */
export function surroundingsOf(
  alerts: Iterable<Labels>,
  map: ServiceMap,
): Pick<Surroundings, 'services' | 'upstream'> {
  const services = new Set<string>()
  for (const labels of alerts) {
    const name = map.serviceOf(labels)?.name ?? labels['service']
    if (name !== undefined && name !== '') services.add(name)
    if (services.size >= MAX_SURROUNDING_SERVICES) break
  }
  const upstream = new Set<string>()
  let level: readonly string[] = [...services]
  while (level.length > 0 && upstream.size < MAX_SURROUNDING_SERVICES) {
    const next = level.flatMap((name) => map.services.get(name)?.dependsOn ?? [])
    level = [...new Set(next)].filter((name) => !services.has(name) && !upstream.has(name))
    for (const name of level.slice(0, MAX_SURROUNDING_SERVICES - upstream.size)) upstream.add(name)
  }
  return { services: [...services], upstream: [...upstream] }
}
