import { useCallback } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { isGlobal, type ShortcutAction } from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import { stepFrom } from '../../lists/list-steps.ts'
import { useHistoryList } from './history-context.ts'

/** The keys that lead into the list of past incidents from wherever the focus is on its screen. */
export function useHistoryShortcuts(): void {
  const { ui } = useCockpit()
  const list = useHistoryList()
  const perform = useCallback(
    (shortcut: ShortcutAction): boolean => {
      if (ui.getState().dialog || isGlobal(shortcut)) return false
      const { incidents, activeId, openId } = list.store.getState()
      if (!incidents || openId !== null) return false
      switch (shortcut) {
        case 'last':
          list.goToEnd()
          return true
        case 'next':
        case 'previous':
        case 'first': {
          const id = stepFrom(incidents, (each) => each.id, activeId, shortcut, 1)
          if (id !== null) list.goTo(id)
          return id !== null
        }
        default:
          return false
      }
    },
    [list, ui],
  )
  useShortcuts(perform)
}
