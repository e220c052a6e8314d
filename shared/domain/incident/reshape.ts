import type { Alert } from '../alert/schema.ts'
import { alertTitle, isActive } from '../alert/schema.ts'
import { compareUrgency } from '../alert/urgency.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, type Result } from '../result/result.ts'
import { compareSeverity, type Severity } from '../severity/schema.ts'
import type { IncidentBody } from './events.ts'
import type { Incident } from './schema.ts'
import { isIncidentOver } from './status.ts'

/** Most alerts that are split off at once. */
export const MAX_SPLIT_ALERTS = 1_000

type Decided = Result<readonly IncidentBody[], CommandRejection>

/** A person says that something is wrong. */
export interface DeclareCommand {
  readonly title: string
  readonly severity: Severity
  readonly description: string | null
  /** Whoever declares it acknowledges it as well: nobody is paged for it. */
  readonly isTaken: boolean
}

/**
 * What the declaration of an incident leads to. Pure.
 *
 * @param incidentId the id of the new incident: another one for each command.
 */
export function decideDeclare(
  { title, severity, description, isTaken }: DeclareCommand,
  incidentId: string,
): readonly IncidentBody[] {
  const groupKey = `declared ${incidentId}`
  const declared = {
    type: 'incident.declared',
    incidentId,
    groupKey,
    group: {},
    title,
    severity,
    description,
  } as const
  return isTaken ? [declared, { type: 'incident.acknowledged', incidentId }] : [declared]
}

/**
 * What merging one incident into another one leads to, or a worded refusal. Pure. The one that is
 * merged is closed, and what it had goes on in the other one.
 */
export function decideMerge(incident: Incident | undefined, into: Incident | undefined): Decided {
  if (!incident) return unknown('This incident is no longer known.')
  if (!into) return unknown('The incident to merge it into is no longer known.')
  if (incident.id === into.id) return refuse('An incident cannot be merged into itself.')
  if (incident.mergedInto !== null) {
    return fail({ code: 'already-done', message: 'This incident was merged already.' })
  }
  if (incident.status === 'closed') return refuse('This incident is closed.')
  if (isIncidentOver(into)) {
    return refuse(
      `The incident to merge it into is ${into.status}.`,
      into.status === 'closed' ? 'Pick an open incident.' : 'Reopen it first.',
    )
  }
  if (incident.isDrill !== into.isDrill) {
    return refuse('Practice and real incidents are not merged with each other.')
  }
  return ok([
    {
      type: 'incident.merged',
      incidentId: incident.id,
      title: incident.title,
      into: into.id,
      intoTitle: into.title,
    },
  ])
}

/** Some alerts of an incident are to be an incident of their own. */
export interface SplitCommand {
  /** The keys of those alerts. */
  readonly keys: readonly string[]
  readonly reason: string | null
}

/**
 * What splitting some alerts off an incident leads to, or a worded refusal. Pure.
 *
 * @param alerts of the incident.
 * @param newId the id of the incident that it makes: another one for each command.
 */
export function decideSplit(
  incident: Incident | undefined,
  alerts: readonly Alert[],
  { keys, reason }: SplitCommand,
  newId: string,
): Decided {
  if (!incident) return unknown('This incident is no longer known.')
  if (isIncidentOver(incident)) {
    return refuse(`This incident is ${incident.status}.`, 'Only an open incident can be split.')
  }
  const wanted = new Set(keys)
  const chosen = alerts.filter(({ key }) => wanted.has(key))
  if (chosen.length < wanted.size) {
    return unknown('Some of these alerts are no longer in this incident.', 'Select them again.')
  }
  const active = chosen.filter(isActive)
  if (active.length === 0) return refuse('Select at least one alert that is still firing.')
  if (!alerts.some((alert) => isActive(alert) && !wanted.has(alert.key))) {
    return refuse('At least one firing alert has to stay.', 'To rename the incident, add a note.')
  }
  const [worst] = active.toSorted(compareUrgency)
  const [severest] = active.toSorted((a, b) => compareSeverity(a.severity, b.severity))
  if (!worst || !severest) return refuse('Select at least one alert that is still firing.')
  return ok([
    {
      type: 'incident.split',
      incidentId: incident.id,
      into: newId,
      groupKey: `split ${newId}`,
      title: alertTitle(worst),
      severity: severest.severity,
      startedAt: Math.min(...chosen.map(({ startsAt }) => startsAt)),
      keys: chosen.map(({ key }) => key),
      reason,
    },
  ])
}

function unknown(message: string, hint?: string): Decided {
  return fail({ code: 'not-found', message, ...(hint === undefined ? {} : { hint }) })
}

function refuse(message: string, hint?: string): Decided {
  return fail({ code: 'not-allowed-now', message, ...(hint === undefined ? {} : { hint }) })
}
