import { useCallback } from 'react'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { isTakeAlong, type ShortcutAction } from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import { takeAlong } from './take-along.ts'

/**
 * The keys that take an incident along.
 *
 * @param past the incident as history knows it, where that was read already.
 */
export function useTakeAlongKeys(incidentId: string, past: PastIncident | null): void {
  const cockpit = useCockpit()
  useShortcuts(
    useCallback(
      (action: ShortcutAction) => {
        if (!isTakeAlong(action) || cockpit.ui.getState().dialog) return false
        void takeAlong(cockpit, action, incidentId, past)
        return true
      },
      [cockpit, incidentId, past],
    ),
  )
}
