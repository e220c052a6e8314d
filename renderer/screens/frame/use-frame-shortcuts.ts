import { useCallback } from 'react'
import { isGlobal, type GlobalAction, type ShortcutAction } from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import { useAlertsModel } from '../alerts/alerts-model.ts'
import { useHistoryList } from '../incidents/history-context.ts'
import { useRunbooksModel } from '../runbooks/runbooks-model.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import type { Screen } from '../../engine/page/ui-store.ts'

const screenOf = {
  'show-now': 'now',
  'show-alerts': 'alerts',
  'show-incidents': 'incidents',
  'show-runbooks': 'runbooks',
  'show-handoff': 'handoff',
  'show-playbook': 'playbook',
  'show-settings': 'settings',
} as const satisfies Record<Extract<GlobalAction, `show-${string}`>, Screen>

/** The keys that work on every screen. None works while a dialog or a menu is open. */
export function useFrameShortcuts(): void {
  const { actions, ui } = useCockpit()
  const { screen } = useAlertsModel()
  const history = useHistoryList()
  const runbooks = useRunbooksModel()
  const perform = useCallback(
    (shortcut: ShortcutAction): boolean => {
      if (!isGlobal(shortcut)) return false
      const { dialog } = ui.getState()
      // Its key closes the palette as well; the browser's own search never opens instead.
      if (shortcut === 'palette' && dialog?.kind === 'palette') {
        actions.closeDialog()
        return true
      }
      if (dialog) return shortcut === 'palette'
      if (shortcut === 'palette') actions.open({ kind: 'palette' })
      else if (shortcut === 'help') actions.open({ kind: 'shortcuts' })
      else if (shortcut === 'filter') {
        const current = ui.getState().screen
        if (current === 'incidents') history.callFilter()
        else if (current === 'runbooks') runbooks.callSearch()
        else {
          actions.show('alerts')
          screen.callFilter()
        }
      } else actions.show(screenOf[shortcut])
      return true
    },
    [actions, history, runbooks, screen, ui],
  )
  useShortcuts(perform)
}
