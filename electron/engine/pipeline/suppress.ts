import { changesWithin } from '#shared/domain/alert/flapping.ts'
import type { Alert, Labels, Observation, Suppression } from '#shared/domain/alert/schema.ts'
import { mergeSuppression } from '#shared/domain/alert/suppression.ts'
import { explainSuppression } from '#shared/domain/alert/explain.ts'
import { decision, type Decision } from '#shared/domain/decision/schema.ts'
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

const nothing: Suppression[] = []

function suppressionOfSighting(item: Classified, context: PipelineContext): Suppression[] {
  const { sourceId } = context
  const known = item.kind === 'changed' ? (item.previous?.observations ?? {}) : {}
  const isSeenHereOnly = Object.keys(known).every((id) => id === sourceId)
  // The usual case of a storm: one source, which silences nothing.
  if (isSeenHereOnly && !item.observation.suppression?.length) {
    if (context.heartbeatOf(item.signal.labels, [sourceId]) === null) return nothing
  }
  const observations = { ...known, [sourceId]: item.observation }
  return suppressionOf(item.signal.labels, observations, context)
}

/** Why an alert with these observations is held back; empty when it is not. */
export function suppressionOf(
  labels: Labels,
  observations: Readonly<Record<string, Observation>>,
  { heartbeatOf }: Pick<PipelineContext, 'heartbeatOf'>,
): Suppression[] {
  return mergeSuppression(observations, heartbeatOf(labels, Object.keys(observations)))
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
