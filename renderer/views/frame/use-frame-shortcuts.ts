import { useCallback } from 'react'
import type { ShortcutAction } from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import { useCockpit } from '../../state/context.ts'
import type { Screen } from '../../state/ui-store.ts'

type FrameShortcut = Extract<ShortcutAction, 'help' | `show-${string}`>

const screenOf = {
  'show-now': 'now',
  'show-alerts': 'alerts',
  'show-settings': 'settings',
} as const satisfies Partial<Record<FrameShortcut, Screen>>

/** True for a key that means the same on every screen. */
export function isFrameShortcut(action: ShortcutAction): action is FrameShortcut {
  return action === 'help' || action in screenOf
}

/** The keys that work on every screen. None works while a dialog or a menu is open. */
export function useFrameShortcuts(): void {
  const { actions, ui } = useCockpit()
  const perform = useCallback(
    (shortcut: ShortcutAction): boolean => {
      if (ui.getState().dialog || !isFrameShortcut(shortcut)) return false
      if (shortcut === 'help') actions.open({ kind: 'shortcuts' })
      else actions.show(screenOf[shortcut])
      return true
    },
    [actions, ui],
  )
  useShortcuts(perform)
}
