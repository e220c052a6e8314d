import { decision, type Decision, type DecisionCode } from '#shared/domain/decision/schema.ts'
import { isWorse, severities } from '#shared/domain/severity/schema.ts'
import { isSuppressed, type Incident } from '#shared/domain/incident/schema.ts'
import { coveredSeverity } from '#shared/domain/incident/set-severity.ts'
import { judgeSnooze } from '#shared/domain/suppression/snooze.ts'
import type { PipelineContext } from './context.ts'
import type { Correlated } from './correlate.ts'

export type Routed = Correlated & {
  /** Why a person must look now; null when the alert does not ask for anybody. */
  readonly asks: 'new' | 'fired-again' | 'worse' | 'unsuppressed' | null
}

/**
 * Stage 6. Who must be paged. Deduplicating alerts and deduplicating pages are two things: an alert
 * can be new and still not page. Until the first channel exists a page ends in the cockpit.
 */
export function route(alerts: readonly Correlated[], context: PipelineContext): readonly Routed[] {
  return alerts.map((item) => {
    const [asks, outcome] = decide(item, context)
    return { ...item, asks, decisions: [...item.decisions, outcome] }
  })
}

function decide(item: Correlated, context: PipelineContext): readonly [Routed['asks'], Decision] {
  const hold = (code: DecisionCode) => [null, decision(code)] as const
  const page = (asks: NonNullable<Routed['asks']>, why: string) =>
    [asks, decision('page', `${why}${whereTo(context)}`)] as const

  const { incident } = item
  const isFresh = item.kind !== 'changed'
  const isBack = isComingBack(item)
  if (item.suppression.length > 0) return hold('hold-suppressed')
  if (isBack && incident?.status === 'resolved' && item.isFlapping) return hold('hold-flapping')
  if (!incident) return page('new', `a new ${item.severity} incident`)
  if (isBack && incident.status === 'resolved') {
    return page('fired-again', `an alert fires again after the incident was resolved`)
  }
  if (judgeSnooze(incident, context.now, item.severity).isSuppressed) return hold('hold-snoozed')
  if (incident.acknowledged) {
    if (isWorse(item.severity, coveredSeverity(incident, incident.acknowledged.severity))) {
      return page(
        'worse',
        `raised to ${item.severity}, acknowledged at ${incident.acknowledged.severity}`,
      )
    }
    if (isRearmed(item, incident) && !item.isFlapping) {
      return page('fired-again', 'the acknowledged alert had resolved and fires again')
    }
    return hold('hold-acknowledged')
  }
  if (isReleased(item) && incident.status === 'triggered' && isWorseThanAsked(item, incident)) {
    return page('unsuppressed', 'it is no longer suppressed')
  }
  if (isFresh && isSuppressed(incident)) {
    return page('unsuppressed', 'it is the first alert of its incident that is not suppressed')
  }
  if (isFresh && isWorse(item.severity, coveredSeverity(incident, incident.severity))) {
    if (wasAsBadBefore(item, incident)) return hold('hold-flapping')
    return page('worse', `raised from ${incident.severity} to ${item.severity}`)
  }
  return hold('hold-joined')
}

/**
 * An acknowledgement holds until the alert resolves, then re-arms (peers 1): this alert was covered
 * by the acknowledgement, resolved after it, and fires again.
 */
function isRearmed(item: Correlated, incident: Incident): boolean {
  const { kind, previous } = item
  if (previous?.incidentId !== incident.id || !incident.acknowledged) return false
  const { at } = incident.acknowledged
  if (kind === 'again' || kind === 'returned') {
    return previous.status !== 'resolved' || previous.statusSince >= at
  }
  // It fired again while it was suppressed, which asked for nobody; now it is not suppressed.
  const resolvedAt = previous.changes.at(-2)
  return isReleased(item) && resolvedAt !== undefined && resolvedAt >= at
}

/** True for an alert that flaps and made this incident as bad before: that was called for then. */
function wasAsBadBefore({ isFlapping, previous, severity }: Correlated, { id }: Incident): boolean {
  return isFlapping && previous?.incidentId === id && !isWorse(severity, previous.severity)
}

/** True where nothing of the incident needs a response yet, or nothing as severe as this alert. */
function isWorseThanAsked({ severity }: Correlated, { counts }: Incident): boolean {
  const asked = severities.find((each) => counts.bySeverity[each] > 0)
  return asked === undefined || isWorse(severity, asked)
}

/** True for an alert that was held back when it was last seen. */
function isReleased({ kind, previous }: Correlated): boolean {
  return kind === 'changed' && (previous?.suppression.length ?? 0) > 0
}

/** True for an alert that fires after nobody thought so: new, or listed again after doubt. */
export function isComingBack({ kind, previous }: Pick<Correlated, 'kind' | 'previous'>): boolean {
  return kind !== 'changed' || previous?.status === 'unconfirmed'
}

function whereTo({ hasChannel }: PipelineContext): string {
  return hasChannel ? '' : ' (no notification channel is configured)'
}
