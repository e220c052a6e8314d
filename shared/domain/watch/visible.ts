import type { Alert } from '../alert/schema.ts'
import { hiddenFrom, type Viewer } from '../confidential/may-see.ts'
import type { Incident } from '../incident/schema.ts'
import { membersOf } from '../incident/members.ts'
import { runbookAddressOf } from '../runbook/id.ts'
import { runbooksOfAlert, runbooksOfPlan } from '../runbook/linked.ts'
import { unknownWordOf } from '../severity/unknown-words.ts'
import {
  conceptOf,
  incidentOf,
  linksOf,
  type Concept,
  type Event,
  type EventBody,
} from './event.ts'
import {
  listNames,
  type EntityOf,
  type ListName,
  type WatchLists,
  type WatchState,
} from './state.ts'

/** The ids of incidents that somebody may not see. */
export type Hidden = ReadonlySet<string>

/** What an entity is of: an incident, or what decides by itself. */
type Rule<Entity> = (entity: Entity, looking: Looking) => Entity | null

interface Looking {
  readonly hidden: Hidden
  /** The revisions of the plans that incidents which may be seen are dealt with by. */
  readonly plans: ReadonlySet<string>
  /** The policies of remediation that were made use of for an incident that may not be seen. */
  readonly policies: ReadonlySet<string>
  /** The runbooks that alerts and plans which may be seen lead to. */
  readonly runbooks: ReadonlySet<string>
}

const ofIncident = <Entity extends { readonly incidentId: string }>(
  entity: Entity,
  { hidden }: Looking,
): Entity | null => (hidden.has(entity.incidentId) ? null : entity)

const ofEverybody = <Entity>(entity: Entity): Entity => entity

/**
 * What of each list somebody may see. A new list does not compile before somebody has said of whom it
 * is: what nobody thought of must not reach anybody.
 */
const rules: { readonly [Name in ListName]: Rule<EntityOf<Name>> } = {
  alerts: ofIncident,
  departures: ofIncident,
  incidents: (incident, { hidden }) =>
    hidden.has(incident.id) ? null : withoutOthers(incident, hidden),
  sources: ofEverybody,
  pages: (page, { hidden }) => {
    const incidentIds = seenOf(page.incidentIds, hidden)
    if (incidentIds === page.incidentIds) return page
    return incidentIds.length === 0 ? null : { ...page, incidentIds: [...incidentIds] }
  },
  plans: (plan, { plans }) => (plans.has(plan.revision) ? plan : null),
  responses: ofIncident,
  walkthroughs: ofIncident,
  executions: ofIncident,
  remediations: ofIncident,
  // When it was begun and why it is stopped tells of its incidents.
  remediationRecords: (record, { policies }) => (policies.has(record.policy) ? null : record),
  trusted: (trusted, { runbooks }) => (isRunbookSeen(trusted.runbook, runbooks) ? trusted : null),
  triggers: ofIncident,
  impacts: ofIncident,
  // What people change is no secret of an incident.
  changes: ofEverybody,
  surroundings: ofIncident,
  voices: ofEverybody,
  jobs: ofEverybody,
  clocks: ofIncident,
  restrictions: ofIncident,
  coordinations: ofIncident,
  // What people say in a meeting is for all who meet.
  heldMeetings: ofEverybody,
  meetingDecisions: ofEverybody,
  reviews: ofIncident,
  handoffs: (handoff, { hidden }) => (namesOne(handoff.incidentIds, hidden) ? null : handoff),
  feedbacks: ofIncident,
}

/** The incidents that somebody may not see; empty for the owner, and while nothing is confidential. */
export function hiddenIn(
  { restrictions }: Pick<WatchState, 'restrictions'>,
  viewer: Viewer,
): Hidden {
  return hiddenFrom(restrictions, viewer)
}

/**
 * The state as somebody may see it: without the incidents that they may not see, and without all
 * that stands for these, says their words or counts them. The very same state where nothing is hidden.
 */
export function visibleState(state: WatchState, hidden: Hidden): WatchState {
  if (hidden.size === 0) return state
  const looking = lookingAt(state, hidden)
  const lists = Object.fromEntries(
    listNames.map((name) => [name, visibleList(name, state, looking)]),
  ) as unknown as WatchLists
  const { focus } = state.muting
  const isFocusHidden = focus !== null && hidden.has(focus.incidentId)
  return {
    ...state,
    ...lists,
    muting: isFocusHidden ? { ...state.muting, focus: null } : state.muting,
    pagedWords: state.pagedWords.filter(wordsOf(lists.alerts.values())),
    members: membersOf(lists.alerts.values()),
  }
}

/**
 * An event as somebody may see it; null for one that they may not. It can name fewer incidents than
 * it does, when it stands on several.
 *
 * @param state how things stand, at or after the event.
 */
export function visibleEvent(event: Event, state: WatchState, hidden: Hidden): Event | null {
  if (hidden.size === 0) return event
  const own = incidentOf(event.body)
  if (own !== null && hidden.has(own)) return null
  const body = visibleBody(event.body, state, hidden)
  if (body === event.body) return event
  // What names another one in a way that nobody thought of is not said at all.
  return body === null || mentions(body, hidden) ? null : { ...event, body }
}

function visibleBody(body: EventBody, state: WatchState, hidden: Hidden): EventBody | null {
  if (body.type === 'incident.judged' && body.of && hidden.has(body.of.incidentId)) {
    // It turned out to be the same as something that they do not know of.
    return { ...body, of: null }
  }
  if (
    'handoffId' in body &&
    namesOne(state.handoffs.get(body.handoffId)?.incidentIds ?? [], hidden)
  ) {
    return null
  }
  const links = linksOf(body)
  if (links?.kind === 'as-subject') return isPageVisible(body, state, hidden) ? body : null
  if (links?.kind === 'listed' && 'incidentIds' in body) {
    const seen = seenOf(body.incidentIds, hidden)
    if (seen === body.incidentIds) return body
    const isOfNobody = seen.length === 0 && standingAlone[conceptOf(body)] !== 'everybody'
    return isOfNobody ? null : { ...body, incidentIds: [...seen] }
  }
  if (mentions(body, hidden)) return null
  if (incidentOf(body) !== null) return body
  if (body.type === 'plan.recorded') {
    return lookingAt(state, hidden).plans.has(body.plan.revision) ? body : null
  }
  if (body.type === 'runbook.trusted') {
    return isRunbookSeen(body.runbook, runbooksSeen(state, hidden)) ? body : null
  }
  return standingAlone[conceptOf(body)] === 'nobody' ? null : body
}

/** Whether the id of a hidden incident stands anywhere in it. */
function mentions(value: unknown, hidden: Hidden): boolean {
  if (typeof value === 'string') return hidden.has(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((each) => mentions(each, hidden))
}

/**
 * Who may see an event that stands on no incident, by concept; `own-incidents` as well, as long as
 * one of the incidents that it lists may be seen, or it lists none.
 */
const standingAlone: Readonly<Record<Concept, 'everybody' | 'own-incidents' | 'nobody'>> = {
  alert: 'nobody',
  incident: 'nobody',
  page: 'own-incidents',
  muting: 'everybody',
  source: 'everybody',
  // Its matchers are those of the alerts that it was made for.
  silence: 'own-incidents',
  response: 'nobody',
  walkthrough: 'nobody',
  execution: 'nobody',
  remediation: 'nobody',
  trust: 'everybody',
  trigger: 'nobody',
  impact: 'nobody',
  change: 'everybody',
  voice: 'everybody',
  job: 'everybody',
  clock: 'nobody',
  confidential: 'nobody',
  coordination: 'nobody',
  meeting: 'everybody',
  review: 'nobody',
  feedback: 'nobody',
  entry: 'nobody',
  // One whose text names a hidden incident is dropped before.
  handoff: 'everybody',
}

/**
 * Whether somebody who has been told of what they may see has to be told anew, from the beginning:
 * what is left of these events does not lead from the one to the other.
 *
 * @param before what they were told of last, and what was hidden of it.
 */
export function mustBeToldAnew(
  before: { readonly state: WatchState; readonly hidden: Hidden },
  events: readonly Event[],
  after: { readonly state: WatchState; readonly hidden: Hidden },
): boolean {
  if (before.hidden !== after.hidden) {
    const isLifted = [...before.hidden].some((id) => !after.hidden.has(id))
    const isTaken = [...after.hidden].some(
      (id) => !before.hidden.has(id) && before.state.incidents.has(id),
    )
    if (isLifted || isTaken) return true
  }
  if (after.hidden.size === 0) return false
  return events.some((event) => {
    const { body } = event
    const own = incidentOf(body)
    // Something of an incident that they know goes on where they may not look.
    if (own !== null && !after.hidden.has(own) && !visibleEvent(event, after.state, after.hidden)) {
      return true
    }
    switch (body.type) {
      case 'alert.moved':
        return after.hidden.has(body.incidentId) && !after.hidden.has(body.to.incidentId)
      case 'alert.fired': {
        // It comes from, or goes to, an incident that they do not know.
        const known = before.state.alerts.get(body.key)
        return (
          known !== undefined &&
          after.hidden.has(known.incidentId) !== after.hidden.has(body.incidentId)
        )
      }
      case 'plan.applied':
        // The text of its plan was recorded before, for an incident that they may not see.
        return (
          !after.hidden.has(body.incidentId) &&
          before.state.plans.has(body.revision) &&
          !lookingAt(before.state, before.hidden).plans.has(body.revision)
        )
      case 'remediation.re-armed':
        return !after.hidden.has(body.incidentId)
      default:
        return false
    }
  })
}

function visibleList<Name extends ListName>(
  name: Name,
  state: WatchState,
  looking: Looking,
): ReadonlyMap<string, EntityOf<Name>> {
  // The list and its rule are of the same name; TypeScript cannot follow the pair.
  const list = state[name] as unknown as ReadonlyMap<string, EntityOf<Name>>
  const rule: Rule<EntityOf<Name>> = rules[name]
  const seen = new Map<string, EntityOf<Name>>()
  let isSame = true
  for (const [key, entity] of list) {
    const visible = rule(entity, looking)
    if (visible !== entity) isSame = false
    if (visible !== null) seen.set(key, visible)
  }
  return isSame ? list : seen
}

function lookingAt(state: WatchState, hidden: Hidden): Looking {
  const plans = new Set<string>()
  for (const { incidentId, revision } of state.responses.values()) {
    if (!hidden.has(incidentId)) plans.add(revision)
  }
  const policies = new Set<string>()
  for (const { incidentId, policy } of state.remediations.values()) {
    if (hidden.has(incidentId)) policies.add(policy)
  }
  for (const { policy, stopped } of state.remediationRecords.values()) {
    if (stopped && hidden.has(stopped.incidentId)) policies.add(policy)
  }
  return { hidden, plans, policies, runbooks: runbooksSeen(state, hidden) }
}

/**
 * The ids of the runbooks that somebody may know of, as alerts of incidents that they may see, or the
 * plans of these, lead to them. Those of the playbook are everybody's.
 */
export function runbooksSeen(
  { alerts, plans, responses }: Pick<WatchState, 'alerts' | 'plans' | 'responses'>,
  hidden: Hidden,
): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const alert of alerts.values()) {
    if (!hidden.has(alert.incidentId)) for (const id of runbooksOfAlert(alert)) ids.add(id)
  }
  for (const { incidentId, revision } of responses.values()) {
    const plan = hidden.has(incidentId) ? undefined : plans.get(revision)
    for (const id of plan ? runbooksOfPlan(plan) : []) ids.add(id)
  }
  return ids
}

/** False for a page that only what somebody may not see leads to: its address tells of that. */
export function isRunbookSeen(id: string, seen: ReadonlySet<string>): boolean {
  return runbookAddressOf(id) === null || seen.has(id)
}

/** An incident that names no other one that may not be seen; the same where it names none. */
function withoutOthers(incident: Incident, hidden: Hidden): Incident {
  const { verdict, mergedInto, splitFrom } = incident
  const seen = (id: string | null) => (id !== null && hidden.has(id) ? null : id)
  const of = seen(verdict?.of ?? null)
  const isSame = [
    of === (verdict?.of ?? null),
    seen(mergedInto) === mergedInto,
    seen(splitFrom) === splitFrom,
  ].every(Boolean)
  if (isSame) return incident
  return {
    ...incident,
    verdict: verdict && { ...verdict, of },
    mergedInto: seen(mergedInto),
    splitFrom: seen(splitFrom),
  }
}

/** Whether one of these is hidden. */
function namesOne(ids: readonly string[], hidden: Hidden): boolean {
  return ids.some((id) => hidden.has(id))
}

/** The same list where all of them may be seen. */
function seenOf(ids: readonly string[], hidden: Hidden): readonly string[] {
  return namesOne(ids, hidden) ? ids.filter((id) => !hidden.has(id)) : ids
}

function isPageVisible(body: EventBody, { pages }: WatchState, hidden: Hidden): boolean {
  const page = 'pageId' in body ? pages.get(body.pageId) : undefined
  return page?.incidentIds.some((id) => !hidden.has(id)) ?? false
}

/** A word that nobody maps is a label's value: it is known where an alert shows it. */
function wordsOf(alerts: Iterable<Alert>): (word: string) => boolean {
  const words = new Set<string>()
  for (const alert of alerts) {
    const word = unknownWordOf(alert)
    if (word) words.add(word.spelling)
  }
  return (word) => words.has(word)
}
