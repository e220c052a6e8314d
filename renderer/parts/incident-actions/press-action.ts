import type { Incident } from '#shared/domain/incident/schema.ts'
import {
  availableActions,
  explainMissing,
  rightRefusal,
  type IncidentAction,
} from '../../engine/commands/availability.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { actionButtons } from './action-buttons.ts'
import { performAction } from './perform-action.ts'
import { isAbout } from '../../engine/offline/kept-command.ts'

/** What takes back what the same key did. */
const takenBack: Readonly<Partial<Record<IncidentAction, IncidentAction>>> = {
  unsnooze: 'snooze',
  unmitigate: 'mitigate',
}

/** Does what a key stands for. A key is never without an answer: what cannot be done is answered with why. */
export function pressAction(
  { actions, mirror, offline }: Pick<Cockpit, 'actions' | 'mirror' | 'offline'>,
  incident: Incident,
  pressed: IncidentAction,
): void {
  const { connection, status } = mirror.getState()
  const { command } = actionButtons[pressed]
  // Who may not act is answered with that, whatever else stands against it.
  const forbidden = rightRefusal(status, command)
  if (forbidden !== null) {
    actions.refuse(incident.id, command, forbidden, 'not-permitted')
    return
  }
  const waiting = offline.state.getState().kept.filter((each) => isAbout(each, incident.id))
  const found = availableActions(incident, connection.phase, waiting, status).find(
    ({ action }) => action === pressed || takenBack[action] === pressed,
  )
  if (!found) {
    const { code, message } = explainMissing(incident, pressed, readerOf(status))
    actions.refuse(incident.id, command, message, code)
  } else if (found.refusedBecause === null) {
    performAction(actions, found.action, incident.id)
  } else {
    actions.refuse(incident.id, actionButtons[found.action].command, found.refusedBecause)
  }
}
