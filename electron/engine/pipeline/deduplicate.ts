import { observationBy } from '#shared/domain/alert/observations.ts'
import { isActive, type Alert, type Observation, type Signal } from '#shared/domain/alert/schema.ts'
import { decision, type Decision, type DecisionCode } from '#shared/domain/decision/schema.ts'
import type { SourceReport } from '../ports/source.ts'
import type { PipelineContext } from './context.ts'
import { alertKey, type KeyedSignal } from './normalise.ts'

/** An alert that a source lists with something new in it. */
export interface Sighting {
  /** new: never seen. again: had resolved and fires again. returned: the same episode after all. */
  readonly kind: 'new' | 'again' | 'returned' | 'changed'
  readonly key: string
  readonly alertId: string
  readonly signal: Signal
  readonly observation: Observation
  readonly previous: Alert | undefined
  readonly decisions: readonly Decision[]
}

/** An alert that a source listed and no longer lists. */
export interface Disappearance {
  readonly alert: Alert
  /** gone: the source says so. unknown: the source lost its memory and cannot say. */
  readonly how: 'gone' | 'unknown'
}

export interface Changes {
  readonly sightings: readonly Sighting[]
  readonly disappearances: readonly Disappearance[]
}

/**
 * Stage 2. Compares with what is known, so that only changes go on. Realm and labels are the identity:
 * what several sources or replicas of one realm list is one alert.
 */
export function deduplicate(
  keyed: readonly KeyedSignal[],
  report: Pick<SourceReport, 'kind' | 'gone' | 'instance'>,
  context: PipelineContext,
): Changes {
  const sightings: Sighting[] = []
  for (const item of keyed) {
    const sighting = compare(item, context)
    if (sighting) sightings.push(sighting)
  }
  return { sightings, disappearances: disappearances(keyed, report, context) }
}

function compare(
  { key, signal, decisions }: KeyedSignal,
  context: PipelineContext,
): Sighting | null {
  const { state, sourceId, ids } = context
  const previous = state.alerts.get(key)
  const known = previous && observationBy(previous, sourceId)
  const observation: Observation = {
    presence: 'present',
    startsAt: signal.startsAt,
    generatorUrl: signal.generatorUrl,
    receivers: [...signal.receivers],
    suppression: signal.suppression === null ? null : [...signal.suppression],
  }
  const idOf = () => ids.derive('episode', key, String(signal.startsAt))
  const sighting = (kind: Sighting['kind'], alertId: string, code: DecisionCode): Sighting => ({
    kind,
    key,
    alertId,
    signal,
    observation,
    previous,
    decisions: [...decisions, decision(code, sourceId)],
  })
  if (!previous) return sighting('new', idOf(), 'first-seen')
  if (!isActive(previous)) {
    const alertId = idOf()
    return alertId === previous.id
      ? sighting('returned', alertId, 'fired-again')
      : sighting('again', alertId, 'fired-again')
  }
  if (known && isNewEpisode(signal, known, previous, sourceId)) {
    return sighting('again', idOf(), 'fired-again')
  }
  if (known && isSame(observation, known) && sameTexts(signal.annotations, previous.annotations)) {
    return null
  }
  const others = Object.keys(previous.observations).filter((id) => id !== sourceId)
  const changed = sighting('changed', previous.id, 'seen-again')
  if (known || others.length === 0) return changed
  const detail = [...others, sourceId].sort().join(' and ')
  return { ...changed, decisions: [...decisions, decision('merged', detail)] }
}

/**
 * A later start from a source that listed it means that it resolved and fired between two polls.
 * With several sources, only when all of them agree on the new start: replicas are asked at
 * different moments, and Prometheus counts from another moment than Alertmanager.
 */
function isNewEpisode(
  signal: Signal,
  known: Observation,
  previous: Alert,
  sourceId: string,
): boolean {
  if (known.presence !== 'present' || signal.isStartEstimated) return false
  if (signal.startsAt <= known.startsAt || signal.startsAt <= previous.startsAt) return false
  return Object.entries(previous.observations).every(
    ([id, other]) =>
      id === sourceId || other.presence !== 'present' || other.startsAt === signal.startsAt,
  )
}

function isSame(a: Observation, b: Observation): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b))
}

/** Fixed order of fields: what was read back from the journal may have another one. */
function canonical(observation: Observation): unknown {
  return [
    observation.presence,
    observation.startsAt,
    observation.generatorUrl,
    observation.receivers,
    observation.suppression?.map((suppression) =>
      Object.entries(suppression).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  ]
}

function sameTexts(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

function disappearances(
  keyed: readonly KeyedSignal[],
  report: Pick<SourceReport, 'kind' | 'gone' | 'instance'>,
  { state, sourceId, realm, ids }: PipelineContext,
): Disappearance[] {
  const known = state.sources.get(sourceId)?.instance ?? null
  const hasRestarted = known !== null && report.instance !== null && known !== report.instance
  const how = hasRestarted ? 'unknown' : 'gone'
  const listed = new Set(keyed.map(({ key }) => key))
  const candidates =
    report.kind === 'all'
      ? state.alerts.values()
      : report.gone.map((labels) => state.alerts.get(alertKey(labels, realm, ids)))
  const vanished = new Map<string, Disappearance>()
  for (const alert of candidates) {
    // What a source cannot tell stays so until the source lists it again.
    if (!alert || observationBy(alert, sourceId)?.presence !== 'present') continue
    if (!listed.has(alert.key)) vanished.set(alert.key, { alert, how })
  }
  return [...vanished.values()].sort((a, b) => (a.alert.key < b.alert.key ? -1 : 1))
}
