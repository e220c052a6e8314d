import { useEffect } from 'react'
import { toAction, type ShortcutAction } from './shortcuts.ts'

/** Marks the queue: inside it, arrows, Home and End move the selection. */
export const QUEUE_ATTRIBUTE = 'data-queue'

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
        isInQueue: target === document.body || Boolean(target?.closest(`[${QUEUE_ATTRIBUTE}]`)),
      })
      if (action !== null && perform(action)) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [perform])
}
