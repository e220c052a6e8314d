import { useEffect, useLayoutEffect, useRef } from 'react'
import { MODAL } from '../keyboard/over-screen.ts'

/**
 * Calls back when the element that had the focus has left the page, which leaves the focus nowhere.
 * It looks after each rendering of the component that uses it, and leaves an open dialog alone: what
 * lies behind that has no claim on the focus.
 *
 * @param restore puts the focus where it belongs.
 */
export function useFocusLoss(restore: () => void): void {
  const last = useRef<Element | null>(null)
  useEffect(() => {
    const onFocusIn = ({ target }: FocusEvent) => {
      last.current = target instanceof Element ? target : null
    }
    // A press on empty space takes the focus away on purpose.
    const onPointerDown = ({ target }: PointerEvent) => {
      last.current = target instanceof Element ? target.closest('button, a, [tabindex]') : null
    }
    document.addEventListener('focusin', onFocusIn)
    document.addEventListener('pointerdown', onPointerDown, true)
    return () => {
      document.removeEventListener('focusin', onFocusIn)
      document.removeEventListener('pointerdown', onPointerDown, true)
    }
  }, [])
  useLayoutEffect(() => {
    const isLost = last.current?.isConnected === false && document.activeElement === document.body
    if (isLost && document.querySelector(MODAL) === null) restore()
  })
}
