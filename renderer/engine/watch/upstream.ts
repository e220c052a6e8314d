import type { ServiceMap } from '#shared/domain/service/service-map.ts'
import { fromServiceTexts, type ServiceTexts } from '#shared/domain/service/texts.ts'
import { createUpstream, servicesOf, type Upstream } from '#shared/domain/service/upstream.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { alertsOf } from './derived.ts'
import { derivedFrom } from './derived-from.ts'

/** The services as they can be asked. */
const mapOf = derivedFrom((texts: readonly ServiceTexts[]) => fromServiceTexts(texts))

type Known = Pick<WatchState, 'incidents' | 'alerts' | 'members'>

/** What is wrong upstream of an incident, from what this page knows; null where no service is known. */
export function upstreamOf(
  watch: Known,
  services: readonly ServiceTexts[],
  incidentId: string,
): Upstream | null {
  return services.length === 0 ? null : answersOf(watch, services)(incidentId)
}

interface Last {
  readonly services: readonly ServiceTexts[]
  readonly key: string
  readonly answer: (incidentId: string) => Upstream
}
let last: Last | null = null

/** The same answers as long as no incident opens, ends or comes to be about something else. */
const answersIn = derivedFrom((services: readonly ServiceTexts[]) =>
  derivedFrom((watch: Known) => {
    const map = mapOf(services)
    const open = [...watch.incidents.values()].filter(isOpen).map(({ id }) => ({
      id,
      services: servicesByAlerts(map)(alertsOf(watch, id)),
    }))
    const key = JSON.stringify(open.map(({ id, services: names }) => [id, names]))
    if (last?.services !== services || last.key !== key) {
      last = { services, key, answer: remembered(createUpstream(map, open)) }
    }
    return last.answer
  }),
)
const answersOf = (watch: Known, services: readonly ServiceTexts[]) => answersIn(services)(watch)

const servicesByAlerts = derivedFrom((map: ServiceMap) =>
  derivedFrom((alerts: ReturnType<typeof alertsOf>) => servicesOf(alerts, map)),
)

const isOpen = ({ status }: Pick<Incident, 'status'>) =>
  status !== 'resolved' && status !== 'closed'

function remembered<Value>(answer: (id: string) => Value): (id: string) => Value {
  const known = new Map<string, Value>()
  return (id) => {
    const value = known.get(id) ?? answer(id)
    known.set(id, value)
    return value
  }
}
