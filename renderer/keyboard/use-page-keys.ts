import { useLayoutEffect, useRef } from 'react'
import { MODAL, OVER_SCREEN } from './over-screen.ts'

/**
 * Listens for the keys of a screen on the whole page: from the moment that it is drawn, and also while
 * nothing has the focus. Keys that a part of the screen has used do not come here, nor do those that
 * are pressed while a dialog or a menu is open.
 *
 * @param perform sees the latest rendering; true where the key was used.
 */
export function usePageKeys(
  perform: (event: KeyboardEvent, target: Element | null) => boolean,
): void {
  const latest = useRef(perform)
  useLayoutEffect(() => {
    latest.current = perform
  })
  useLayoutEffect(() => {
    // A dialog that this very key closes is gone when the key comes here.
    let wasOver = false
    const onCapture = () => {
      wasOver = document.querySelector(MODAL) !== null
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || wasOver) return
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest(OVER_SCREEN)) return
      if (latest.current(event, target)) event.preventDefault()
    }
    window.addEventListener('keydown', onCapture, { capture: true })
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onCapture, { capture: true })
      window.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}
