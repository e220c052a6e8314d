import type { Connection } from '../../engine/bridge/engine-client.ts'
import {
  isAboutIncident,
  type KeptCommand,
  type KeptName,
} from '../../engine/offline/kept-command.ts'
import { isShownWaiting } from '../../engine/commands/waiting.ts'

/** What will quieten an incident once the engine has it. */
export type WaitingCommand = 'acknowledge' | 'snooze' | 'resolve'

const names: Readonly<Partial<Record<KeptName, WaitingCommand>>> = {
  'incident.acknowledge': 'acknowledge',
  'incident.snooze': 'snooze',
  'incident.resolve': 'resolve',
}
const takenBack: Readonly<Partial<Record<KeptName, WaitingCommand>>> = {
  'incident.unacknowledge': 'acknowledge',
  'incident.unsnooze': 'snooze',
  'incident.reopen': 'resolve',
}

/**
 * By incident id, what somebody has done about it that the engine does not know yet.
 *
 * @param kept in the order in which they are delivered.
 */
export function waitingCommands(
  kept: readonly KeptCommand[],
  phase: Connection['phase'],
): ReadonlyMap<string, WaitingCommand> {
  const waiting = new Map<string, WaitingCommand>()
  for (const command of kept) {
    if (!isAboutIncident(command) || !isShownWaiting(command, phase)) continue
    const { incidentId } = command.input
    const name = names[command.name]
    if (name) waiting.set(incidentId, name)
    else if (takenBack[command.name] === waiting.get(incidentId)) waiting.delete(incidentId)
  }
  return waiting
}
