import type { PastIncident } from '#shared/domain/history/schema.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { keyOf, takeAlongActions } from '../../keyboard/shortcuts.ts'
import { takeAlong } from '../../parts/take-along/take-along.ts'
import { takeAlongWords } from '../../parts/take-along/words.ts'
import type { PaletteGroup, PaletteItem } from './item.ts'

interface Target {
  readonly id: string
  readonly title: string
  readonly group: PaletteGroup
  readonly past: PastIncident | null
}

/** Copying an incident as text, and exporting its timeline and its evidence. */
export function takeAlongItems(
  cockpit: Cockpit,
  { id, title, group, past }: Target,
): readonly PaletteItem[] {
  return takeAlongActions.map((action) => ({
    id: `incident-${action}`,
    group,
    title: takeAlongWords[action].title,
    detail: title,
    keywords: takeAlongWords[action].keywords,
    hint: keyOf(action),
    refusedBecause: null,
    run: () => {
      // What came of it stands with the timeline, which Alerts does not show.
      if (cockpit.ui.getState().screen === 'alerts') cockpit.actions.goTo(id)
      void takeAlong(cockpit, action, id, past)
    },
  }))
}
