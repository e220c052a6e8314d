import { isIncidentOver } from './status.ts'
import { actorName } from '../actor/name.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, unreachable, type Result } from '../result/result.ts'
import { formatAgo } from '../duration/ago.ts'
import type { IncidentBody } from './events.ts'
import { growthCount } from './growth-words.ts'
import type { Severity } from '../severity/schema.ts'
import { activeAlerts, type Incident, type Verdict } from './schema.ts'

/** What a person wants of an incident. `until` in ms since the epoch, UTC. */
export type IncidentCommand =
  | { readonly type: 'incident.acknowledge'; readonly incidentId: string }
  | { readonly type: 'incident.unacknowledge'; readonly incidentId: string }
  | { readonly type: 'incident.reopen'; readonly incidentId: string }
  | { readonly type: 'incident.snooze'; readonly incidentId: string; readonly until: number }
  | { readonly type: 'incident.unsnooze'; readonly incidentId: string }
  | {
      readonly type: 'incident.mitigate'
      readonly incidentId: string
      readonly note: string | null
    }
  | { readonly type: 'incident.unmitigate'; readonly incidentId: string }
  | {
      readonly type: 'incident.set-severity'
      readonly incidentId: string
      readonly severity: Severity
      readonly reason: string
    }
  | {
      readonly type: 'incident.judge'
      readonly incidentId: string
      readonly verdict: Verdict
      /** The incident that it duplicates; null for none. */
      readonly of: { readonly incidentId: string; readonly title: string } | null
    }
  | { readonly type: 'incident.note'; readonly incidentId: string; readonly text: string }
  | {
      readonly type: 'incident.resolve'
      readonly incidentId: string
      readonly evenIfFiring: boolean
    }
  | { readonly type: 'incident.close'; readonly incidentId: string }

/** What the decision may know besides the incident. */
export interface CommandContext {
  /** ms since the epoch, UTC. */
  readonly now: number
  /** Longest snooze, ms. */
  readonly maxSnoozeMs: number
  /** When the person gave it, where that was before: the engine was out of reach. */
  readonly saidAt?: number
  /** Temporary measures that are still in place, as they are called. */
  readonly measures?: readonly string[]
}

/** These put an incident aside: what was not known when they were given must not go with it. */
const puttingAside: ReadonlySet<IncidentCommand['type']> = new Set([
  'incident.acknowledge',
  'incident.mitigate',
  'incident.snooze',
  'incident.resolve',
  'incident.close',
])

/** What a person's command on an incident leads to: events, or a worded refusal. Pure. */
export function decideIncident(
  incident: Incident | undefined,
  command: IncidentCommand,
  context: CommandContext,
): Result<readonly IncidentBody[], CommandRejection> {
  if (!incident) {
    return fail({
      code: 'not-found',
      message: 'This incident is no longer known.',
      hint: 'It was closed some time ago; the journal keeps it.',
    })
  }
  const { incidentId } = command
  const askedAgainAt = incident.asksAgain?.at ?? -Infinity
  // Of a command given now the clock says nothing: it may have been set back.
  if (puttingAside.has(command.type) && askedAgainAt > (context.saidAt ?? Infinity)) {
    return fail({
      code: 'not-allowed-now',
      message: `Since you gave this command, the incident ${whyAgain(incident)}.`,
      hint: 'Check its status, and repeat the command if you still want it.',
    })
  }
  const isOver = isIncidentOver(incident)
  switch (command.type) {
    case 'incident.acknowledge':
      if (isOver) return notNow(`This incident is ${incident.status} already.`)
      if (incident.acknowledged) {
        const { at, by } = incident.acknowledged
        return done(`${actorName(by)} acknowledged it ${formatAgo(at, context.now)}.`)
      }
      return ok([{ type: 'incident.acknowledged', incidentId }])
    case 'incident.unacknowledge':
      if (!incident.acknowledged) return done('Nobody has acknowledged this incident.')
      return ok([{ type: 'incident.unacknowledged', incidentId }])
    case 'incident.mitigate':
      return mitigate(incident, command.note, context.now)
    case 'incident.unmitigate':
      if (!incident.mitigated) return done('This incident is not mitigated.')
      return ok([{ type: 'incident.unmitigated', incidentId }])
    case 'incident.set-severity': {
      if (incident.status === 'closed') return notNow('This incident is closed.')
      const { severity, reason } = command
      if (incident.severity === severity) return done(`This incident is ${severity} already.`)
      const before = incident.severity
      return ok([{ type: 'incident.severity-set', incidentId, severity, before, reason }])
    }
    case 'incident.judge': {
      const { verdict, of } = command
      if ((of === null) === (verdict === 'duplicate')) {
        return fail({
          code: 'invalid-input',
          message: 'A duplicate is one of another incident: say of which.',
        })
      }
      if (of?.incidentId === incidentId) {
        return fail({ code: 'invalid-input', message: 'An incident is no duplicate of itself.' })
      }
      const before = incident.verdict
      if (before?.verdict === verdict && before.of === (of?.incidentId ?? null)) {
        return done(`${actorName(before.by)} gave this verdict already.`)
      }
      return ok([{ type: 'incident.judged', incidentId, verdict, of }])
    }
    case 'incident.reopen':
      if (incident.status === 'closed') {
        return notNow('This incident is closed; a new alert of its group makes a new incident.')
      }
      if (incident.status !== 'resolved') return done('This incident is open.')
      return ok([{ type: 'incident.reopened', incidentId }])
    case 'incident.snooze':
      if (isOver) return notNow(`This incident is ${incident.status}: there is nothing to snooze.`)
      if (command.until <= context.now) {
        return fail({
          code: 'invalid-input',
          message: 'The end of the snooze lies in the past.',
          hint: 'Pick a later time; check the clock of this machine if the time looks right.',
        })
      }
      if (command.until > context.now + context.maxSnoozeMs) {
        return fail({
          code: 'invalid-input',
          message: 'A snooze lasts 30 days at most.',
          hint: 'Make a silence at the source for longer.',
        })
      }
      return ok([{ type: 'incident.snoozed', incidentId, until: command.until }])
    case 'incident.unsnooze':
      if (!incident.snoozed) return done('This incident is not snoozed.')
      return ok([{ type: 'incident.snooze-ended', incidentId, reason: 'person' }])
    case 'incident.note':
      return ok([{ type: 'incident.noted', incidentId, text: command.text }])
    case 'incident.resolve': {
      if (isOver) return done(`This incident is ${incident.status} already.`)
      const active = activeAlerts(incident.counts)
      if (active > 0 && !command.evenIfFiring) {
        return fail({
          code: 'alerts-still-firing',
          message: stillActive(incident),
          hint: 'A resolved incident reopens when an alert fires again. To stop pages until then, snooze it.',
        })
      }
      return ok([{ type: 'incident.resolved', incidentId, stillFiring: active }])
    }
    case 'incident.close':
      if (incident.status === 'closed') return done('This incident is closed already.')
      if (incident.status !== 'resolved') {
        return notNow('Only a resolved incident can be closed.')
      }
      if (incident.counts.firing > 0) {
        return fail({
          code: 'alerts-still-firing',
          message: 'Alerts of this incident still fire at the source.',
          hint: 'Close it once they have resolved; until then it stays in the queue.',
        })
      }
      if (context.measures !== undefined && context.measures.length > 0) {
        return fail({
          code: 'not-allowed-now',
          message: `Temporary measures are still in place: ${context.measures.join(', ')}.`,
          hint: 'Remove them and say so, then close it.',
        })
      }
      return ok([{ type: 'incident.closed', incidentId }])
    default:
      return unreachable(command)
  }
}

/** Whoever mitigates it has it: an incident that nobody acknowledged is acknowledged by that. */
function mitigate(
  { id: incidentId, status, acknowledged, mitigated }: Incident,
  note: string | null,
  now: number,
): Result<readonly IncidentBody[], CommandRejection> {
  if (mitigated)
    return done(`${actorName(mitigated.by)} mitigated it ${formatAgo(mitigated.at, now)}.`)
  if (isIncidentOver({ status })) return notNow(`This incident is ${status} already.`)
  const body = { type: 'incident.mitigated', incidentId, note } as const
  return ok(acknowledged ? [body] : [{ type: 'incident.acknowledged', incidentId }, body])
}

function whyAgain({ asksAgain, severity }: Incident): string {
  if (asksAgain?.growth) return `grew: ${growthCount(asksAgain.growth)}`
  return asksAgain?.reason === 'worse' ? `was raised to ${severity}` : 'fired again'
}

function stillActive({ counts }: Incident): string {
  const { firing, unconfirmed } = counts
  if (firing === 0) {
    return `${String(unconfirmed)} ${unconfirmed === 1 ? 'alert is' : 'alerts are'} unconfirmed: source restarted; not reported again yet.`
  }
  return `${String(firing)} ${firing === 1 ? 'alert of this incident still fires' : 'alerts of this incident still fire'}.`
}

function done(message: string): Result<never, CommandRejection> {
  return fail({ code: 'already-done', message })
}

function notNow(message: string): Result<never, CommandRejection> {
  return fail({ code: 'not-allowed-now', message })
}
