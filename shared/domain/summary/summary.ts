import type { Actor } from '../actor/schema.ts'
import type { Alert, Labels } from '../alert/schema.ts'
import type { PastIncident } from '../history/schema.ts'
import type { Severity } from '../severity/schema.ts'
import { DRILL_TYPE } from '../source/drill.ts'
import type { Source } from '../source/schema.ts'
import type { Incident, IncidentStatus } from '../incident/schema.ts'

/** What somebody did, by name. `at` in ms since the epoch, UTC. */
export interface SummaryStep {
  readonly at: number
  readonly by: string
}

/**
 * What is said of an incident outside of Deckwatch, open or long closed. Times in ms since the epoch,
 * UTC; persons by name, because whoever reads it is not the reader of this cockpit.
 */
export interface IncidentSummary {
  readonly id: string
  readonly title: string
  /** What it is now, or was at last. */
  readonly severity: Severity
  readonly status: IncidentStatus
  readonly isDrill: boolean
  readonly startedAt: number
  readonly acknowledged: SummaryStep | null
  readonly mitigated: SummaryStep | null
  /** When a snooze ends; null while there is none. */
  readonly snoozedUntil: number | null
  readonly resolved: SummaryStep | null
  readonly closed: SummaryStep | null
  /** The labels that its alerts share. */
  readonly labels: Labels
  /** Of a confidential one: the names of those who may see it besides the owner. Else not there. */
  readonly confidentialFor?: readonly string[]
}

/** `CONFIDENTIAL: for Ada, Bo and the owner of this Deckwatch only`. */
export function confidentialLead(names: readonly string[]): string {
  const others = names.length === 0 ? '' : `${names.join(', ')} and `
  return `CONFIDENTIAL: for ${others}the owner of this Deckwatch only`
}

/** Says an actor's name. */
type NameOf = (actor: Actor) => string

const stepOf = (
  step: { readonly at: number; readonly by: Actor } | null,
  nameOf: NameOf,
): SummaryStep | null => step && { at: step.at, by: nameOf(step.by) }

/**
 * Sums up an incident of the state.
 *
 * @param alerts all that are known of it.
 */
export function summaryOf(
  incident: Incident,
  alerts: readonly Pick<Alert, 'observations' | 'endedBy'>[],
  sources: ReadonlyMap<string, Pick<Source, 'type'>>,
  nameOf: NameOf,
): IncidentSummary {
  const { id, title, severity, status, startedAt, group, snoozed } = incident
  return {
    id,
    title,
    severity,
    status,
    isDrill: isOfDrill(alerts, sources),
    startedAt,
    acknowledged: stepOf(incident.acknowledged, nameOf),
    mitigated: stepOf(incident.mitigated, nameOf),
    snoozedUntil: snoozed?.until ?? null,
    resolved: stepOf(incident.resolved, nameOf),
    closed: stepOf(incident.closed, nameOf),
    labels: group,
  }
}

/** Sums up an incident as history knows it. */
export function summaryOfPast(past: PastIncident, nameOf: NameOf): IncidentSummary {
  const { id, title, lastSeverity, status, isDrill, startedAt, group } = past
  return {
    id,
    title,
    severity: lastSeverity,
    status,
    isDrill,
    startedAt,
    acknowledged: stepOf(past.acknowledged, nameOf),
    mitigated: stepOf(past.mitigated, nameOf),
    snoozedUntil: null,
    resolved: stepOf(past.resolved, nameOf),
    closed: stepOf(past.closed, nameOf),
    labels: group,
  }
}

/** True when all that reported, or ended, one of the alerts is a drill. False where nobody is known. */
function isOfDrill(
  alerts: readonly Pick<Alert, 'observations' | 'endedBy'>[],
  sources: ReadonlyMap<string, Pick<Source, 'type'>>,
): boolean {
  const ids = alerts.flatMap(({ observations, endedBy }) => [
    ...Object.keys(observations),
    ...(endedBy === null ? [] : [endedBy]),
  ])
  return ids.length > 0 && ids.every((id) => sources.get(id)?.type === DRILL_TYPE)
}
