import { saidAt } from '#shared/domain/actor/schema.ts'
import { hasPassed } from '#shared/domain/alert/flapping.ts'
import { decision, stageOf } from '#shared/domain/decision/schema.ts'
import type { Growth, GrowthRule } from '#shared/domain/incident/growth-schema.ts'
import { askingSeverity, atLeastAsSevere, judgeGrowth } from '#shared/domain/incident/growth.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { incidentOf, type Event, type EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Additions, Change, FollowUp } from './follow-up.ts'
import { nothingToAdd } from './follow-up.ts'

/**
 * What joins an incident that a person acknowledged or snoozed: where it makes things so much worse
 * that they have to know, the incident is triggered again, and pages.
 *
 * It is looked at where something joined, and with time only where a page for growth came so lately
 * that the next one has to wait. What has joined before this rule was there, or before it was made
 * stricter, pages nobody by itself.
 */
export function growthFollowUp(inForce: Pick<InForce, 'rules'>): FollowUp {
  const judge = createJudge()

  function decide(state: WatchState, incidents: Iterable<Incident>, now: number): Additions {
    const rule = inForce.rules().growth
    if (rule === null) return nothingToAdd
    const bodies: EventBody[] = []
    for (const incident of incidents) {
      const { grewAt } = incident
      if (grewAt !== null && !hasPassed(grewAt, rule.withinMs, now)) continue
      const growth = judge(incident, state, rule)
      if (growth) bodies.push(retriggered(incident, growth))
    }
    return bodies.length === 0 ? nothingToAdd : { bodies, deliveries: [] }
  }

  return {
    name: 'growth',
    after: (change) => decide(change.after, whereSomethingJoined(change), change.now),
    due: (state, now) => decide(state, whereGrowthWaited(state), now),
  }
}

/** Judges an incident once as long as nothing of it changes, and its alerts only then. */
function createJudge() {
  let known = new WeakMap<Incident, Growth | null>()
  let knownRule: GrowthRule | null = null
  return (incident: Incident, state: WatchState, rule: GrowthRule): Growth | null => {
    if (rule !== knownRule) {
      known = new WeakMap()
      knownRule = rule
    }
    const found = known.get(incident)
    if (found !== undefined) return found
    const growth = judgeGrowth(incident, alertsOf(state, incident.id), rule)
    known.set(incident, growth)
    return growth
  }
}

function* whereGrowthWaited({ incidents }: WatchState): Generator<Incident> {
  for (const incident of incidents.values()) {
    if (incident.baseline !== null && incident.grewAt !== null) yield incident
  }
}

/** The incidents with a baseline in which there is more since, at the severity that they have now. */
function whereSomethingJoined({ before, after, events }: Change): readonly Incident[] {
  const looked = new Map<string, boolean>()
  for (const event of events) {
    const id = incidentOf(event.body)
    if (id === null || looked.get(id) === true) continue
    const incident = after.incidents.get(id)
    if (!incident?.baseline) continue
    const isKnown = looked.has(id)
    looked.set(id, brings(event) || (!isKnown && isMore(before.incidents.get(id), incident)))
  }
  return [...looked].flatMap(([id, isJoined]) => {
    const incident = isJoined ? after.incidents.get(id) : undefined
    return incident ? [incident] : []
  })
}

/** True for an alert that fires anew, and for what a person said before the last ones fired. */
function brings({ body, at, actor }: Event): boolean {
  if (body.type === 'alert.fired') return body.suppression.length === 0
  const isAside = body.type === 'incident.acknowledged' || body.type === 'incident.snoozed'
  return isAside && saidAt(actor, at) < at
}

/**
 * True when more alerts fire of the severity that the incident has now: they were suppressed, or
 * what was worse is over.
 */
function isMore(before: Incident | undefined, after: Incident): boolean {
  const severity = askingSeverity(after.counts)
  if (severity === null) return false
  if (!before || askingSeverity(before.counts) !== severity) return true
  const count = ({ counts }: Incident) => atLeastAsSevere(counts.bySeverity, severity)
  return count(after) > count(before)
}

function retriggered(incident: Incident, growth: Growth): EventBody {
  return {
    type: 'incident.retriggered',
    incidentId: incident.id,
    reason: 'grown',
    severity: incident.severity,
    decisions: [
      ...incident.decisions.filter((each) => stageOf(each) !== 'route'),
      decision('page', whyPaged(growth)),
    ],
    growth,
  }
}

/** For the decision log: the numbers that the rule went by. */
function whyPaged({ firing, was, others, fresh, since }: Growth): string {
  const parts = [`${String(firing)} firing, ${String(was)} when it was ${since}`]
  if (others > 0) parts.push(`${String(others)} of them not there then`)
  for (const { name, value } of fresh) parts.push(`new ${name}=${JSON.stringify(value)}`)
  return parts.join('; ')
}
