import { useCallback } from 'react'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { isGlobal, type ShortcutAction, type ShortcutGroup } from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import { useHistoryList } from './history-context.ts'

const groups: readonly ShortcutGroup[] = ['incidents', 'now']

/** The keys that lead into the list of past incidents from wherever the focus is on its screen. */
export function useHistoryShortcuts(): void {
  const { actions, announcements, mirror, ui } = useCockpit()
  const list = useHistoryList()
  const perform = useCallback(
    (shortcut: ShortcutAction): boolean => {
      if (ui.getState().dialog || isGlobal(shortcut)) return false
      if (list.store.getState().openId !== null) return false
      const refusal = refusalOf(mirror.getState(), 'incident.declare')
      switch (shortcut) {
        case 'declare':
          if (refusal === null) actions.open({ kind: 'declare' })
          else announcements.tell({ politeness: 'polite', text: `Not now: ${refusal}` })
          return true
        case 'next':
        case 'previous':
        case 'first':
        case 'last':
          return list.step(shortcut, 1)
        default:
          return false
      }
    },
    [actions, announcements, list, mirror, ui],
  )
  useShortcuts(perform, groups)
}
