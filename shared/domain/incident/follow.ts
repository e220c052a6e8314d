import { saidAt } from '../actor/schema.ts'
import type { Alert } from '../alert/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import { baselineOf, movedBaseline } from './baseline.ts'
import { countAlert, noAlerts } from './counts.ts'
import { isWorse } from '../severity/schema.ts'
import { pagedOf, type Held } from './paging.ts'
import type { Incident } from './schema.ts'
import { severityBy } from './set-severity.ts'

/** Closed incidents that stay in the state, newest first; the journal keeps all of them. */
export const MAX_CLOSED = 50

/**
 * The incident with one alert more (`by` 1) or less (-1), as it counts.
 *
 * @param at ms since the epoch, UTC.
 */
export function withAlert(incident: Incident, alert: Alert, by: 1 | -1, at: number): Incident {
  const counts = countAlert(incident.counts, alert, by)
  return {
    ...incident,
    counts,
    severity: severityBy(counts, incident.setSeverity) ?? incident.severity,
    revision: incident.revision + 1,
    changedAt: at,
  }
}

/**
 * A person just put the incident aside: what fires now is what growth is measured from. What they
 * said earlier, while the engine was away, is measured from what fired then.
 *
 * @param alerts of this incident.
 */
export function withBaseline(
  incident: Incident,
  alerts: readonly Alert[],
  { at, actor }: Occurrence,
): Incident {
  const said = saidAt(actor, at)
  return { ...incident, baseline: baselineOf(alerts, said < at ? said : undefined) }
}

/**
 * The incident after some of its alerts got other identities: as many more as it has by that were
 * there before, under one identity, so that nothing has grown.
 *
 * @param before as it was.
 * @param moved with its new labels.
 */
export function withMovedBaseline(
  before: Incident,
  after: Incident,
  moved: Pick<Alert, 'labels'>,
): Incident {
  const { baseline } = after
  if (!baseline) return after
  return { ...after, baseline: movedBaseline(baseline, before.counts, after.counts, moved.labels) }
}

/**
 * The incident after changed rules gave one of its alerts another severity: it fired before, so that
 * nothing has grown. One that the rules suppress no longer is not covered: it does join.
 *
 * @param before as it was.
 * @param was the alert before.
 */
export function withReclassified(
  before: Incident,
  after: Incident,
  was: Alert,
  is: Alert,
): Incident {
  const isHeld = was.suppression.length > 0 || is.suppression.length > 0
  return isHeld || was.severity === is.severity ? after : withMovedBaseline(before, after, is)
}

/**
 * Something was recorded beside the incident, so that there is something new to read of it: a silence
 * of its alerts, a change near its start. Whether alerts are suppressed is for their sources to say.
 *
 * @param at ms since the epoch, UTC.
 */
export function withNews(incident: Incident, at: number): Incident {
  return { ...incident, revision: incident.revision + 1, changedAt: at }
}

/**
 * An incident after another one was merged into it: the groups of both are its own, and what came with
 * the other one is known to whoever acknowledged or snoozed this one.
 *
 * @param alerts of both.
 */
export function withMerged(
  into: Incident,
  from: Incident,
  alerts: readonly Alert[],
  at: number,
): Incident {
  const { acknowledged, baseline, severity } = into
  const isWorseNow = acknowledged !== null && isWorse(severity, acknowledged.severity)
  return {
    ...into,
    startedAt: Math.min(into.startedAt, from.startedAt),
    joinedGroups: [...new Set([...into.joinedGroups, from.groupKey, ...from.joinedGroups])],
    notes: into.notes + from.notes,
    acknowledged: isWorseNow ? { ...acknowledged, severity } : acknowledged,
    baseline: baseline && baselineOf(alerts),
    // Practice with something real in it is real.
    isDrill: into.isDrill && from.isDrill,
    revision: into.revision + 1,
    changedAt: at,
  }
}

/** A closed incident leaves its alerts to the journal. */
export function withoutAlerts(closed: Incident): Incident {
  return { ...closed, counts: { ...noAlerts } }
}

/** It was paged. Its revision stays: a page changes nothing of what the incident is. */
export function withPage(
  incident: Incident,
  page: { readonly id: string; readonly at: number; readonly recipient: string },
): Incident {
  const { recipient } = page
  const paged = {
    pageId: page.id,
    at: page.at,
    askedAt: incident.triggeredAt,
    count: (pagedOf(incident, recipient)?.count ?? 0) + 1,
  }
  const { [recipient]: _over, ...held } = incident.held
  return { ...incident, paged: { ...incident.paged, [recipient]: paged }, held }
}

/** A page that reached nobody was no call, whatever the reason: it is to be made anew. */
export function withLostPage(
  incident: Incident,
  { id, recipient }: { readonly id: string; readonly recipient: string },
): Incident {
  const paged = pagedOf(incident, recipient)
  if (paged?.pageId !== id) return incident
  return { ...incident, paged: { ...incident.paged, [recipient]: { ...paged, askedAt: 0 } } }
}

/** The page to this person is held back. */
export function withHold(incident: Incident, recipient: string, held: Held): Incident {
  return { ...incident, held: { ...incident.held, [recipient]: held } }
}

/** The closed incidents that are left to the journal: all but the newest. */
export function closedToForget(incidents: Iterable<Incident>): readonly Incident[] {
  return [...incidents]
    .filter((incident) => incident.status === 'closed')
    .sort((a, b) => (b.closed?.at ?? 0) - (a.closed?.at ?? 0) || (a.id < b.id ? -1 : 1))
    .slice(MAX_CLOSED)
}
