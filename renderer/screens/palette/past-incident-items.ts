import type { Incident } from '#shared/domain/incident/schema.ts'
import { availableActions } from '../../engine/commands/availability.ts'
import { actionButtons } from '../../parts/incident-actions/action-buttons.ts'
import { performAction } from '../../parts/incident-actions/perform-action.ts'
import type { MirrorState } from '../../engine/mirror/mirror-store.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { HistoryList } from '../incidents/history-list.ts'
import type { PaletteItem } from './item.ts'
import { isIncidentOver } from '#shared/domain/incident/status.ts'
import { learnedItems } from './learned-items.ts'
import { takeAlongItems } from './take-along-items.ts'
import { togetherItems } from './together-items.ts'
import { isAbout } from '../../engine/offline/kept-command.ts'

type Phase = MirrorState['connection']['phase']
type Status = MirrorState['status']

/** What can be done with the incident that is open on the screen of incidents. */
export function pastIncidentItems(
  cockpit: Cockpit,
  { store }: Pick<HistoryList, 'store'>,
): readonly PaletteItem[] {
  const { openId, incidents } = store.getState()
  if (cockpit.ui.getState().screen !== 'incidents' || openId === null) return []
  const past = incidents?.find(({ id }) => id === openId) ?? null
  const title = past?.title ?? 'the open incident'
  const { watch, connection, status } = cockpit.mirror.getState()
  const live = watch?.incidents.get(openId)
  return [
    ...(live ? actionItems(cockpit, live, { phase: connection.phase, status }) : []),
    ...(live ? togetherItems(cockpit, live, 'This incident') : []),
    ...takeAlongItems(cockpit, { id: openId, title, group: 'This incident', past }),
    ...(past && isIncidentOver(past)
      ? learnedItems(cockpit, { id: openId, title, group: 'This incident' })
      : []),
  ]
}

/** The buttons of an open incident: what they open stands where it is. */
function actionItems(
  { actions, offline }: Cockpit,
  incident: Incident,
  { phase, status }: { readonly phase: Phase; readonly status: Status },
): readonly PaletteItem[] {
  const waiting = offline.state.getState().kept.filter((each) => isAbout(each, incident.id))
  return availableActions(incident, phase, waiting, status).map(({ action, refusedBecause }) => ({
    id: `incident-${action}`,
    group: 'This incident',
    title: actionButtons[action].label,
    detail: incident.title,
    hint: actionButtons[action].hint,
    refusedBecause,
    run: () => performAction(actions, action, incident.id),
  }))
}
