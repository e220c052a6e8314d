import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { HistoryList } from '../incidents/history-list.ts'
import type { PaletteItem } from './item.ts'
import { takeAlongItems } from './take-along-items.ts'

/** What can be done with the incident that is open on the screen of past incidents. */
export function pastIncidentItems(
  cockpit: Cockpit,
  { store }: Pick<HistoryList, 'store'>,
): readonly PaletteItem[] {
  const { openId, incidents } = store.getState()
  if (cockpit.ui.getState().screen !== 'incidents' || openId === null) return []
  const past = incidents?.find(({ id }) => id === openId) ?? null
  const title = past?.title ?? 'the open incident'
  return takeAlongItems(cockpit, { id: openId, title, group: 'This incident', past })
}
