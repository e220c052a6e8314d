import { isIncidentOver } from '#shared/domain/incident/status.ts'
import {
  decision as write,
  readDecision,
  stageOf,
  type Decision,
} from '#shared/domain/decision/schema.ts'
import { isActive } from '#shared/domain/alert/schema.ts'
import { realmOfAlert } from '#shared/domain/alert/move.ts'
import { namesOfRealm, type RealmId } from '#shared/domain/realm/realm.ts'
import type { AlertCounts, Incident } from '#shared/domain/incident/schema.ts'
import { isWorse, severities, type Severity } from '#shared/domain/severity/schema.ts'
import { alertSubjectOf } from '#shared/domain/alert/events.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { projectState } from '../record/event-id.ts'
import type { PipelineContext } from '../pipeline/context.ts'
import { suppressionDecision, suppressionOf } from '../pipeline/suppress.ts'
import { severityOf } from './severity.ts'

/**
 * What changed rules mean for the alerts that are active: other severities, and other heartbeats.
 * An incident that is worse by the new rules pages at once: who was paged about it, or acknowledged
 * it, did not know.
 */
export function reclassify(context: PipelineContext): readonly EventBody[] {
  const { state, rules, playbook } = context
  const namesOf = realmNaming(state)
  const events: EventBody[] = []
  for (const alert of state.alerts.values()) {
    if (!isActive(alert)) continue
    const { severity, decision } = severityOf(
      alert.labels,
      rules,
      playbook,
      namesOf(realmOfAlert(alert)),
    )
    const suppression = suppressionOf(alert, context)
    const isSame =
      severity === alert.severity &&
      alert.decisions.every((known) => stageOf(known) !== 'classify' || known === decision) &&
      JSON.stringify(suppression.map(({ kind, id }) => [kind, id])) ===
        JSON.stringify(alert.suppression.map(({ kind, id }) => [kind, id]))
    if (isSame) continue
    events.push({
      type: 'alert.reclassified',
      ...alertSubjectOf(alert),
      severity,
      suppression,
      decisions: alert.decisions.map((known) => {
        if (stageOf(known) === 'classify') return decision
        return isAboutSuppression(known) ? suppressionDecision(suppression) : known
      }),
    })
  }
  return [...events, ...worsened(state, projectState(state, events, context))]
}

/** The names of realms, each gathered once. */
function realmNaming({ sources }: WatchState): (realm: RealmId) => ReadonlySet<string> {
  const known = new Map<RealmId, ReadonlySet<string>>()
  return (realm) => {
    const names = known.get(realm) ?? namesOfRealm(realm, sources.values())
    known.set(realm, names)
    return names
  }
}

function isAboutSuppression(known: Decision): boolean {
  const read = readDecision(known)
  return read?.stage === 'suppress' && read.code !== 'flapping'
}

/** Incidents that are worse by the new rules than when somebody was paged about them, or put them aside. */
function worsened(before: WatchState, after: WatchState): EventBody[] {
  const events: EventBody[] = []
  for (const incident of after.incidents.values()) {
    const known = before.incidents.get(incident.id)
    if (!known || !isWorseThanKnown(known, incident)) continue
    const is = askedSeverity(incident.counts) ?? incident.severity
    events.push({
      type: 'incident.retriggered',
      incidentId: incident.id,
      reason: 'worse',
      severity: incident.severity,
      decisions: [
        ...incident.decisions.filter((each) => stageOf(each) !== 'route'),
        write('page', `raised to ${is} by changed rules`),
      ],
    })
  }
  return events
}

function isWorseThanKnown(known: Incident, incident: Incident): boolean {
  const { status, acknowledged, snoozed } = known
  if (isIncidentOver({ status })) return false
  const [was, is] = [askedSeverity(known.counts), askedSeverity(incident.counts)]
  if (is === null) return false
  if (acknowledged) {
    return (was === null || isWorse(is, was)) && isWorse(is, acknowledged.severity)
  }
  // One that nothing of was heard of yet pages by itself.
  return was === null ? snoozed !== null : isWorse(is, was)
}

/** The worst of the active alerts that nothing suppresses. */
function askedSeverity({ bySeverity }: AlertCounts): Severity | null {
  return severities.find((severity) => bySeverity[severity] > 0) ?? null
}
