import type { Incident } from '#shared/domain/incident/schema.ts'
import { SELF_SOURCE_ID, type Source } from '#shared/domain/source/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { MAX_CLOSED } from '#shared/domain/watch/evolve.ts'
import { whoIs } from '../text/who.ts'
import { byUrgency, sectionOf } from './queue.ts'

/** Not looked at for less than this, ms, is not worth a word. */
export const AWAY_AFTER_MS = 60_000

/** A source that was not heard for this long, ms, was lost; less than that is a hiccup. */
const LOST_FOR_MS = 60_000

/** A source that could not be heard while nobody looked. Times in ms since the epoch, UTC. */
export interface SourceGap {
  readonly source: Source
  /** When it was last heard before that; null when it never was. */
  readonly from: number | null
  /** When it came back; null while it has not. */
  readonly until: number | null
}

/** What happened while nobody looked. Times in ms since the epoch, UTC, on the engine's clock. */
export interface AwayDigest {
  readonly from: number
  readonly until: number
  /** Asked for a person since, and still does. */
  readonly needsYou: readonly Incident[]
  /** Fired and ended without anybody. */
  readonly firedAndCleared: readonly Incident[]
  /** Was there before, and ended without anybody. */
  readonly cleared: readonly Incident[]
  /** Somebody else acknowledged, resolved or closed it. */
  readonly byOthers: readonly Incident[]
  readonly gaps: readonly SourceGap[]
  /**
   * True when there was more than can be told: the state keeps the newest closed incidents only, and
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
  watch: Pick<WatchState, 'incidents' | 'sources'>,
  from: number,
  until: number,
  me: string | undefined,
): AwayDigest | null {
  if (until - from < AWAY_AFTER_MS) return null
  const incidents = [...watch.incidents.values()].sort(byUrgency)
  const isOver = ({ resolved }: Incident) =>
    resolved !== null && resolved.at > from && resolved.by.kind !== 'person'
  const digest: AwayDigest = {
    from,
    until,
    needsYou: incidents.filter(
      (incident) => incident.triggeredAt > from && sectionOf(incident) === 'needs-you',
    ),
    firedAndCleared: incidents.filter((each) => isOver(each) && each.triggeredAt > from),
    cleared: incidents.filter((each) => isOver(each) && each.triggeredAt <= from),
    byOthers: incidents.filter((incident) => wasTakenByOther(incident, from, me)),
    gaps: [...watch.sources.values()].flatMap((source) => gapOf(source, from) ?? []),
    isAtLeast: isCut(incidents, from),
  }
  const { needsYou, firedAndCleared, cleared, byOthers, gaps } = digest
  const lists = [needsYou, firedAndCleared, cleared, byOthers, gaps]
  return lists.some((list) => list.length > 0) ? digest : null
}

function wasTakenByOther(
  { acknowledged, resolved, closed }: Incident,
  from: number,
  me: string | undefined,
): boolean {
  return [acknowledged, resolved, closed].some(
    (deed) =>
      deed !== null && deed.at > from && deed.by.kind === 'person' && whoIs(deed.by, me) !== 'you',
  )
}

function gapOf(source: Source, from: number): SourceGap | null {
  const { id, health, since, lastAnswerAt } = source
  if (id === SELF_SOURCE_ID || since <= from) return null
  if (health === 'failing' || health === 'stale') {
    return { source, from: lastAnswerAt, until: null }
  }
  const wasLost = lastAnswerAt !== null && since - lastAnswerAt >= LOST_FOR_MS
  return health === 'healthy' && wasLost ? { source, from: lastAnswerAt, until: since } : null
}

function isCut(incidents: readonly Incident[], from: number): boolean {
  const closed = incidents.filter(({ status }) => status === 'closed')
  return closed.length >= MAX_CLOSED && closed.every((each) => (each.closed?.at ?? 0) > from)
}
