import { changesWithin } from '#shared/domain/alert/flapping.ts'
import type { Alert, Suppression } from '#shared/domain/alert/schema.ts'
import { explainSuppression } from '#shared/domain/alert/explain.ts'
import { decision, type Decision } from '#shared/domain/decision/schema.ts'
import {
  judgeSuppression,
  type JudgedAlert,
  type SuppressionMoment,
} from '#shared/domain/suppression/judge.ts'
import type { Classified } from './classify.ts'
import type { PipelineContext } from './context.ts'

export type Suppressed = Classified & {
  readonly suppression: Suppression[]
  readonly isFlapping: boolean
  /** The number of changes, when this one makes the alert a flapping one. */
  readonly startsFlapping: number | null
}

/**
 * Stage 4. What its sources hold back, what is a heartbeat, what flaps. Suppressed is a state with a
 * reason, not a deletion. Snooze belongs to incidents and is weighed where they are routed.
 */
export function suppress(
  classified: readonly Classified[],
  context: PipelineContext,
): readonly Suppressed[] {
  return classified.map((item) => {
    const suppression = suppressionOfSighting(item, context)
    const flapping = flappingOf(item, context)
    const decisions = [...item.decisions, suppressionDecision(suppression)]
    if (flapping.isFlapping) {
      decisions.push(flappingDecision(context))
    }
    return { ...item, suppression, ...flapping, decisions }
  })
}

function suppressionOfSighting(item: Classified, context: PipelineContext): Suppression[] {
  const known = item.kind === 'changed' ? (item.previous?.observations ?? {}) : {}
  const observations = { ...known, [context.sourceId]: item.observation }
  return suppressionOf({ labels: item.signal.labels, observations }, context)
}

/** What is recorded of why an alert is suppressed now; empty when it is not. */
export function suppressionOf(alert: JudgedAlert, moment: SuppressionMoment): Suppression[] {
  return [...judgeSuppression(alert, moment).reasons]
}

/** The decision that stands for a list of suppressions. */
export function suppressionDecision(suppression: readonly Suppression[]): Decision {
  const [first] = suppression
  if (!first) return decision('not-suppressed')
  if (first.kind === 'heartbeat') return decision('heartbeat', first.id)
  return decision('suppressed-by-source', suppression.map(explainSuppression).join('; '))
}

function flappingDecision({ rules }: PipelineContext): Decision {
  const { changes, withinMs } = rules.flapping
  return decision('flapping', `${String(changes)} ${String(Math.round(withinMs / 60_000))}`)
}

function flappingOf(
  { kind, previous }: Classified,
  { rules, now }: PipelineContext,
): Pick<Suppressed, 'isFlapping' | 'startsFlapping'> {
  const isKnown = previous !== undefined && previous.flappingSince !== null
  if (isKnown || kind === 'changed') return { isFlapping: isKnown, startsFlapping: null }
  // Resolved and fired between two polls: both are changes.
  const isOverlooked = kind === 'again' && previous?.status !== 'resolved'
  const changes = changesOf(previous, rules.flapping, now, isOverlooked ? 2 : 1)
  return { isFlapping: changes !== null, startsFlapping: changes }
}

/** How many changes make an alert that changes now a flapping one; null when it does not flap. */
export function changesOf(
  alert: Alert | undefined,
  rule: PipelineContext['rules']['flapping'],
  now: number,
  fresh?: number,
): number | null {
  const changes = changesWithin(alert, rule, now, fresh)
  return changes >= rule.changes ? changes : null
}
