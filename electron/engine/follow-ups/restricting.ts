import { findConfidentialRule, type ConfidentialRule } from '#shared/domain/confidential/rule.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import { nothingToAdd, type FollowUp } from './follow-up.ts'

type Restricted = Extract<EventBody, { readonly type: 'incident.restricted' }>

/**
 * Makes incidents confidential by the rules of the configuration, in the transaction that opens them:
 * nothing that does not know it ever leaves. What a person decided of an incident is never undone.
 */
export function restrictingFollowUp(inForce: Pick<InForce, 'rules'>): FollowUp {
  let looked: readonly ConfidentialRule[] | null = null

  function restrict(
    state: WatchState,
    incidents: Iterable<Incident>,
    isNew: (incidentId: string) => boolean,
  ): Restricted[] {
    const { confidential: rules } = inForce.rules()
    if (rules.length === 0) return []
    return [...incidents].flatMap(({ id: incidentId }): Restricted[] => {
      if (state.restrictions.has(incidentId)) return []
      const rule = findConfidentialRule(rules, alertsOf(state, incidentId))
      if (!rule) return []
      return [
        {
          type: 'incident.restricted',
          incidentId,
          people: [...rule.people],
          reason: `rule ${rule.text}`,
          ...(isNew(incidentId) ? { isFromStart: true as const } : {}),
        },
      ]
    })
  }

  return {
    name: 'confidential incidents',
    after({ before, after, events }) {
      const all = events.flatMap(({ body }) => inherited(body, after))
      // Many alerts can move at once.
      const bodies = [...new Map(all.map((body) => [body.incidentId, body])).values()]
      if (inForce.rules().confidential.length > 0) {
        const ids = new Set(events.flatMap(({ body }) => placeOf(body) ?? []))
        const incidents = [...ids]
          .filter((id) => !bodies.some(({ incidentId }) => incidentId === id))
          .flatMap((id) => after.incidents.get(id) ?? [])
        bodies.push(...restrict(after, incidents, (id) => !before.incidents.has(id)))
      }
      return bodies.length === 0 ? nothingToAdd : { bodies, deliveries: [] }
    },
    due(state) {
      const { confidential } = inForce.rules()
      if (confidential === looked) return nothingToAdd
      const bodies = restrict(state, state.incidents.values(), () => false)
      if (bodies.length > 0) return { bodies, deliveries: [] }
      // Only what is recorded is done: a full disk must not leave an incident open to all.
      looked = confidential
      return nothingToAdd
    },
  }
}

/** The incident that an event may bring under a rule; null for none. */
function placeOf(body: EventBody): string | null {
  switch (body.type) {
    case 'alert.fired':
    case 'incident.triggered':
      return body.incidentId
    case 'alert.moved':
      return body.to.incidentId
    case 'incident.split':
      return body.into
    default:
      return null
  }
}

/** What one incident has goes on in another one, and each names the other: the same people see both. */
function inherited(body: EventBody, { restrictions }: WatchState): Restricted[] {
  if (body.type === 'incident.split') {
    const from = restrictions.get(body.incidentId)
    if (!from?.isInForce) return []
    return [{ ...restricted(body.into, from.people), isFromStart: true }]
  }
  if (body.type === 'alert.moved') {
    const from = restrictions.get(body.incidentId)
    const isOther = body.to.incidentId !== body.incidentId
    if (!from?.isInForce || !isOther || restrictions.has(body.to.incidentId)) return []
    return [restricted(body.to.incidentId, from.people)]
  }
  if (body.type !== 'incident.merged') return []
  const both = [body.incidentId, body.into]
  const known = both.flatMap((id) => restrictions.get(id) ?? []).filter((each) => each.isInForce)
  const [first, second] = known
  if (!first) return []
  const people = first.people.filter(
    ({ id }) => !second || second.people.some((person) => person.id === id),
  )
  return both
    .filter((id) => {
      const before = restrictions.get(id)
      return !before?.isInForce || before.people.length !== people.length
    })
    .map((id) => restricted(id, people))
}

function restricted(incidentId: string, people: readonly Person[]): Restricted {
  const reason = 'what it came from, or was merged with, is confidential'
  return { type: 'incident.restricted', incidentId, people: [...people], reason }
}
