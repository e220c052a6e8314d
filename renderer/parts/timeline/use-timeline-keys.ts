import { useCallback } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import {
  timelineActions,
  type ShortcutAction,
  type TimelineAction,
} from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'

/** What a key of the timeline does, or why it does nothing. */
export type KeyUse = { readonly refusedBecause: string } | { readonly perform: () => void }

/** The keys of the timeline. None is ever without an answer. */
export function useTimelineKeys(uses: Readonly<Record<TimelineAction, KeyUse>>): void {
  const { announcements, ui } = useCockpit()
  useShortcuts(
    useCallback(
      (pressed: ShortcutAction) => {
        const action = timelineActions.find((each) => each === pressed)
        if (action === undefined || ui.getState().dialog) return false
        const use = uses[action]
        if ('perform' in use) use.perform()
        else announcements.tell({ politeness: 'polite', text: use.refusedBecause })
        return true
      },
      [announcements, ui, uses],
    ),
  )
}
