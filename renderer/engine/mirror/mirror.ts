import {
  LOST_AFTER_MS,
  type Covered,
  type EngineStatus,
  type PushMessage,
} from '#shared/contract/messages.ts'
import type { IncidentMeasurements } from '#shared/domain/measurement/schema.ts'
import type { ServiceTexts } from '#shared/domain/service/texts.ts'
import type { Pulse } from '#shared/domain/source/schema.ts'
import { incidentsOf, type Event } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { fromSnapshot, type WatchState } from '#shared/domain/watch/state.ts'

/** What the engine said and when it arrived here, ms on this page's steady clock. */
export interface Received<Value> {
  readonly value: Value
  readonly receivedAt: number
}

/** The engine's state as this page knows it. Read-only: only messages of the engine change it. */
export interface Mirror {
  /** Null before the first snapshot. */
  readonly watch: WatchState | null
  readonly status: EngineStatus | null
  /** By source id. */
  readonly pulses: ReadonlyMap<string, Received<Pulse>>
  /** What is measured for incidents, by their id. Of a lost engine it is what was known last. */
  readonly measurements: ReadonlyMap<string, IncidentMeasurements>
  /** The last event that came of each incident while this page was open, by the incident's id. */
  readonly recorded: ReadonlyMap<string, number>
  /** What the playbook says the company runs. */
  readonly services: readonly ServiceTexts[]
  /** The engine's wall clock, ms since the epoch, UTC, at its last pulse. */
  readonly engineClock: Received<number> | null
  /** Since when a snapshot is waited for, ms on the steady clock; null while in step. */
  readonly awaitingSince: number | null
}

export const emptyMirror: Mirror = {
  watch: null,
  status: null,
  pulses: new Map(),
  measurements: new Map(),
  recorded: new Map(),
  services: [],
  engineClock: null,
  awaitingSince: 0,
}

/** What a message led to: the next mirror, the events that were new, whether to ask for a snapshot. */
export interface Applied {
  readonly mirror: Mirror
  readonly events: readonly Event[]
  readonly needsSync: boolean
}

/**
 * The mirror after a message. Events are numbered: those known already are skipped, and after a gap
 * a snapshot is asked for once and events are ignored until it has come.
 *
 * @param receivedAt ms on this page's steady clock.
 */
export function applyMessage(mirror: Mirror, message: PushMessage, receivedAt: number): Applied {
  switch (message.type) {
    case 'snapshot':
      return unchanged({ ...mirror, watch: fromSnapshot(message.state), awaitingSince: null })
    case 'delta':
      return applyEvents(mirror, message, receivedAt)
    case 'status':
      return unchanged({ ...mirror, status: message.status })
    // For whoever steers the screen: it changes nothing that is known.
    case 'open':
      return unchanged(mirror)
    case 'measurements': {
      const known = message.all ? [] : mirror.measurements
      const next = [...message.incidents.map((each) => [each.incidentId, each] as const)]
      const measurements = new Map([...known, ...next])
      for (const [id, each] of next) if (isNothing(each)) measurements.delete(id)
      return unchanged({ ...mirror, measurements })
    }
    case 'services':
      return unchanged({ ...mirror, services: message.services })
    case 'pulse': {
      const pulses = new Map(
        message.pulses.map((pulse) => [pulse.sourceId, { value: pulse, receivedAt }]),
      )
      const engineClock = { value: message.now, receivedAt }
      return askAgainIfOverdue({ ...mirror, pulses, engineClock }, receivedAt)
    }
  }
}

/**
 * A part of the state could not be read: a snapshot is asked for, and until it has come events are
 * ignored. Not more often than a lost one is asked for again: the next one may have the same hole.
 *
 * @param askedAt when that was done for the last time, ms on the steady clock.
 */
export function missed(mirror: Mirror, askedAt: number, now: number): Applied {
  if (mirror.awaitingSince !== null) return askAgainIfOverdue(mirror, now)
  return askAgainIfOverdue({ ...mirror, awaitingSince: askedAt }, now)
}

/** The connection ended: what comes next starts with a snapshot. */
export function disconnected(mirror: Mirror, at: number): Mirror {
  return { ...mirror, awaitingSince: mirror.awaitingSince ?? at }
}

/** An incident of which nothing is measured any more. */
function isNothing({ values, triggers, criteria }: IncidentMeasurements): boolean {
  return [values, triggers, criteria].every((part) => Object.keys(part).length === 0)
}

function unchanged(mirror: Mirror): Applied {
  return { mirror, events: [], needsSync: false }
}

function applyEvents(mirror: Mirror, delta: Delta, receivedAt: number): Applied {
  const { watch } = mirror
  if (!watch || mirror.awaitingSince !== null) return unchanged(mirror)
  const fresh = delta.events.filter((event) => event.seq > watch.seq)
  const seq = numberAfter(watch.seq, fresh, delta.covers)
  if (seq === null) {
    return { mirror: { ...mirror, awaitingSince: receivedAt }, events: [], needsSync: true }
  }
  if (seq === watch.seq) return unchanged(mirror)
  const recorded = recordedAfter(mirror.recorded, fresh)
  return {
    mirror: { ...mirror, watch: { ...evolve(watch, fresh), seq }, recorded },
    events: fresh,
    needsSync: false,
  }
}

interface Delta {
  readonly events: readonly Event[]
  readonly covers?: Covered | undefined
}

/** The last event that is known with these; null after a gap. */
function numberAfter(
  known: number,
  fresh: readonly Event[],
  covers: Covered | undefined,
): number | null {
  if (!covers) {
    const isInStep = fresh.every((event, index) => event.seq === known + 1 + index)
    return isInStep ? known + fresh.length : null
  }
  // Of what is left out the engine says itself that it stands between.
  return covers.from <= known + 1 ? Math.max(known, covers.through) : null
}

function recordedAfter(before: Mirror['recorded'], events: readonly Event[]): Mirror['recorded'] {
  const after = new Map(before)
  for (const { seq, body } of events) {
    for (const id of incidentsOf(body)) after.set(id, seq)
  }
  return after
}

/** A snapshot that does not come while the engine is alive was lost on the way: ask again. */
function askAgainIfOverdue(mirror: Mirror, now: number): Applied {
  if (mirror.awaitingSince === null || now - mirror.awaitingSince < LOST_AFTER_MS) {
    return unchanged(mirror)
  }
  return { mirror: { ...mirror, awaitingSince: now }, events: [], needsSync: true }
}
