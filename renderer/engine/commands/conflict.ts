import { coordinationOperations } from '#shared/contract/operations/coordination.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { MAX_SNOOZE_MS } from '#shared/contract/operations/incident.ts'
import { decideIncident, type IncidentCommand } from '#shared/domain/incident/decide.ts'
import { evolveIncident } from '#shared/domain/incident/evolve.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { isAboutIncident, type KeptCommand } from '../offline/kept-command.ts'

/** What a decision needs beside the incident. */
interface Context {
  /** ms since the epoch, UTC. */
  readonly now: number
  /** Whom commands are recorded as. */
  readonly me: Person
}

/**
 * Why a command makes no sense now, decided as the engine would: on what is known of the incident,
 * with what waits for the engine done. Null when it may be kept; the engine decides again.
 *
 * @param waiting the incident's own, in their order.
 */
export function conflictOf(
  incident: Incident,
  waiting: readonly KeptCommand[],
  command: KeptCommand,
  { now, me }: Context,
): ContractError | null {
  const context = { now, maxSnoozeMs: MAX_SNOOZE_MS }
  let expected = incident
  for (const each of waiting) {
    if (isSameAgain(each, command)) {
      return {
        code: 'not-allowed-now',
        message: 'Already queued.',
        hint: 'Cancel the queued one first to change it.',
      }
    }
    const wanted = toIncidentCommand(each)
    const decided = wanted && decideIncident(expected, wanted, context)
    if (!decided?.ok) continue
    for (const body of decided.value) {
      expected =
        evolveIncident(expected, body, { at: now, actor: personActor(me, 'cockpit') }) ?? expected
    }
  }
  const wanted = toIncidentCommand(command)
  const decided = wanted && decideIncident(expected, wanted, context)
  return !decided || decided.ok ? null : decided.error
}

/** Notes are many, and so are steps and words on the impact; anything else is given once. */
function isSameAgain(waiting: KeptCommand, command: KeptCommand): boolean {
  return waiting.name === command.name && !many.has(command.name)
}

/** What people do together is many things as well. */
const coordinating: readonly KeptCommand['name'][] = Object.keys(coordinationOperations).filter(
  (name): name is keyof typeof coordinationOperations => name in coordinationOperations,
)

const many: ReadonlySet<KeptCommand['name']> = new Set([
  'incident.note',
  'entry.add',
  'entry.correct',
  'entry.star',
  'plan.step',
  'plan.criterion',
  'walkthrough.step',
  'walkthrough.answer',
  'impact.set',
  'clock.meet',
  'review.save',
  'review.change-action',
  ...coordinating,
])

/** Null for what is no command on the incident itself. */
function toIncidentCommand(command: KeptCommand): IncidentCommand | null {
  if (!isAboutIncident(command)) return null
  const { incidentId } = command.input
  switch (command.name) {
    case 'incident.snooze':
      return { type: command.name, incidentId, until: command.input.until }
    case 'incident.note':
      return { type: command.name, incidentId, text: command.input.text }
    case 'entry.add':
    case 'entry.correct':
    case 'entry.star':
    case 'plan.step':
    case 'plan.criterion':
    case 'walkthrough.step':
    case 'walkthrough.answer':
    case 'impact.set':
    case 'clock.meet':
    // Only the engine knows how the other incident is called.
    case 'incident.judge':
      return null
    case 'incident.mitigate':
      return { type: command.name, incidentId, note: command.input.note }
    case 'incident.set-severity': {
      const { severity, reason } = command.input
      return { type: command.name, incidentId, severity, reason }
    }
    case 'incident.resolve':
      return { type: command.name, incidentId, evenIfFiring: command.input.evenIfFiring }
    case 'incident.acknowledge':
    case 'incident.unacknowledge':
    case 'incident.unmitigate':
    case 'incident.unsnooze':
    case 'incident.reopen':
    case 'incident.close':
      return { type: command.name, incidentId }
    default:
      return null
  }
}
