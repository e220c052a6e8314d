import { isIncidentOver } from '../incident/status.ts'
import { saidAt, type Actor } from '../actor/schema.ts'
import { isInformational, isSuppressed, type Incident } from '../incident/schema.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, type Result } from '../result/result.ts'
import { isWorse, severities, type Severity } from '../severity/schema.ts'
import type { TargetInForce, TargetsInForce } from './clock-book.ts'
import type { ClockBody } from './events.ts'
import { evolveClocks } from './evolve.ts'
import {
  clockKinds,
  runningClocks,
  type ClockKind,
  type IncidentClocks,
  type MetBy,
  type ResponseClock,
  type StopReason,
} from './schema.ts'

/** What a person did about an incident; `at` in ms since the epoch, UTC. */
export interface Deed {
  readonly at: number
  readonly by: Actor
}

/** How things stand for one incident. */
export interface ClockLook {
  readonly incident: Incident
  readonly clocks: IncidentClocks | undefined
  /** What is asked for at its severity. */
  readonly targets: TargetsInForce
  /** ms since the epoch, UTC. */
  readonly now: number
  /** A step, a note or a run of a person since the last look; null for none. */
  readonly response: Deed | null
  /** A person did the step that says what the plan of action is. */
  readonly plan: Deed | null
  /** All that is active of the incident flaps. */
  readonly isFlapping: boolean
  /** The playbook is another one: times are worked out again. */
  readonly isChanged: boolean
  /** A plan came to the incident, be it long after it asked for a person. */
  readonly isPlanned: boolean
}

/**
 * What becomes of the clocks of an incident. It compares what is asked for with what runs, so that a
 * question that is asked again adds nothing.
 */
export function decideClocks(look: ClockLook): readonly ClockBody[] {
  const { incident, clocks, now } = look
  const incidentId = incident.id
  const missed = clocks ? missedBeforeTheEnd(clocks) : []
  const isOver = isIncidentOver(incident)
  if (isOver) return [...missed, ...(clocks?.overAt === null ? over(clocks, look) : [])]
  const stopped = new Map<StopReason, ClockKind[]>()
  const bodies = clockKinds.flatMap((kind): readonly ClockBody[] => {
    const clock = clocks?.clocks[kind]
    const target = look.targets[kind]
    if (clock?.status !== 'running') return target ? begin(kind, clock, target, look) : []
    const done = deedFor(clock, look)
    if (done) return [met(clock, incidentId, done.deed, done.how)]
    const reason = stopFor(clock, target, incident)
    if (reason === null) {
      return target ? goOn(clock, target, look) : passedBy(clock, incidentId, now)
    }
    stopped.set(reason, [...(stopped.get(reason) ?? []), kind])
    return []
  })
  const stops = [...stopped].map(([reason, kinds]): ClockBody => ({
    type: 'clock.stopped',
    incidentId,
    kinds,
    stoppedAt: now,
    reason,
  }))
  return [...missed, ...bodies, ...stops]
}

/** What time alone has made due. */
export function decideClockDeadlines(
  { incidentId, clocks }: IncidentClocks,
  now: number,
): readonly ClockBody[] {
  return runningClocks({ clocks }).flatMap((clock) => passedBy(clock, incidentId, now))
}

/** A warning that was slept through is not made up for: what came after it says more. */
function passedBy(clock: ResponseClock, incidentId: string, now: number): readonly ClockBody[] {
  const { kind, dueAt, warnAt, warnedAt, expiredAt } = clock
  if (expiredAt !== null) return []
  if (dueAt <= now) return [{ type: 'clock.expired', incidentId, kind, dueAt }]
  const isSoon = warnedAt === null && warnAt <= now
  return isSoon ? [{ type: 'clock.warned', incidentId, kind, dueAt }] : []
}

/**
 * Those that ended after they were due, and of which nobody has said so: the engine was off, or the
 * machine slept. What ends one at the very instant is in time.
 */
function missedBeforeTheEnd({ incidentId, clocks }: IncidentClocks): readonly ClockBody[] {
  return clockKinds.flatMap((kind): readonly ClockBody[] => {
    const clock = clocks[kind]
    if (!clock?.ended || clock.expiredAt !== null || clock.ended.at <= clock.dueAt) return []
    return [{ type: 'clock.expired', incidentId, kind, dueAt: clock.dueAt }]
  })
}

function over(clocks: IncidentClocks, { incident, now }: ClockLook): readonly ClockBody[] {
  const incidentId = incident.id
  const end = incident.resolved ?? incident.closed
  const deed: Deed = end ? said(end) : { at: now, by: { kind: 'deckwatch' } }
  const running = runningClocks(clocks)
  const kinds = running.map(({ kind }) => kind).filter((kind) => kind !== 'escalate')
  return [
    ...running
      .filter(({ kind }) => kind === 'escalate')
      .map((clock) => met(clock, incidentId, deed, 'resolved')),
    { type: 'clock.stopped', incidentId, kinds, stoppedAt: deed.at, reason: 'over' },
  ]
}

function deedFor(
  { kind }: ResponseClock,
  { incident, response, plan }: ClockLook,
): { readonly deed: Deed; readonly how: MetBy } | null {
  if (kind === 'respond') return response && { deed: response, how: 'response' }
  if (kind === 'plan') return plan && { deed: plan, how: 'step' }
  if (kind !== 'acknowledge') return null
  const { acknowledged, snoozed } = incident
  if (acknowledged) return { deed: said(acknowledged), how: 'acknowledged' }
  // Who puts it aside has seen it.
  return snoozed && { deed: said(snoozed), how: 'snoozed' }
}

function said({ at, by }: Deed): Deed {
  return { at: saidAt(by, at), by }
}

function met(clock: ResponseClock, incidentId: string, { at, by }: Deed, how: MetBy): ClockBody {
  const metAt = Math.max(at, clock.startedAt)
  return { type: 'clock.met', incidentId, kind: clock.kind, metAt, by, how, text: null }
}

function stopFor(
  { severity }: ResponseClock,
  target: TargetInForce | undefined,
  incident: Incident,
): StopReason | null {
  if (isSuppressed(incident)) return 'suppressed'
  if (isInformational(incident)) return 'informational'
  // What was promised of the milder one still holds.
  return target || isWorse(incident.severity, severity) ? null : 'not-asked'
}

function begin(
  kind: ClockKind,
  clock: ResponseClock | undefined,
  target: TargetInForce,
  look: ClockLook,
): readonly ClockBody[] {
  const { incident, clocks, now } = look
  if (!isWanted(kind, clock, target, look)) return []
  const { id: incidentId, severity } = incident
  const isSameRound = clocks?.overAt === null
  const isStopped = clock?.status === 'stopped'
  if (clock && isStopped && look.isFlapping && clock.severity === severity) {
    const { startedAt, dueAt, warnAt, rule } = clock
    return [{ type: 'clock.started', incidentId, kind, startedAt, dueAt, warnAt, severity, rule }]
  }
  const goesOn = clock && isStopped && isSameRound && clock.ended?.how === 'not-asked'
  const startedAt = (goesOn ? sinceOf(clock, severity) : null) ?? startOf(clock, target, look)
  const { dueAt, warnAt } = target.due(startedAt)
  const { rule } = target
  const started: ClockBody = {
    type: 'clock.started',
    incidentId,
    kind,
    startedAt,
    dueAt,
    warnAt,
    severity,
    rule,
  }
  if (dueAt >= now) return [started]
  // Who is asked too late has no time left, and it says so: but of one that goes on only once.
  const begun = evolveClocks(clocks, started, { at: now, actor: { kind: 'deckwatch' } })
  const running = begun?.clocks[kind]
  return [started, ...(running ? passedBy(running, incidentId, now) : [])]
}

/**
 * What a playbook asks for late counts from when the incident asked for a person, or paged one: the
 * people who wait have waited since then. One that ran since then has counted that already.
 */
function startOf(
  clock: ResponseClock | undefined,
  { from }: TargetInForce,
  { incident, now, isChanged, isPlanned }: ClockLook,
): number {
  if (!isChanged && !isPlanned) return now
  const asked = from === 'page' ? firstPage(incident) : incident.triggeredAt
  if (asked === null || (clock && clock.startedAt >= asked)) return now
  return Math.min(asked, now)
}

/** When the first person was paged for the last trigger; null while nobody was. */
function firstPage({ paged, triggeredAt }: Incident): number | null {
  const pages = Object.values(paged).filter(
    ({ pageId, askedAt }) => pageId !== null && askedAt === triggeredAt,
  )
  return pages.length === 0 ? null : Math.min(...pages.map(({ at }) => at))
}

function isWanted(
  kind: ClockKind,
  clock: ResponseClock | undefined,
  target: TargetInForce,
  { incident, clocks, isFlapping }: ClockLook,
): boolean {
  if (isSuppressed(incident) || isInformational(incident)) return false
  if (kind === 'acknowledge') {
    if (incident.acknowledged || incident.snoozed) return false
    return target.from === 'trigger' || isPaged(incident)
  }
  if (target.from === 'page' && !isPaged(incident)) return false
  if (clock?.status !== 'met') return true
  // What comes and goes has been responded to.
  return clocks?.overAt !== null && !isFlapping
}

/** True once somebody was paged for its last trigger. */
function isPaged(incident: Incident): boolean {
  return firstPage(incident) !== null
}

function goOn(clock: ResponseClock, target: TargetInForce, look: ClockLook): readonly ClockBody[] {
  const { incident, now, isChanged } = look
  const incidentId = incident.id
  const isSameSeverity = incident.severity === clock.severity
  const isSame = isSameSeverity && !isChanged && isSameRule(clock, target)
  // What has expired stays so, whatever is asked for now.
  if (isSame || clock.expiredAt !== null) return passedBy(clock, incidentId, now)
  const since = sinceOf(clock, incident.severity) ?? now
  const { dueAt, warnAt } = target.due(since)
  const { rule } = target
  // What was promised of the milder one still holds, where that is sooner.
  const isKept = isWorse(incident.severity, clock.severity) && clock.dueAt <= dueAt
  const isUnmoved = isSameSeverity && dueAt === clock.dueAt && isSameRule(clock, target)
  if (isKept || isUnmoved) return passedBy(clock, incidentId, now)
  const { kind, dueAt: wasDueAt } = clock
  const { severity } = incident
  const reason = isSameSeverity ? 'playbook' : 'severity'
  return [
    {
      type: 'clock.moved',
      incidentId,
      kind,
      dueAt,
      warnAt,
      severity,
      rule,
      since,
      wasDueAt,
      reason,
    },
  ]
}

function isSameRule({ rule }: ResponseClock, target: TargetInForce): boolean {
  return JSON.stringify(rule) === JSON.stringify(target.rule)
}

/** Since when the incident has been at least as severe, by what the clock counted; null: not yet. */
function sinceOf({ since }: ResponseClock, severity: Severity): number | null {
  const known = severities
    .filter((each) => !isWorse(severity, each))
    .flatMap((each) => since[each] ?? [])
  return known.length === 0 ? null : Math.min(...known)
}

/** What a person says has happened: the plan of action is there, or others were brought in. */
export interface ClockCommand {
  readonly type: 'clock.meet'
  readonly incidentId: string
  readonly kind: 'plan' | 'escalate'
  /** The plan, or whom it was escalated to; null where they say no more. */
  readonly text: string | null
}

/** What a person's word leads to: events, or a worded refusal. Pure. */
export function decideClockCommand(
  incident: Incident | undefined,
  clocks: IncidentClocks | undefined,
  { kind, incidentId, text }: ClockCommand,
  { at, by }: Deed,
): Result<readonly ClockBody[], CommandRejection> {
  if (!incident) return fail({ code: 'not-found', message: 'This incident is no longer known.' })
  const clock = clocks?.clocks[kind]
  const what = kind === 'plan' ? 'plan of action' : 'escalation'
  if (clock?.status === 'met') {
    return fail({ code: 'already-done', message: `The ${what} was recorded already.` })
  }
  if (clock?.status !== 'running') {
    const isOver = isIncidentOver(incident)
    return fail({
      code: 'not-allowed-now',
      message: isOver
        ? `This incident is ${incident.status}.`
        : `No ${what} is asked for by the response times of this incident.`,
      ...(isOver ? {} : { hint: 'Write a note instead.' }),
    })
  }
  const metAt = Math.max(saidAt(by, at), clock.startedAt)
  return ok([{ type: 'clock.met', incidentId, kind, metAt, by, how: 'said', text }])
}
