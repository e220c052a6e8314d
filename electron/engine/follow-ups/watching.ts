import { impactSentence, impactValue } from '#shared/domain/impact/sentence.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { IncidentMeasurements } from '#shared/domain/measurement/schema.ts'
import type { Plan, Trigger } from '#shared/domain/plan/schema.ts'
import type { Response } from '#shared/domain/response/schema.ts'
import { judgeHeld, judgeTrigger, type Verdict } from '#shared/domain/trigger/judge.ts'
import type { ClearReason } from '#shared/domain/trigger/schema.ts'
import { triggerText } from '#shared/domain/trigger/words.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { nothingToAdd, type FollowUp } from './follow-up.ts'

/** What was measured at the opening is recorded without values that take longer than this, ms. */
const FIRST_VALUES_MS = 60_000
/** Values that come later than this after the plan was applied, ms, are none of the opening. */
const OPENING_MS = 120_000

/** What is measured of an incident now; undefined while nothing is. */
export type Measured = (incidentId: string) => IncidentMeasurements | undefined

/**
 * Watches the plans that are followed: a trigger that is crossed or no longer is, a "fixed when" that
 * is met or no longer is, and the impact as it was measured first. Each is recorded once until the
 * contrary is: what has been recorded is in the state, so a restart repeats nothing. What is unknown
 * changes nothing.
 */
export function watchingFollowUp(measured: Measured): FollowUp {
  return {
    name: 'triggers and conditions',
    due(state, now) {
      const bodies = [...state.responses.values()].flatMap((response) => {
        const incident = state.incidents.get(response.incidentId)
        const plan = state.plans.get(response.revision)
        if (!incident || !plan || incident.status === 'closed') return []
        const watched = { incident, plan, response, now, measured: measured(incident.id) }
        return [...triggersOf(state, watched), ...criteriaOf(watched), ...openingOf(state, watched)]
      })
      return bodies.length === 0 ? nothingToAdd : { bodies, deliveries: [] }
    },
  }
}

interface Watched {
  readonly incident: Incident
  readonly plan: Plan
  readonly response: Response
  readonly measured: IncidentMeasurements | undefined
  readonly now: number
}

function triggersOf({ triggers, voices }: WatchState, watched: Watched): readonly EventBody[] {
  const { incident, plan } = watched
  const crossed = triggers.get(incident.id)?.crossed ?? {}
  const isOver = incident.status === 'resolved'
  const known = plan.triggers.flatMap((trigger): EventBody[] => {
    const before = crossed[trigger.id]
    if (isOver && !before) return []
    const verdict = judgeTrigger(trigger, {
      ...watched,
      voices,
      observed: watched.measured?.triggers[trigger.id],
    })
    if (before) {
      const isCleared = isOver || verdict.standing === 'clear' || verdict.standing === 'holding'
      if (!isCleared) return []
      const words = isOver ? { value: null, threshold: before.threshold } : verdict
      return [cleared(watched, trigger, words, isOver ? 'incident-over' : 'no-longer')]
    }
    return verdict.standing === 'crossed' ? [crossing(watched, trigger, verdict)] : []
  })
  const planned = new Set(plan.triggers.map(({ id }) => id))
  const dropped = Object.entries(crossed).flatMap(([id, { threshold }]): EventBody[] => {
    if (planned.has(id)) return []
    const facts = { incidentId: incident.id, trigger: id, text: id, value: null, threshold }
    return [{ type: 'trigger.cleared', ...facts, reason: 'plan-changed' }]
  })
  return [...known, ...dropped]
}

function crossing(
  { incident, plan, now }: Watched,
  trigger: Trigger,
  { value, threshold, since }: Verdict,
): EventBody {
  const { id, then, to } = trigger
  const text = triggerText(trigger, plan)
  const heldMs = since === null || since >= now ? null : now - since
  const facts = { incidentId: incident.id, trigger: id, text, value, threshold }
  return { type: 'trigger.crossed', ...facts, heldMs, then, to }
}

function cleared(
  { incident, plan }: Watched,
  trigger: Trigger,
  { value, threshold }: Pick<Verdict, 'value' | 'threshold'>,
  reason: ClearReason,
): EventBody {
  const text = triggerText(trigger, plan)
  const facts = { incidentId: incident.id, trigger: trigger.id, text, value, threshold }
  return { type: 'trigger.cleared', ...facts, reason }
}

function criteriaOf({ incident, plan, response, measured, now }: Watched): readonly EventBody[] {
  return plan.fixedWhen.flatMap((criterion): EventBody[] => {
    if (criterion.kind !== 'promql') return []
    const { id, text, forMs } = criterion
    const observed = measured?.criteria[id]
    const words = { value: null, threshold: '' }
    const { standing } = judgeHeld({ observed, forMs, now }, words)
    const isMet = response.criteria[id]?.isMet ?? false
    const mark = { type: 'criterion.marked', incidentId: incident.id, criterion: id, text } as const
    if (standing === 'crossed' && !isMet) return [{ ...mark, isMet: true }]
    const isLost = standing === 'clear' || standing === 'holding'
    return isLost && isMet ? [{ ...mark, isMet: false }] : []
  })
}

/** The impact as it was measured first, as soon as all of it is known or has taken long enough. */
function openingOf({ impacts }: WatchState, watched: Watched): readonly EventBody[] {
  const { incident, plan, response, measured, now } = watched
  const { impact } = plan
  const names = Object.entries(impact.values)
  // Also of one that resolved meanwhile: a short incident has done harm, too.
  if (names.length === 0) return []
  if (impacts.get(incident.id)?.opening) return []
  const sinceApplied = now - response.appliedAt
  if (sinceApplied > OPENING_MS) return []
  const values = names.map(([name, value]) =>
    impactValue(name, value, measured?.values[name]?.reading, now),
  )
  const isComplete = values.every(({ origin }) => origin.kind !== 'unknown')
  if (!isComplete && sinceApplied < FIRST_VALUES_MS) return []
  const { text } = impactSentence(impact, (name) => measured?.values[name], now)
  return [
    {
      type: 'impact.measured',
      incidentId: incident.id,
      sentence: text,
      values: values.map(({ name, value, unit, origin }) => ({
        name,
        value,
        unit,
        reason: origin.kind === 'unknown' ? origin.reason : null,
        source: origin.kind === 'plan' ? null : origin.source,
      })),
    },
  ]
}
