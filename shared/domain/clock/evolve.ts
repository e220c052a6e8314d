import type { Occurrence } from '../event/definition.ts'
import { unreachable } from '../result/result.ts'
import type { ClockBody } from './events.ts'
import type { ClockKind, IncidentClocks, ResponseClock } from './schema.ts'

/** The clocks of an incident after an event; undefined while it has none. */
export function evolveClocks(
  clocks: IncidentClocks | undefined,
  body: ClockBody,
  { at }: Occurrence,
): IncidentClocks | undefined {
  if (body.type === 'clock.started') return started(clocks, body)
  if (!clocks) return undefined
  const changed = { ...clocks, changes: clocks.changes + 1 }
  if (body.type === 'clock.stopped') {
    const stopped = body.kinds.reduce(
      (known, kind) =>
        withClock(known, kind, (clock) => ({
          ...clock,
          status: 'stopped',
          ended: { at: body.stoppedAt, by: null, how: body.reason },
        })),
      changed,
    )
    return body.reason === 'over' ? { ...stopped, overAt: body.stoppedAt } : stopped
  }
  return withClock(changed, body.kind, (clock) => evolveClock(clock, body, at))
}

function started(
  clocks: IncidentClocks | undefined,
  {
    incidentId,
    kind,
    startedAt,
    dueAt,
    warnAt,
    severity,
    rule,
  }: Extract<ClockBody, { type: 'clock.started' }>,
): IncidentClocks {
  const before = clocks?.clocks[kind]
  // One that goes on has been said to be missed already, whatever is asked for now, or to be due.
  const goesOn = before?.startedAt === startedAt ? before : undefined
  const clock: ResponseClock = {
    kind,
    status: 'running',
    startedAt,
    dueAt,
    warnAt,
    severity,
    rule,
    since: { ...goesOn?.since, [severity]: goesOn?.since[severity] ?? startedAt },
    warnedAt: goesOn?.warnAt === warnAt ? goesOn.warnedAt : null,
    expiredAt: goesOn?.expiredAt ?? null,
    ended: null,
  }
  return {
    incidentId,
    clocks: { ...clocks?.clocks, [kind]: clock },
    overAt: null,
    changes: (clocks?.changes ?? 0) + 1,
  }
}

type OfOne = Exclude<ClockBody, { readonly type: 'clock.started' | 'clock.stopped' }>

function evolveClock(clock: ResponseClock, body: OfOne, at: number): ResponseClock {
  switch (body.type) {
    case 'clock.moved': {
      const { dueAt, warnAt, severity, rule, since } = body
      const known = clock.since[severity] ?? since
      return {
        ...clock,
        dueAt,
        warnAt,
        severity,
        rule,
        since: { ...clock.since, [severity]: known },
        // Of another time nothing was said yet.
        warnedAt: warnAt === clock.warnAt ? clock.warnedAt : null,
      }
    }
    case 'clock.warned':
      return { ...clock, warnedAt: at }
    case 'clock.expired':
      return { ...clock, expiredAt: body.dueAt }
    case 'clock.met': {
      const { metAt, by, how } = body
      return { ...clock, status: 'met', ended: { at: metAt, by, how } }
    }
    default:
      return unreachable(body)
  }
}

function withClock(
  all: IncidentClocks,
  kind: ClockKind,
  change: (clock: ResponseClock) => ResponseClock,
): IncidentClocks {
  const clock = all.clocks[kind]
  return clock ? { ...all, clocks: { ...all.clocks, [kind]: change(clock) } } : all
}
