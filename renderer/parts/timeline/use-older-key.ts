import { useCallback } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import type { ShortcutAction } from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'

/**
 * The key that reads older entries of the timeline. It is never without an answer.
 *
 * @param refusedBecause why there is nothing to read; null when there is.
 */
export function useOlderKey(refusedBecause: string | null, readOlder: () => void): void {
  const { announcements, ui } = useCockpit()
  useShortcuts(
    useCallback(
      (action: ShortcutAction) => {
        if (action !== 'older-entries' || ui.getState().dialog) return false
        if (refusedBecause === null) readOlder()
        else announcements.tell({ politeness: 'polite', text: refusedBecause })
        return true
      },
      [announcements, ui, refusedBecause, readOlder],
    ),
  )
}
