import { useEffect, useRef } from 'react'
import { useCockpit } from '../../../engine/cockpit/context.ts'

/** What a key does while a runbook is followed. */
export type StepKey =
  | 'done'
  | 'skip'
  | 'failed'
  | 'note'
  | 'yes'
  | 'no'
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'whole'
  | 'run'

const keys: Readonly<Record<string, StepKey>> = {
  ' ': 'done',
  k: 'skip',
  f: 'failed',
  n: 'note',
  y: 'yes',
  x: 'no',
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  t: 'whole',
  Enter: 'run',
}

/** What is typed into, or does something of its own with these keys. */
const TYPED = 'input, textarea, select, [contenteditable="true"]'
const OVER_SCREEN = '[role="menu"], [role="dialog"]'
const PRESSED = 'button, a[href], summary, [role="checkbox"]'

/**
 * Listens for the keys of the walkthrough on the whole page.
 *
 * @param perform sees the latest rendering.
 */
export function useStepKeys(perform: (key: StepKey) => void): void {
  const { ui } = useCockpit()
  const latest = useRef(perform)
  useEffect(() => {
    latest.current = perform
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.isComposing || ui.getState().dialog) return
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest(`${TYPED}, ${OVER_SCREEN}`)) return
      const key = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (key === undefined) return
      // A button that has the focus is pressed by them.
      if ((key === 'done' || key === 'run') && target?.closest(PRESSED)) return
      event.preventDefault()
      if (!event.repeat || event.key.startsWith('Arrow')) latest.current(key)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
    }
  }, [ui])
}
