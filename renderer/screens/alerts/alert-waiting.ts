import type { Connection } from '../../engine/bridge/engine-client.ts'
import type { KeptCommand, KeptName } from '../../engine/offline/kept-command.ts'
import { isShownWaiting } from '../../engine/commands/waiting.ts'

/** What will quieten an incident once the engine has it. */
export type WaitingDeed = 'acknowledge' | 'snooze' | 'resolve'

const deeds: Readonly<Partial<Record<KeptName, WaitingDeed>>> = {
  'incident.acknowledge': 'acknowledge',
  'incident.snooze': 'snooze',
  'incident.resolve': 'resolve',
}
const takenBack: Readonly<Partial<Record<KeptName, WaitingDeed>>> = {
  'incident.unacknowledge': 'acknowledge',
  'incident.unsnooze': 'snooze',
  'incident.reopen': 'resolve',
}

/**
 * By incident id, what somebody has done about it that the engine does not know yet.
 *
 * @param kept in the order in which they are delivered.
 */
export function waitingDeeds(
  kept: readonly KeptCommand[],
  phase: Connection['phase'],
): ReadonlyMap<string, WaitingDeed> {
  const waiting = new Map<string, WaitingDeed>()
  for (const command of kept) {
    if (!isShownWaiting(command, phase)) continue
    const { incidentId } = command.input
    const deed = deeds[command.name]
    if (deed) waiting.set(incidentId, deed)
    else if (takenBack[command.name] === waiting.get(incidentId)) waiting.delete(incidentId)
  }
  return waiting
}
