import { useEffect } from 'react'
import { toAction, type ShortcutAction } from './shortcuts.ts'

/**
 * What uses Home, End and the arrows for itself while it has the focus: what scrolls by keyboard
 * (marked with `data-scrolls`), a menu, a dialog. Everywhere else these keys move through the queue.
 */
const USES_ARROWS = '[data-scrolls]'
const USES_ARROWS_WITHIN = '[role="menu"], [role="dialog"]'

/**
 * Listens for shortcuts on the whole page.
 *
 * @param perform does the action; returns false when the key was not used after all.
 */
export function useShortcuts(perform: (action: ShortcutAction) => boolean): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const target = event.target instanceof HTMLElement ? event.target : null
      const action = toAction({
        key: event.key,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        altKey: event.altKey,
        repeat: event.repeat,
        isComposing: event.isComposing,
        target,
        usesArrows: target !== null && usesArrows(target),
      })
      if (action !== null && perform(action)) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [perform])
}

function usesArrows(element: Element): boolean {
  return element.matches(USES_ARROWS) || element.closest(USES_ARROWS_WITHIN) !== null
}
