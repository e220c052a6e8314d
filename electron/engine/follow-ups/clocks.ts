import { saidAt } from '#shared/domain/actor/schema.ts'
import { isActive } from '#shared/domain/alert/schema.ts'
import type { ClockBook } from '#shared/domain/clock/clock-book.ts'
import { decideClockDeadlines, decideClocks, type Deed } from '#shared/domain/clock/decide.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { conceptOf, incidentsOf, type Event, type EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { FollowUp } from './follow-up.ts'

/** The step of a checklist in which the plan of action is said, by its id. */
const PLAN_STEP = 'plan-of-action'

/** What persons did about an incident within a batch, the first of each, and whether it got a plan. */
interface Deeds {
  readonly response: Deed | null
  readonly plan: Deed | null
  /** A plan came to it, though not for its being worse: a worse severity counts from then on. */
  readonly isPlanned: boolean
}

const nothingDone: Deeds = { response: null, plan: null, isPlanned: false }

/**
 * The response clocks of each incident: they start, move, are met and stop with what happens to it,
 * and warn and expire with time. What was due while the engine was off is due at the next start, with
 * its true time; a clock that was set back says nothing twice.
 */
export function clocksFollowUp(inForce: Pick<InForce, 'playbook'>): FollowUp {
  let looked: ClockBook | null = null

  function decide(
    state: WatchState,
    incident: Incident,
    { response, plan, isPlanned }: Deeds,
    now: number,
    isChanged: boolean,
  ): readonly EventBody[] {
    const followed = state.responses.get(incident.id)
    const planOf = followed && state.plans.get(followed.revision)
    const clocks = state.clocks.get(incident.id)
    return decideClocks({
      incident,
      clocks,
      targets: inForce.playbook().clocks.targets(planOf, incident.severity),
      now,
      response,
      plan,
      // Asked only where it matters: it looks at every alert.
      isFlapping: (clocks?.overAt ?? null) !== null && flaps(state, incident),
      isChanged,
      isPlanned,
    })
  }

  return {
    name: 'response clocks',
    after({ after, events, now }) {
      const bodies = [...deedsOf(events)].flatMap(([id, deeds]) => {
        const incident = after.incidents.get(id)
        return incident ? decide(after, incident, deeds, now, false) : []
      })
      return { bodies, deliveries: [] }
    },
    due(state, now) {
      const book = inForce.playbook().clocks
      const isChanged = book !== looked
      looked = book
      const bodies = isChanged
        ? [...state.incidents.values()].flatMap((each) =>
            decide(state, each, nothingDone, now, true),
          )
        : [...state.clocks.values()].flatMap((each) => decideClockDeadlines(each, now))
      return { bodies, deliveries: [] }
    },
  }
}

function flaps(state: WatchState, incident: Incident): boolean {
  const active = alertsOf(state, incident.id).filter(isActive)
  return active.length > 0 && active.every(({ flappingSince }) => flappingSince !== null)
}

/** The incidents that something happened to, and what persons did about each. */
function deedsOf(events: readonly Event[]): ReadonlyMap<string, Deeds> {
  const found = new Map<string, Deeds>()
  for (const event of events) {
    for (const id of incidentsOf(event.body)) {
      const known = found.get(id) ?? nothingDone
      const deeds = deedsIn(event)
      found.set(id, {
        response: known.response ?? deeds.response,
        plan: known.plan ?? deeds.plan,
        isPlanned: known.isPlanned || deeds.isPlanned,
      })
    }
  }
  return found
}

/** A tick, a note or a run is a response, whoever else is paged for it; a step that is reopened is none. */
function deedsIn({ body, actor, at }: Event): Deeds {
  if (body.type === 'plan.applied') return { ...nothingDone, isPlanned: body.reason !== 'worse' }
  if (actor.kind !== 'person') return nothingDone
  const deed: Deed = { at: saidAt(actor, at), by: actor }
  if (body.type === 'incident.noted') return { ...nothingDone, response: deed }
  if (conceptOf(body) === 'coordination') return { ...nothingDone, response: deed }
  if (body.type === 'entry.added' || body.type === 'image.added') {
    return { ...nothingDone, response: deed }
  }
  if (body.type === 'execution.requested') return { ...nothingDone, response: deed }
  if (body.type === 'walkthrough.answered') {
    return body.answer === null ? nothingDone : { ...nothingDone, response: deed }
  }
  if (body.type !== 'step.marked' && body.type !== 'walkthrough.step-marked') return nothingDone
  if (body.state === 'open') return nothingDone
  if (body.type === 'walkthrough.step-marked') return { ...nothingDone, response: deed }
  const isPlan = body.step === PLAN_STEP && body.state === 'done'
  return { ...nothingDone, response: deed, plan: isPlan ? deed : null }
}
