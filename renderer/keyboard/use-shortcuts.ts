import { useLayoutEffect } from 'react'
import { OVER_SCREEN } from './over-screen.ts'
import { toAction, type ShortcutAction, type ShortcutGroup } from './shortcuts.ts'

/**
 * What uses Home, End and the arrows for itself while it has the focus: what scrolls by keyboard
 * (marked with `data-scrolls`), and radios. Everywhere else these keys move through the queue.
 */
const USES_ARROWS = '[data-scrolls], input[type="radio"]'

/**
 * Listens for shortcuts on the whole page. While a menu or a dialog has the focus, only the key of
 * the palette is one.
 *
 * @param perform does the action; returns false when the key was not used after all.
 * @param groups whose keys count, each render the same list; the usual ones where it is left out.
 */
export function useShortcuts(
  perform: (action: ShortcutAction) => boolean,
  groups?: readonly ShortcutGroup[],
): void {
  // With what is drawn, not a moment later: who sees a screen may press its keys.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const target = event.target instanceof HTMLElement ? event.target : null
      const press = {
        key: event.key,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        altKey: event.altKey,
        repeat: event.repeat,
        isComposing: event.isComposing,
        target: target && {
          tagName: target.tagName,
          type: target instanceof HTMLInputElement ? target.type : undefined,
          isContentEditable: target.isContentEditable,
        },
        usesArrows: target?.matches(USES_ARROWS) === true,
        isOverScreen: Boolean(target?.closest(OVER_SCREEN)),
      }
      const action = toAction(press, groups)
      if (action !== null && perform(action)) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [perform, groups])
}
