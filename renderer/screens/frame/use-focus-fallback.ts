import { useEffect } from 'react'
import { useUi } from '../../engine/cockpit/context.ts'
import { fallbackFor } from './focus-fallback.ts'

/** A menu or a dialog that has closed gives the focus back by itself within this time, ms. */
const RETURNED_AFTER_MS = 100

const HEADINGS = 'h1, h2, h3, h4, [role="heading"]'

/**
 * Lets nobody fall out of the page: where a button goes with what it did, the focus goes to what is
 * nearest to where it was. Whoever knows a better place gives it the focus in the same rendering.
 */
export function useFocusFallback(): void {
  // The queue of Now looks after its own.
  const isOn = useUi(({ screen }) => screen !== 'now')
  useEffect(() => {
    if (!isOn) return undefined
    let path: readonly HTMLElement[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const hasFallen = () =>
      path[0]?.isConnected === false && document.activeElement === document.body
    const restore = (mode: 'near' | 'late') => {
      if (!hasFallen()) return
      const found = fallbackFor(path, startOf)
      if (found && mode === 'near' && !found.isNear) {
        clearTimeout(timer)
        timer = setTimeout(() => restore('late'), RETURNED_AFTER_MS)
        return
      }
      path = []
      take(found?.target)
    }
    const onFocusIn = ({ target }: FocusEvent) => {
      path = target instanceof HTMLElement ? pathOf(target) : []
    }
    // A press on empty space takes the focus away on purpose.
    const onPointerDown = ({ target }: PointerEvent) => {
      const pressed = target instanceof Element ? target.closest('button, a, [tabindex]') : null
      path = pressed instanceof HTMLElement ? pathOf(pressed) : []
    }
    const observer = new MutationObserver(() => restore('near'))
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', onFocusIn)
    document.addEventListener('pointerdown', onPointerDown, true)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      document.removeEventListener('focusin', onFocusIn)
      document.removeEventListener('pointerdown', onPointerDown, true)
    }
  }, [isOn])
}

/** An element and all that is around it, from the inside out. */
function pathOf(element: HTMLElement): readonly HTMLElement[] {
  const path: HTMLElement[] = []
  for (let at: HTMLElement | null = element; at; at = at.parentElement) path.push(at)
  return path
}

/**
 * Where one begins inside of an element: at the line of its list that Tab reaches, else at its
 * heading. Where the whole page is all that is left, that of its screen.
 */
function startOf(element: HTMLElement): HTMLElement | null {
  const screen = element.querySelector<HTMLElement>('main') ?? element
  const grid = screen.querySelector<HTMLElement>('[role="grid"]')
  if (grid) return grid.querySelector<HTMLElement>('[tabindex="0"]') ?? grid
  return screen.querySelector<HTMLElement>(HEADINGS)
}

function take(target: HTMLElement | undefined): void {
  if (!target) return
  // What is no control takes the focus when it is told to, and is left out of the round of Tab.
  if (target.tabIndex < 0 && !target.hasAttribute('tabindex')) target.tabIndex = -1
  target.focus({ preventScroll: true })
}
