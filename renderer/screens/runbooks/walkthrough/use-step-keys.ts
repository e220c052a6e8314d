import { usePageKeys } from '../../../keyboard/use-page-keys.ts'

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
const PRESSED = 'button, a[href], summary, [role="checkbox"]'

/**
 * Listens for the keys of the walkthrough on the whole page.
 *
 * @param perform sees the latest rendering.
 */
export function useStepKeys(perform: (key: StepKey) => void): void {
  usePageKeys((event, target) => {
    if (event.ctrlKey || event.metaKey || event.altKey || target?.closest(TYPED)) return false
    const key = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (key === undefined) return false
    // A button that has the focus is pressed by them.
    if ((key === 'done' || key === 'run') && target?.closest(PRESSED)) return false
    if (!event.repeat || event.key.startsWith('Arrow')) perform(key)
    return true
  })
}
