import { alertTitle } from '#shared/domain/alert/schema.ts'
import { decision, stageOf, type Decision } from '#shared/domain/decision/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { PipelineContext } from './context.ts'
import { groupKeyOf } from './group-key.ts'
import type { Suppressed } from './suppress.ts'

export type Correlated = Suppressed & {
  readonly incidentId: string
  /** The incident as it was before this report; undefined when this report makes it. */
  readonly incident: Incident | undefined
}

/** An incident that this report makes. */
export interface NewIncident {
  readonly incidentId: string
  readonly groupKey: string
  readonly group: Readonly<Record<string, string>>
  readonly title: string
  readonly startedAt: number
}

export interface Correlation {
  readonly alerts: readonly Correlated[]
  readonly made: readonly NewIncident[]
}

/**
 * Stage 5. One incident for a group of alerts: those of one realm that share the `groupBy` labels,
 * or of all realms where the configuration says so.
 */
export function correlate(
  suppressed: readonly Suppressed[],
  context: PipelineContext,
): Correlation {
  const open = openIncidents(context)
  const groups = new Map<string, { group: Record<string, string>; first: Suppressed }>()
  const groupOf = createGrouping(context)
  const homes = suppressed.map((item) => {
    if (item.previous && (item.kind === 'changed' || item.kind === 'returned')) {
      return { item, groupKey: null }
    }
    const { groupKey, group } = splitHome(item, context) ?? groupOf(item)
    if (!open.has(groupKey)) {
      const known = groups.get(groupKey)
      if (!known || startsBefore(item, known.first)) groups.set(groupKey, { group, first: item })
    }
    return { item, groupKey }
  })
  const made = new Map<string, NewIncident>()
  for (const [groupKey, { group, first }] of groups) {
    made.set(groupKey, {
      incidentId: newIncidentId(groupKey, first.signal.startsAt, context),
      groupKey,
      group,
      title: alertTitle(first.signal),
      startedAt: first.signal.startsAt,
    })
  }
  const alerts = homes.map(({ item, groupKey }): Correlated => {
    if (groupKey === null) return stay(item, context)
    const incident = open.get(groupKey)
    const incidentId = incident?.id ?? made.get(groupKey)?.incidentId ?? groupKey
    return { ...item, incidentId, incident, decisions: [...item.decisions, decisionOf(incident)] }
  })
  return {
    alerts,
    made: [...made.values()].sort((a, b) => (a.incidentId < b.incidentId ? -1 : 1)),
  }
}

/**
 * What was split off goes on there while that is open, not where its labels would lead it; null for
 * all other alerts.
 */
function splitHome(
  { previous }: Suppressed,
  { state }: PipelineContext,
): { readonly groupKey: string; readonly group: Record<string, string> } | null {
  const home = previous && state.incidents.get(previous.incidentId)
  if (!home || home.splitFrom === null || home.status === 'closed') return null
  return { groupKey: home.groupKey, group: { ...home.group } }
}

function stay(item: Suppressed, { state }: PipelineContext): Correlated {
  const incidentId = item.previous?.incidentId ?? ''
  const incident = state.incidents.get(incidentId)
  const kept = item.previous?.decisions.find((text) => stageOf(text) === 'correlate')
  return {
    ...item,
    incidentId,
    incident,
    decisions: kept ? [...item.decisions, kept] : item.decisions,
  }
}

/** The incident of each group that can still take an alert; the youngest where there are several. */
function openIncidents({ state }: PipelineContext): Map<string, Incident> {
  const open = new Map<string, Incident>()
  for (const incident of state.incidents.values()) {
    if (incident.status === 'closed') continue
    for (const groupKey of [incident.groupKey, ...incident.joinedGroups]) {
      const other = open.get(groupKey)
      if (!other || incident.triggeredAt >= other.triggeredAt) open.set(groupKey, incident)
    }
  }
  return open
}

/** Groups of one report, each derived once: a storm has many alerts in few groups. */
function createGrouping({ rules, realm, ids }: PipelineContext) {
  const names = [...rules.groupBy].sort()
  const known = new Map<string, { groupKey: string; group: Record<string, string> }>()
  return (item: Suppressed) => {
    let text = ''
    for (const name of names) {
      const value = labelOf(item, name)
      text += `${value.length}:${value}`
    }
    const found = known.get(text)
    if (found) return found
    const group: Record<string, string> = {}
    for (const name of names) {
      const value = labelOf(item, name)
      if (value) group[name] = value
    }
    const made = { groupKey: groupKeyOf(group, item.key, { rules, realm, ids }), group }
    // Alerts without any of the labels have nothing in common.
    if (Object.keys(group).length > 0) known.set(text, made)
    return made
  }
}

function labelOf({ signal }: Suppressed, name: string): string {
  return Object.hasOwn(signal.labels, name) ? (signal.labels[name] ?? '') : ''
}

function startsBefore(a: Suppressed, b: Suppressed): boolean {
  if (a.signal.startsAt !== b.signal.startsAt) return a.signal.startsAt < b.signal.startsAt
  return a.key < b.key
}

/** Derived from the group and its start; counted on when an incident of that id is in the journal. */
function newIncidentId(groupKey: string, startsAt: number, context: PipelineContext): string {
  for (let again = 0; ; again += 1) {
    const id = context.ids.derive('incident', groupKey, String(startsAt), String(again))
    if (!context.isKnownIncident(id)) return id
  }
}

/** The group itself is the incident's: it need not stand with each of its alerts. */
function decisionOf(incident: Incident | undefined): Decision {
  if (!incident) return decision('new-incident')
  return decision(incident.status === 'resolved' ? 'reopened-incident' : 'joined-incident')
}
