import { isIncidentOver } from '#shared/domain/incident/status.ts'
import { contract, type OperationName } from '#shared/contract/contract.ts'
import type { ContractError, ContractErrorCode } from '#shared/contract/errors.ts'
import type { EngineStatus } from '#shared/contract/messages.ts'
import { missingRight } from '#shared/domain/person/refusal.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import { isReader } from '#shared/domain/actor/person.ts'
import { personName, type Reader } from '#shared/domain/person/identity.ts'
import { activeAlerts, queueSection, type Incident } from '#shared/domain/incident/schema.ts'
import type { Connection } from '../bridge/engine-client.ts'
import type { Mirror } from '../mirror/mirror.ts'
import type { KeptCommand, KeptName } from '../offline/kept-command.ts'

/** What can be done with an incident, by button and by key. */
export type IncidentAction =
  | 'acknowledge'
  | 'unacknowledge'
  | 'snooze'
  | 'unsnooze'
  | 'mitigate'
  | 'unmitigate'
  | 'resolve'
  | 'reopen'
  | 'close'

/** One button: shown, maybe the obvious next one, maybe with a reason why it cannot be used now. */
export interface AvailableAction {
  readonly action: IncidentAction
  readonly isNext: boolean
  readonly refusedBecause: string | null
}

/** Why the engine cannot be reached; null while it is there. Commands on incidents are queued meanwhile. */
export function engineRefusal(phase: Connection['phase']): string | null {
  if (phase === 'lost') return 'Deckwatch unreachable: available when it returns.'
  return phase === 'connecting' ? 'Deckwatch is not connected yet.' : null
}

/** What the engine said of who reads this page; null before it did. */
type You = Pick<EngineStatus, 'you'> | null

/** Why whoever reads this page may not do something; null when they may, or it is not known yet. */
export function rightRefusal(status: You, name: OperationName): string | null {
  const { needs } = contract[name]
  return !status || status.you.rights.includes(needs) ? null : missingRight(needs)
}

/** Why something cannot be asked of the engine: they may not, or it is away. */
export function refusalOf(
  { status, connection }: { readonly status: You; readonly connection: Pick<Connection, 'phase'> },
  name: OperationName,
): string | null {
  return rightRefusal(status, name) ?? engineRefusal(connection.phase)
}

/**
 * Why something that is kept for the engine cannot be said of an incident now; null while it can,
 * also while the engine is lost.
 */
export function keptRefusal(
  { status }: Pick<Incident, 'status'>,
  state: Parameters<typeof refusalOf>[0],
  name: KeptName,
): string | null {
  if (status === 'closed') return 'This incident is closed.'
  const { phase } = state.connection
  return rightRefusal(state.status, name) ?? (phase === 'connecting' ? engineRefusal(phase) : null)
}

/** Why focus cannot start or end on an incident now; null when it can. */
export function focusRefusal(
  { status }: Pick<Incident, 'status'>,
  state: Parameters<typeof refusalOf>[0],
): string | null {
  return refusalOf(state, 'focus.start') ?? overRefusal(status, 'focus needs an open one.')
}

/** True where alerts can be silenced at one of the sources at all: else nothing offers it. */
export function hasSilences({ pulses }: Pick<Mirror, 'pulses'>): boolean {
  for (const { value } of pulses.values()) if (value.canSilence) return true
  return false
}

/** Why the alerts of an incident cannot be silenced now; null when they can. */
export function silenceRefusal(
  { status }: Pick<Incident, 'status'>,
  state: Parameters<typeof refusalOf>[0],
): string | null {
  return refusalOf(state, 'silence.create') ?? overRefusal(status, 'there is nothing to silence.')
}

/** That an incident is over, and why that matters; null for one that is not. */
function overRefusal(status: Incident['status'], why: string): string | null {
  const isOver = isIncidentOver({ status })
  return isOver ? `This incident is ${status}: ${why}` : null
}

/**
 * The buttons of an incident in their order. What can never apply in its state is left out; what
 * is only not possible now is shown with its reason. A closed one has none.
 * While the engine is lost all of them work: they are kept for it.
 *
 * @param waiting what was given for this incident and waits for the engine.
 * @param status says whether whoever reads this page may act.
 */
export function availableActions(
  incident: Incident,
  phase: Connection['phase'],
  waiting: readonly Pick<KeptCommand, 'name' | 'state'>[] = [],
  status: You = null,
): readonly AvailableAction[] {
  const unconnected = phase === 'connecting' ? engineRefusal(phase) : null
  const isWaiting = (action: IncidentAction) =>
    waiting.some(({ name, state }) => name === `incident.${action}` && state !== 'rejected')
  const isFiring = activeAlerts(incident.counts) > 0
  const button = (
    action: IncidentAction,
    isNext: boolean,
    refusedBecause: string | null = null,
  ): AvailableAction => ({
    action,
    isNext: isNext && !isWaiting(action) && rightRefusal(status, `incident.${action}`) === null,
    refusedBecause:
      rightRefusal(status, `incident.${action}`) ??
      unconnected ??
      (isWaiting(action) ? 'Already queued.' : refusedBecause),
  })

  switch (incident.status) {
    case 'closed':
      return []
    case 'resolved':
      return [
        button(
          'close',
          !isFiring,
          incident.counts.firing > 0
            ? 'Alerts of this incident are still firing: close it once they have resolved.'
            : null,
        ),
        button('reopen', false),
      ]
    case 'triggered':
    case 'acknowledged':
      return [
        incident.acknowledged
          ? button('unacknowledge', false)
          : button('acknowledge', queueSection(incident) === 'active'),
        incident.snoozed ? button('unsnooze', false) : button('snooze', false),
        // Whoever has not acknowledged it has that to do first.
        ...(incident.acknowledged ? [button('mitigate', false)] : []),
        button('resolve', incident.acknowledged !== null && !isFiring),
      ]
    case 'mitigated':
      return [
        incident.snoozed ? button('unsnooze', false) : button('snooze', false),
        button('unmitigate', false),
        button('resolve', !isFiring),
      ]
  }
}

/** The answer to a key that has no button: why, and whether that is what was wanted anyway. */
type MissingReason = Pick<ContractError, 'message'> & {
  readonly code: Extract<ContractErrorCode, 'already-done' | 'not-allowed-now'>
}

/**
 * Why an action has no button on this incident: what its key answers with.
 *
 * @param reader who pressed it: what they did themselves is said so.
 */
export function explainMissing(
  incident: Incident,
  action: IncidentAction,
  reader?: Reader,
): MissingReason {
  const { status, acknowledged } = incident
  if (status === 'closed') return notNow('This incident is closed.')
  if (action === 'acknowledge' && acknowledged) {
    const { by } = acknowledged
    if (isReader(by, reader)) return done('You already acknowledged it.')
    const name = by.kind === 'person' ? personName(by, reader) : actorName(by)
    return done(`${name} already acknowledged it.`)
  }
  if (action === 'reopen') return done('This incident is open already.')
  if (action === 'close') {
    return notNow('Only a resolved incident can be closed: resolve it first.')
  }
  if (status === 'resolved') return notNow('This incident is resolved: reopen it first.')
  if (action === 'mitigate') return notNow('Acknowledge this incident first.')
  return notNow('This incident is not acknowledged.')
}

function done(message: string): MissingReason {
  return { code: 'already-done', message }
}

function notNow(message: string): MissingReason {
  return { code: 'not-allowed-now', message }
}
