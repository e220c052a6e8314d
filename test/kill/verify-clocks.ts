import { evolveClocks } from '#shared/domain/clock/evolve.ts'
import { clockKinds, type IncidentClocks } from '#shared/domain/clock/schema.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import { LASTING } from './storm.ts'

/** What became of the response clocks, against what was promised. */
export interface ClocksVerdict {
  readonly started: number
  readonly expired: number
  /** Of those that expired, how many were recorded by a later engine, or after a pause. */
  readonly late: number
  /** Clocks that were not met in time, and no event says so. */
  readonly lost: readonly string[]
  /** Clocks of which it is said twice. */
  readonly doubled: readonly string[]
  /** Said before it was due, or of a clock that was met in time. */
  readonly untrue: readonly string[]
  /** Alerts that stay, by their service: those whose incident nobody acknowledged in time. */
  readonly lastingExpired: readonly string[]
}

/** A tick is a second; what is recorded later than this, ms, was not seen by the engine of the time. */
const LATE_MS = 2_000

/** @param until what was due by then must be recorded, ms since the epoch on the hasty clock. */
export function verifyClocks(events: readonly Event[], until: number): ClocksVerdict {
  const clocks = new Map<string, IncidentClocks>()
  const lasting = new Map<string, string>()
  const seen = new Set<string>()
  const doubled: string[] = []
  const untrue: string[] = []
  const lastingExpired: string[] = []
  let started = 0
  let late = 0
  for (const { body, at, actor } of events) {
    if (body.type === 'incident.triggered' && body.group['alertname'] === LASTING) {
      lasting.set(body.incidentId, body.group['service'] ?? '')
    }
    if (
      body.type !== 'clock.started' &&
      body.type !== 'clock.moved' &&
      body.type !== 'clock.warned' &&
      body.type !== 'clock.expired' &&
      body.type !== 'clock.met' &&
      body.type !== 'clock.stopped'
    ) {
      continue
    }
    const before = clocks.get(body.incidentId)
    if (body.type === 'clock.started') started += 1
    if (body.type === 'clock.expired') {
      const { incidentId, kind, dueAt } = body
      const clock = before?.clocks[kind]
      const name = `${incidentId} ${kind} ${String(clock?.startedAt)} ${String(dueAt)}`
      if (seen.size === seen.add(name).size) doubled.push(name)
      const isMetInTime = clock?.ended ? clock.ended.at <= dueAt : false
      if (clock?.dueAt !== dueAt || at < dueAt || isMetInTime) untrue.push(name)
      if (at - dueAt > LATE_MS) late += 1
      const service = lasting.get(incidentId)
      if (service !== undefined && kind === 'acknowledge') lastingExpired.push(service)
    }
    const after = evolveClocks(before, body, { at, actor })
    if (after) clocks.set(body.incidentId, after)
  }
  return {
    started,
    expired: seen.size,
    late,
    lost: [...clocks.values()].flatMap((each) => lostIn(each, until)),
    doubled,
    untrue,
    lastingExpired,
  }
}

function lostIn({ incidentId, clocks }: IncidentClocks, until: number): readonly string[] {
  return clockKinds.flatMap((kind) => {
    const clock = clocks[kind]
    if (clock?.expiredAt !== null) return []
    return clock.dueAt < (clock.ended?.at ?? until) ? [`${incidentId} ${kind}`] : []
  })
}
