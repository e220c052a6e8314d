import { isEvidence } from '#shared/domain/evidence/record.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { ok } from '#shared/domain/result/result.ts'
import { visibleEvent } from '#shared/domain/watch/visible.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Journal } from '../ports/journal.ts'
import type { Recorder } from '../record/recorder.ts'
import type { Handlers } from './dispatch.ts'

/** Events that are read at a time. */
const CHUNK = 200

/** Most events that are read for one page: of a storm nearly all are alerts. */
const MAX_EVENTS = 2_000

interface Deps {
  readonly inForce: Pick<InForce, 'playbook'>
  readonly journal: Pick<Journal, 'incidentEvents'>
  readonly recorder: Pick<Recorder, 'state'>
}

/** What was done about incidents, read from the journal. */
export function evidenceHandlers({ inForce, journal, recorder }: Deps) {
  /** The text of a plan that is or was followed; undefined where nobody has it any more. */
  function planOf(planId: string, revision: string): Plan | undefined {
    const followed = recorder.state().plans.get(revision)
    if (followed) return followed
    const today = inForce.playbook().plans.plans.get(planId)
    return today?.revision === revision ? today : undefined
  }

  return {
    'evidence.read': ({ incidentId, after }, { hidden }) => {
      const state = recorder.state()
      const page = readEvidence(incidentId, after, journal)
      const { next } = page
      // Another incident's record may stand on this one's, as it was merged or split.
      const events = page.events.flatMap((event) => visibleEvent(event, state, hidden) ?? [])
      const plans = new Map<string, Plan>()
      for (const { body } of events) {
        if (body.type !== 'plan.applied') continue
        const plan = planOf(body.planId, body.revision)
        if (plan) plans.set(plan.revision, plan)
      }
      return ok({ events, plans: [...plans.values()], next })
    },
  } satisfies Partial<Handlers>
}

/** A page of what is evidence among the events of an incident. */
function readEvidence(
  incidentId: string,
  after: number,
  journal: Pick<Journal, 'incidentEvents'>,
): { readonly events: Event[]; readonly next: number | null } {
  const events: Event[] = []
  let last = after
  for (let read = 0; read < MAX_EVENTS && events.length < CHUNK; read += CHUNK) {
    const chunk = journal.incidentEvents(incidentId, CHUNK, { after: last })
    events.push(...chunk.filter(isEvidence))
    last = chunk.at(-1)?.seq ?? last
    if (chunk.length < CHUNK) return { events, next: null }
  }
  return { events, next: last }
}
