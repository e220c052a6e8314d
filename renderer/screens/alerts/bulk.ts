import type { ContractError } from '#shared/contract/errors.ts'
import { isActive } from '#shared/domain/alert/schema.ts'
import { isWorse, type Severity } from '#shared/domain/severity/schema.ts'
import { activeAlerts, type Incident } from '#shared/domain/incident/schema.ts'
import type { AlertEntry } from './entries/alert-entry.ts'
import { availableActions, explainMissing } from '../../engine/commands/availability.ts'

/** What can be done with many at once. */
export type BulkAction = 'acknowledge' | 'snooze' | BulkUndo
/** What takes one of the others back. */
export type BulkUndo = 'unacknowledge' | 'unsnooze'

/** What an action on some alerts comes to: it acts on their incidents. */
export interface BulkPlan {
  readonly action: BulkAction
  /** The incidents that it acts on. */
  readonly incidents: readonly Incident[]
  /** How many of the chosen alerts belong to these. */
  readonly alerts: number
  /** Active alerts of these incidents that were not chosen, and are acted on all the same. */
  readonly others: number
  /** Incidents of chosen alerts that it does not act on, by reason. */
  readonly skipped: readonly { readonly reason: string; readonly incidents: number }[]
  /** Why this reader may not do it at all; left out when they may. */
  readonly forbidden?: string
}

/**
 * Works out what an action on these alerts would do.
 *
 * @param forbidden why this reader may not do it at all; null when they may.
 */
export function planBulk(
  action: BulkAction,
  chosen: Iterable<AlertEntry>,
  forbidden: string | null = null,
): BulkPlan {
  if (forbidden !== null) {
    return { action, incidents: [], alerts: 0, others: 0, skipped: [], forbidden }
  }
  const byIncident = new Map<string, { readonly incident: Incident; active: number; all: number }>()
  const skipped = new Map<string, Set<string>>()
  const skip = (reason: string, incidentId: string) => {
    const known = skipped.get(reason)
    if (known) known.add(incidentId)
    else skipped.set(reason, new Set([incidentId]))
  }
  for (const { alert, incident } of chosen) {
    if (!incident) {
      skip('This incident no longer exists.', alert.incidentId)
      continue
    }
    const reason = refusal(action, incident)
    if (reason !== null) {
      skip(reason, incident.id)
      continue
    }
    const known = byIncident.get(incident.id) ?? { incident, active: 0, all: 0 }
    known.all += 1
    if (isActive(alert)) known.active += 1
    byIncident.set(incident.id, known)
  }
  const targets = [...byIncident.values()]
  return {
    action,
    incidents: targets.map(({ incident }) => incident),
    alerts: targets.reduce((sum, { all }) => sum + all, 0),
    others: targets.reduce(
      (sum, { incident, active }) => sum + Math.max(0, activeAlerts(incident.counts) - active),
      0,
    ),
    skipped: [...skipped].map(([reason, ids]) => ({ reason, incidents: ids.size })),
  }
}

/**
 * Works out what taking back would do: only what this person still has, so that nothing is taken
 * from somebody who took it, or put it away, meanwhile.
 *
 * @param taken what was acknowledged or snoozed.
 * @param mine an incident as it is now, where this person has it or has snoozed it; null where not.
 */
export function planUndo(
  action: BulkUndo,
  taken: readonly Incident[],
  mine: (incidentId: string) => Incident | null,
): BulkPlan {
  const incidents = taken.flatMap(({ id }) => mine(id) ?? [])
  const left = taken.length - incidents.length
  const reason =
    action === 'unsnooze' ? 'No longer snoozed by you.' : 'No longer acknowledged by you.'
  return {
    action,
    incidents,
    alerts: incidents.reduce((sum, { counts }) => sum + activeAlerts(counts), 0),
    others: 0,
    skipped: left === 0 ? [] : [{ reason, incidents: left }],
  }
}

/** The worst severity among the incidents of a plan; null where it has none. */
export function worstOf({ incidents }: Pick<BulkPlan, 'incidents'>): Severity | null {
  let worst: Severity | null = null
  for (const { severity } of incidents) {
    if (worst === null || isWorse(severity, worst)) worst = severity
  }
  return worst
}

/** True where it would acknowledge several incidents at once, a P0 among them: that is always asked. */
export function takesP0AmongOthers(plan: Pick<BulkPlan, 'action' | 'incidents'>): boolean {
  return plan.action === 'acknowledge' && plan.incidents.length > 1 && worstOf(plan) === 'P0'
}

/** A key may act on as many incidents without a question: as many as one has in view. */
export const MAX_UNASKED = 5

function refusal(action: BulkAction, incident: Incident): string | null {
  const isOffered = availableActions(incident, 'open').some((each) => each.action === action)
  if (isOffered) return null
  return incident.snoozed && action === 'snooze'
    ? 'This incident is snoozed already.'
    : explainMissing(incident, action).message
}

/** What became of it on one incident. Kept: the engine is away and gets it when it is back. */
export type BulkOutcome = 'done' | 'kept' | ContractError

/** One incident that it did not work for, and why. */
export interface BulkFailure {
  readonly incident: Incident
  readonly error: ContractError
}

/** How far it is. */
export interface BulkProgress {
  readonly done: number
  readonly kept: number
  readonly failures: readonly BulkFailure[]
}

/** How many have ended, in whatever way. */
export function endedIn({ done, kept, failures }: BulkProgress): number {
  return done + kept + failures.length
}

/** Most requests that are under way at the same time: others are waited for before the next. */
export const MAX_IN_FLIGHT = 8

/**
 * Does the same to many incidents, some at a time. Never throws: what is refused is a failure. What
 * was not started when `signal` says stop is left as it is.
 *
 * @param perform asks the engine about one incident.
 * @param onProgress hears of each that has ended.
 * @returns how it ended.
 */
export async function runBulk(
  incidents: readonly Incident[],
  perform: (incident: Incident) => Promise<BulkOutcome>,
  onProgress: (progress: BulkProgress) => void,
  signal: AbortSignal,
): Promise<BulkProgress> {
  const waiting = incidents.values()
  let progress: BulkProgress = { done: 0, kept: 0, failures: [] }
  const worker = async () => {
    // All workers take from the same line.
    for (const incident of waiting) {
      if (signal.aborted) return
      const outcome = await perform(incident)
      progress = counted(progress, incident, outcome)
      onProgress(progress)
    }
  }
  const workers = Math.min(MAX_IN_FLIGHT, incidents.length)
  await Promise.all(Array.from({ length: workers }, worker))
  return progress
}

function counted(before: BulkProgress, incident: Incident, outcome: BulkOutcome): BulkProgress {
  if (outcome === 'done') return { ...before, done: before.done + 1 }
  if (outcome === 'kept') return { ...before, kept: before.kept + 1 }
  return { ...before, failures: [...before.failures, { incident, error: outcome }] }
}
