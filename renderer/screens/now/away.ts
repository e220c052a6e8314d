import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { SELF_SOURCE_ID } from '#shared/domain/source/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { MAX_CLOSED } from '#shared/domain/incident/follow.ts'
import { byUrgency, sectionOf } from '../../engine/watch/queue.ts'
import type { Reader } from '#shared/domain/person/identity.ts'
import { isReader } from '#shared/domain/actor/person.ts'

/** Not looked at for less than this, ms, is not worth a word. */
export const AWAY_AFTER_MS = 60_000

/** A source that could not be heard while nobody looked. Times in ms since the epoch, UTC. */
export interface SourceGap {
  readonly id: string
  readonly name: string
  readonly incidentId: string
  /** Since when it was known to be silent. */
  readonly from: number
  /** When it came back; null while it has not. */
  readonly until: number | null
}

/** What happened while nobody looked. Times in ms since the epoch, UTC, on the engine's clock. */
export interface AwayDigest {
  readonly from: number
  readonly until: number
  /** Asked for a person since, and still does. */
  readonly triggered: readonly Incident[]
  /** Fired and ended without anybody. */
  readonly firedAndResolved: readonly Incident[]
  /** Was there before, and ended without anybody. */
  readonly resolved: readonly Incident[]
  /** Somebody else acknowledged, resolved or closed it. */
  readonly byOthers: readonly Incident[]
  readonly gaps: readonly SourceGap[]
  /**
   * True when there was more than can be listed: the state keeps the newest closed incidents only, and
   * all of these were closed since.
   */
  readonly isAtLeast: boolean
}

/**
 * What happened between two moments, from how things stand now and since when: so it is right after
 * a reload, a gap in the connection or a restart of the engine. Null when nothing is worth a word.
 *
 * @param from when somebody last looked, ms since the epoch, UTC, on the engine's clock.
 * @param me the person that looks; what they did elsewhere is no news to them.
 */
export function awayDigest(
  watch: Pick<WatchState, 'alerts' | 'incidents' | 'sources'>,
  from: number,
  until: number,
  me: Reader | undefined,
): AwayDigest | null {
  if (until - from < AWAY_AFTER_MS) return null
  const gaps: SourceGap[] = []
  for (const alert of watch.alerts.values()) {
    const gap = gapOf(alert, watch.sources, from)
    if (gap) gaps.push(gap)
  }
  // What is listed as a source that was lost is not listed again as an incident.
  const told = new Set(gaps.map(({ incidentId }) => incidentId))
  const incidents = [...watch.incidents.values()].filter(({ id }) => !told.has(id)).sort(byUrgency)
  const isOver = ({ resolved }: Incident) =>
    resolved !== null && resolved.at > from && resolved.by.kind !== 'person'
  const digest: AwayDigest = {
    from,
    until,
    triggered: incidents.filter(
      (incident) => incident.triggeredAt > from && sectionOf(incident) === 'triggered',
    ),
    firedAndResolved: incidents.filter((each) => isOver(each) && each.triggeredAt > from),
    resolved: incidents.filter((each) => isOver(each) && each.triggeredAt <= from),
    byOthers: incidents.filter((incident) => wasTakenByOther(incident, from, me)),
    gaps,
    isAtLeast: isCut(incidents, from),
  }
  const { triggered, firedAndResolved, resolved, byOthers } = digest
  const lists = [triggered, firedAndResolved, resolved, byOthers, gaps]
  return lists.some((list) => list.length > 0) ? digest : null
}

function wasTakenByOther(
  { acknowledged, resolved, closed }: Incident,
  from: number,
  me: Reader | undefined,
): boolean {
  return [acknowledged, resolved, closed].some(
    (step) =>
      step !== null && step.at > from && step.by.kind === 'person' && !isReader(step.by, me),
  )
}

/** Deckwatch's own alert about a source tells when that was silent, and when it came back. */
function gapOf(alert: Alert, sources: WatchState['sources'], from: number): SourceGap | null {
  const isOurs =
    alert.endedBy === SELF_SOURCE_ID || Object.hasOwn(alert.observations, SELF_SOURCE_ID)
  if (!isOurs || alert.labels['alertname'] !== 'SourceNotAnswering') return null
  const id = alert.labels['source'] ?? ''
  const gap = { id, name: sources.get(id)?.name ?? id, incidentId: alert.incidentId }
  if (isActive(alert)) {
    return alert.startsAt > from ? { ...gap, from: alert.startsAt, until: null } : null
  }
  return alert.statusSince > from
    ? { ...gap, from: alert.startsAt, until: alert.statusSince }
    : null
}

function isCut(incidents: readonly Incident[], from: number): boolean {
  const closed = incidents.filter(({ status }) => status === 'closed')
  return closed.length >= MAX_CLOSED && closed.every((each) => (each.closed?.at ?? 0) > from)
}
