import { departureKey, departureOf, revisionAt } from '../alert/departure.ts'
import { evolveAlert } from '../alert/evolve.ts'
import { moveAlert } from '../alert/move.ts'
import type { Alert } from '../alert/schema.ts'
import { changesToForget } from '../change/evolve.ts'
import { evolveClocks } from '../clock/evolve.ts'
import { evolveRestriction } from '../confidential/evolve.ts'
import { evolveCoordination, mergedCoordination } from '../coordination/evolve.ts'
import type { Occurrence } from '../event/definition.ts'
import { evolveExecution, executionsToForget, isOfBatch } from '../execution/evolve.ts'
import { evolveHandoff, handoffsToForget } from '../handoff/evolve.ts'
import { evolveFeedback } from '../feedback/evolve.ts'
import { evolveImpact } from '../impact/evolve.ts'
import { evolveIncident, splitIncident } from '../incident/evolve.ts'
import {
  withAlert,
  withBaseline,
  withHold,
  withLostPage,
  withMerged,
  withMovedBaseline,
  withPage,
  withReclassified,
  withNews,
} from '../incident/follow.ts'
import type { Incident } from '../incident/schema.ts'
import { evolveJob } from '../job/evolve.ts'
import { askingWords } from '../page/unknown-words.ts'
import { evolveMeetings } from '../meeting/evolve.ts'
import { isLatestPage } from '../incident/paging.ts'
import { evolvePage, pagesToForget, reachedNobody } from '../page/evolve.ts'
import { evolveMuting, followIncident } from '../muting/evolve.ts'
import { evolveRemediation, evolveRemediationRecord } from '../remediation/evolve.ts'
import { remediationKey } from '../remediation/schema.ts'
import { evolveResponse, withFirstAction } from '../response/evolve.ts'
import { withPagedWords } from '../severity/unknown-words.ts'
import { DRILL_TYPE } from '../source/drill.ts'
import { evolveSource } from '../source/evolve.ts'
import { evolveTriggers } from '../trigger/evolve.ts'
import { countVoice, voicesToForget } from '../voice/evolve.ts'
import { voiceKey } from '../voice/schema.ts'
import { evolveWalkthrough } from '../walkthrough/evolve.ts'
import { walkthroughKey } from '../walkthrough/schema.ts'
import { conceptOf, type BodyOfConcept, type Concept, type Event, type EventBody } from './event.ts'
import type { Draft } from './draft.ts'
import { forgetClosed, forgetUnusedPlan, leaveDrill } from './forget.ts'
import { ListDraft } from './list-draft.ts'
import { alertsOf, MembersDraft } from '../incident/members.ts'
import { reviewAfter, reviewAfterIncident } from './review-after.ts'
import {
  forEachList,
  type EntityOf,
  type ListName,
  type WatchLists,
  type WatchState,
} from './state.ts'

/**
 * The state after some events, in order. Pure: the given state is left as it is, and what the
 * events do not touch is the same object in both.
 */
export function evolve(state: WatchState, events: Iterable<Event>): WatchState {
  const draft: Draft = {
    ...forEachList<{ [Name in ListName]: ListDraft<EntityOf<Name>> }>(
      (name) => new ListDraft<EntityOf<ListName>>(state[name]) as ListDraft<never>,
    ),
    seq: state.seq,
    muting: state.muting,
    pagedWords: state.pagedWords,
    members: new MembersDraft(state.members),
  }
  for (const event of events) {
    draft.seq = event.seq
    // It is the reducer of this very body; TypeScript cannot follow the pair.
    const reduce = reducers[conceptOf(event.body)] as Reducer<EventBody>
    reduce(draft, event.body, event)
  }
  return {
    ...forEachList<WatchLists>((name) => draft[name].current()),
    seq: draft.seq,
    muting: draft.muting,
    pagedWords: draft.pagedWords,
    members: draft.members.current(),
  }
}

type Reducer<Body> = (draft: Draft, body: Body, occurrence: Occurrence) => void

/** What an event changes: first what it is about, then what follows for other concepts. */
const reducers: { readonly [Each in Concept]: Reducer<BodyOfConcept<Each>> } = {
  alert(draft, body, { at }) {
    const before = draft.alerts.get(body.key)
    if (body.type !== 'alert.moved') {
      const evolved = evolveAlert(before, body, at)
      const isFired = body.type === 'alert.fired'
      const after = evolved && isFired ? since(evolved, revisionAt(draft, body) + 1) : evolved
      const home = before && draft.incidents.get(before.incidentId)
      putAlert(draft, before, after, at)
      if (body.type === 'alert.reclassified' && home && after) {
        changeIncident(draft, home.id, (each) => withReclassified(home, each, before, after))
      }
      const isListed = isFired || body.type === 'alert.changed'
      if (after && isListed) markReal(draft, after.incidentId, [body.sourceId])
    } else if (before?.id === body.alertId) {
      const target = draft.alerts.get(body.to.key)
      const { stays, moved: taken } = moveAlert(before, target, body, at)
      const moved = since(taken, revisionAt(draft, body.to))
      const home = draft.incidents.get(moved.incidentId)
      putAlert(draft, before, stays, at)
      putAlert(draft, target, moved, at)
      depart(draft, before, stays)
      if (target) depart(draft, target, moved)
      markReal(draft, moved.incidentId, Object.keys(moved.observations))
      if (home) changeIncident(draft, home.id, (each) => withMovedBaseline(home, each, moved))
    }
  },
  incident(draft, body, occurrence) {
    // Alerts that go elsewhere go first: what is left says how it stands.
    if (body.type === 'incident.merged') mergeInto(draft, body, occurrence)
    if (body.type === 'incident.split') splitFrom(draft, body, occurrence)
    const evolved = evolveIncident(draft.incidents.get(body.incidentId), body, occurrence)
    if (!evolved) return
    const isAside = body.type === 'incident.acknowledged' || body.type === 'incident.snoozed'
    const aside = isAside
      ? withBaseline(evolved, draftAlertsOf(draft, evolved.id), occurrence)
      : evolved
    const { actor } = occurrence
    const isMade = body.type === 'incident.triggered'
    const after =
      isMade && actor.kind === 'source' && isDrill(draft, actor.id)
        ? { ...aside, isDrill: true }
        : aside
    draft.incidents.set(after.id, after)
    draft.muting = followIncident(draft.muting, body)
    reviewAfterIncident(draft, after, body, occurrence)
    if (after.status === 'closed') forgetClosed(draft, after)
  },
  page(draft, body, { at }) {
    if (body.type === 'page.held') {
      const held = { at, by: body.by, until: body.until }
      changeIncidents(draft, body.incidentIds, (each) => withHold(each, body.recipient, held))
      // An upgrade pages nobody for what an earlier version held back.
      if (body.pagesWords === undefined) {
        draft.pagedWords = withPagedWords(draft.pagedWords, wordsOf(draft, body.incidentIds))
      }
      return
    }
    const page = evolvePage(draft.pages.get(body.pageId), body, at)
    if (!page) return
    draft.pages.set(page.id, page)
    if (body.type === 'page.requested') {
      draft.pagedWords = withPagedWords(draft.pagedWords, wordsOf(draft, page.incidentIds))
      changeIncidents(draft, page.incidentIds, (each) => withPage(each, page))
      for (const id of pagesToForget(draft.pages.current(), draft.incidents)) draft.pages.delete(id)
    } else if (reachedNobody(page)) {
      const latest = page.incidentIds.filter((id) => {
        const incident = draft.incidents.get(id)
        return incident !== undefined && isLatestPage(incident, page.id)
      })
      const unsaid = new Set(wordsOf(draft, latest))
      draft.pagedWords = draft.pagedWords.filter((word) => !unsaid.has(word))
      changeIncidents(draft, page.incidentIds, (each) => withLostPage(each, page))
    }
  },
  muting(draft, body, occurrence) {
    draft.muting = evolveMuting(draft.muting, body, occurrence)
  },
  source(draft, body, { at }) {
    const after = evolveSource(draft.sources.get(body.sourceId), body, at)
    if (body.type === 'source.removed' && isDrill(draft, body.sourceId)) leaveDrill(draft)
    if (after) draft.sources.set(after.id, after)
    else draft.sources.delete(body.sourceId)
  },
  silence: (draft, { incidentIds }, { at }) =>
    changeIncidents(draft, incidentIds, (each) => withNews(each, at)),
  response(draft, body, occurrence) {
    if (body.type === 'plan.recorded') {
      draft.plans.set(body.plan.revision, body.plan)
      return
    }
    if (!draft.incidents.get(body.incidentId)) return
    const before = draft.responses.get(body.incidentId)
    const after = evolveResponse(before, body, occurrence)
    if (!after) return
    draft.responses.set(after.incidentId, after)
    if (before && before.revision !== after.revision) forgetUnusedPlan(draft, before.revision)
  },
  walkthrough(draft, body, occurrence) {
    if (!draft.incidents.get(body.incidentId)) return
    const key = walkthroughKey(body)
    const after = evolveWalkthrough(draft.walkthroughs.get(key), body, occurrence)
    if (!after) return
    draft.walkthroughs.set(key, after)
    const response = draft.responses.get(body.incidentId)
    if (response && body.type === 'walkthrough.step-marked') {
      draft.responses.set(body.incidentId, withFirstAction(response, body.state, occurrence))
    }
  },
  coordination(draft, body, occurrence) {
    const incident = draft.incidents.get(body.incidentId)
    if (!incident) return
    const after = evolveCoordination(draft.coordinations.get(incident.id), body, occurrence)
    draft.coordinations.set(incident.id, after)
    draft.incidents.set(incident.id, withNews(incident, occurrence.at))
  },
  feedback(draft, body, occurrence) {
    if (!draft.incidents.get(body.incidentId)) return
    const after = evolveFeedback(draft.feedbacks.get(body.incidentId), body, occurrence)
    draft.feedbacks.set(after.incidentId, after)
  },
  execution(draft, body, occurrence) {
    if (isOfBatch(body) || !draft.incidents.get(body.incidentId)) return
    const after = evolveExecution(draft.executions.get(body.executionId), body, occurrence)
    if (!after) return
    draft.executions.set(after.executionId, after)
    if (body.type === 'execution.requested') {
      const response = draft.responses.get(body.incidentId)
      // To look is no action.
      if (response && body.risk !== 'read') {
        draft.responses.set(body.incidentId, withFirstAction(response, 'done', occurrence))
      }
      return
    }
    if (body.type !== 'execution.finished') return
    for (const id of executionsToForget(draft.executions.current().values(), body.incidentId)) {
      draft.executions.delete(id)
    }
  },
  remediation(draft, body, occurrence) {
    const record = evolveRemediationRecord(
      draft.remediationRecords.get(body.policy),
      body,
      occurrence,
    )
    draft.remediationRecords.set(record.policy, record)
    if (body.type === 'remediation.re-armed') {
      for (const [key, { policy, status }] of [...draft.remediations.current()]) {
        if (policy === body.policy && status === 'stopped') draft.remediations.delete(key)
      }
      return
    }
    if (!draft.incidents.get(body.incidentId)) return
    const key = remediationKey(body)
    const after = evolveRemediation(draft.remediations.get(key), body, occurrence)
    if (after) draft.remediations.set(key, after)
  },
  trust(draft, { runbook, hash, commit }, { at, actor }) {
    draft.trusted.set(runbook, { runbook, hash, commit, at, by: actor })
  },
  trigger(draft, body, occurrence) {
    if (!draft.incidents.get(body.incidentId)) return
    const after = evolveTriggers(draft.triggers.get(body.incidentId), body, occurrence)
    draft.triggers.set(after.incidentId, after)
  },
  impact(draft, body, occurrence) {
    if (!draft.incidents.get(body.incidentId)) return
    const after = evolveImpact(draft.impacts.get(body.incidentId), body, occurrence)
    draft.impacts.set(after.incidentId, after)
  },
  change(draft, body, { at }) {
    if (body.type === 'change.related') {
      const { incidentId, services, upstream } = body
      if (!draft.incidents.get(incidentId)) return
      draft.surroundings.set(incidentId, { incidentId, services, upstream })
      changeIncident(draft, incidentId, (each) => withNews(each, at))
      return
    }
    draft.changes.set(body.change.id, body.change)
    changeIncidents(draft, body.incidentIds, (each) => withNews(each, at))
    for (const id of changesToForget(draft.changes.current(), at)) draft.changes.delete(id)
  },
  voice(draft, body, { at }) {
    const minute = countVoice(draft.voices.current(), body)
    draft.voices.set(voiceKey(minute), minute)
    for (const key of voicesToForget(draft.voices.current(), at)) draft.voices.delete(key)
  },
  job(draft, body, { at }) {
    const after = evolveJob(draft.jobs.get(body.job), body, at)
    if (after) draft.jobs.set(body.job, after)
    else draft.jobs.delete(body.job)
  },
  review: reviewAfter,
  clock(draft, body, occurrence) {
    if (!draft.incidents.get(body.incidentId)) return
    const after = evolveClocks(draft.clocks.get(body.incidentId), body, occurrence)
    if (after) draft.clocks.set(after.incidentId, after)
  },
  handoff(draft, body, occurrence) {
    const after = evolveHandoff(draft.handoffs.get(body.handoffId), body, occurrence)
    if (after) draft.handoffs.set(body.handoffId, after)
    else draft.handoffs.delete(body.handoffId)
    if (!after?.accepted) return
    for (const id of handoffsToForget(draft.handoffs.current())) draft.handoffs.delete(id)
  },
  confidential(draft, body, occurrence) {
    const { incidentId } = body
    const after = evolveRestriction(draft.restrictions.get(incidentId), body, occurrence)
    draft.restrictions.set(incidentId, after)
    changeIncident(draft, incidentId, (each) => withNews(each, occurrence.at))
  },
  // They stand on the timeline alone: nothing is decided on them.
  entry: () => undefined,
  meeting: evolveMeetings,
}

/** What was of one incident goes on with another one: its alerts, and what people do together. */
function mergeInto(
  draft: Draft,
  { incidentId, into: intoId }: Extract<BodyOfConcept<'incident'>, { type: 'incident.merged' }>,
  { at }: Occurrence,
): void {
  const from = draft.incidents.get(incidentId)
  if (!from || !draft.incidents.get(intoId)) return
  moveAlerts(draft, draftAlertsOf(draft, from.id), intoId, at)
  const alerts = draftAlertsOf(draft, intoId)
  changeIncident(draft, intoId, (into) => withMerged(into, from, alerts, at))
  const coordination = draft.coordinations.get(from.id)
  if (!coordination) return
  const merged = mergedCoordination(draft.coordinations.get(intoId), coordination, intoId)
  draft.coordinations.set(intoId, merged)
  // They are dealt with there: nobody is to look for them in two places.
  draft.coordinations.delete(from.id)
}

/** Some alerts of an incident become one of their own. */
function splitFrom(
  draft: Draft,
  body: Extract<BodyOfConcept<'incident'>, { type: 'incident.split' }>,
  occurrence: Occurrence,
): void {
  const { into, keys } = body
  const from = draft.incidents.get(body.incidentId)
  if (!from) return
  draft.incidents.set(into, splitIncident(from, body, occurrence))
  const moved = keys.flatMap((key) => draft.alerts.get(key) ?? [])
  const own = moved.filter(({ incidentId }) => incidentId === from.id)
  moveAlerts(draft, own, into, occurrence.at)
  changeIncident(draft, into, (made) =>
    made.acknowledged ? withBaseline(made, draftAlertsOf(draft, into), occurrence) : made,
  )
}

function moveAlerts(draft: Draft, alerts: readonly Alert[], incidentId: string, at: number): void {
  for (const alert of alerts) putAlert(draft, alert, { ...alert, incidentId }, at)
}

/** The unknown severity words that a page about these incidents speaks for. */
function wordsOf(draft: Draft, incidentIds: readonly string[]): readonly string[] {
  return askingWords(incidentIds.flatMap((id) => draftAlertsOf(draft, id)))
}

function draftAlertsOf({ alerts, members }: Draft, incidentId: string): readonly Alert[] {
  return alertsOf({ alerts: alerts.current(), members: members.current() }, incidentId)
}

/** Puts an alert in the place of what was known under its key; undefined takes that away. */
function putAlert(
  draft: Draft,
  before: Alert | undefined,
  after: Alert | undefined,
  at: number,
): void {
  if (after) draft.alerts.set(after.key, after)
  else if (before) draft.alerts.delete(before.key)
  draft.members.move(before, after)
  if (before) changeIncident(draft, before.incidentId, (each) => withAlert(each, before, -1, at))
  if (after) changeIncident(draft, after.incidentId, (each) => withAlert(each, after, 1, at))
}

/** The alert with this revision at least. */
function since(alert: Alert, revision: number): Alert {
  return alert.revision < revision ? { ...alert, revision } : alert
}

/** Remembers where an alert was that a move took elsewhere. */
function depart({ departures }: Draft, before: Alert, after: Alert | undefined): void {
  const departure = departureOf(before, after)
  if (departure) departures.set(departureKey(departure), departure)
}

function changeIncident(
  { incidents }: Draft,
  id: string,
  change: (incident: Incident) => Incident,
): void {
  const incident = incidents.get(id)
  if (incident) incidents.set(id, change(incident))
}

function changeIncidents(
  draft: Draft,
  ids: readonly string[],
  change: (incident: Incident) => Incident,
): void {
  for (const id of ids) changeIncident(draft, id, change)
}

function isDrill({ sources }: Draft, sourceId: string): boolean {
  return sources.get(sourceId)?.type === DRILL_TYPE
}

/** An incident is real as soon as anything in it is: seen by a source that is no drill. */
function markReal(draft: Draft, incidentId: string, sourceIds: readonly string[]): void {
  if (sourceIds.every((id) => isDrill(draft, id))) return
  changeIncident(draft, incidentId, (each) => (each.isDrill ? { ...each, isDrill: false } : each))
}
