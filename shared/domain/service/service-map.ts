import type { Labels } from '../alert/schema.ts'
import type { Matcher } from '../matcher/matcher.ts'
import { createMatcherIndex } from '../matcher/matcher-index.ts'
import type { Service } from './schema.ts'

/** The services that are known, and which of them an alert is about. */
export interface ServiceMap {
  readonly services: ReadonlyMap<string, Service>
  /** The first service that the alert is about; null when none of those that are known. */
  serviceOf(labels: Labels): Service | null
}

/** No service is known. */
export const emptyServiceMap: ServiceMap = { services: new Map(), serviceOf: () => null }

/** Makes them ready to be asked. Of two with the same name the first one counts. */
export function createServiceMap(services: readonly Service[]): ServiceMap {
  const byName = new Map<string, Service>()
  for (const service of services) {
    if (!byName.has(service.name)) byName.set(service.name, service)
  }
  const index = createMatcherIndex(
    [...byName.values()].map((item) => ({ item, matchers: conditionsOf(item) })),
  )
  return { services: byName, serviceOf: (labels) => index.find(labels)[0] ?? null }
}

function conditionsOf({ name, match }: Service): readonly Matcher[] {
  return (
    match?.flatMap(({ matchers }) => matchers) ?? [{ name: 'service', operator: '=', value: name }]
  )
}
