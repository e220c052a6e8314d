import { useCallback, useLayoutEffect, useRef } from 'react'

/**
 * Puts the focus where something has come that was asked for a while ago, unless the person has gone
 * elsewhere meanwhile: what they do there must not land on what has come.
 *
 * @param from what had the focus when it was asked for; null for nothing.
 * @returns true where it has the focus now.
 */
export function focusLate(
  from: Element | null,
  target: HTMLElement | null | undefined,
  options?: FocusOptions,
): boolean {
  if (!target || hasGone(from)) return false
  target.focus(options)
  return true
}

/** Puts the focus on an element, unless the person has gone elsewhere; true where it is there now. */
export type FocusLater = (target: HTMLElement | null | undefined, options?: FocusOptions) => boolean

/**
 * {@link focusLate} for what a component waits for: it notes what has the focus each time that
 * something is asked for.
 *
 * @param asked what is asked for: another object each time, or true as long as it is waited for; null
 *   or false while nothing is.
 */
export function useLateFocus(asked: object | boolean | null): FocusLater {
  const from = useRef<Element | null>(null)
  // Before whatever takes the focus after this rendering.
  useLayoutEffect(() => {
    if (asked !== null && asked !== false) from.current = document.activeElement
  }, [asked])
  return useCallback((target, options) => focusLate(from.current, target, options), [])
}

/** True where the focus is neither where it was nor nowhere. */
function hasGone(from: Element | null): boolean {
  const { activeElement } = document
  if (activeElement === null || activeElement === document.body) return false
  // Nobody goes to a heading: the page puts the focus there when what had it is gone.
  return activeElement !== from && !activeElement.matches('h1, h2, h3, h4')
}
