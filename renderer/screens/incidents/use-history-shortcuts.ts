import { useCallback } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { isGlobal, type ShortcutAction } from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import { useHistoryList } from './history-context.ts'

/** The keys that lead into the list of past incidents from wherever the focus is on its screen. */
export function useHistoryShortcuts(): void {
  const { ui } = useCockpit()
  const list = useHistoryList()
  const perform = useCallback(
    (shortcut: ShortcutAction): boolean => {
      if (ui.getState().dialog || isGlobal(shortcut)) return false
      if (list.store.getState().openId !== null) return false
      switch (shortcut) {
        case 'next':
        case 'previous':
        case 'first':
        case 'last':
          return list.step(shortcut, 1)
        default:
          return false
      }
    },
    [list, ui],
  )
  useShortcuts(perform)
}
