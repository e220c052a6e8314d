import { useState } from 'react'

/** A text that was cleared with one key or press, and comes back with another one. */
export interface ClearedText {
  /** What was cleared; null where there is nothing to bring back. */
  readonly cleared: string | null
  readonly clear: () => void
  readonly undo: () => void
  /** @returns true for the key that brings it back, which is used up then. */
  readonly onKeyDown: (event: React.KeyboardEvent) => boolean
}

/**
 * Remembers what a filter said before it was cleared, until something else is written: Escape is
 * pressed more easily than meant, and the browser undoes only what was typed.
 */
export function useClearedText(text: string, put: (text: string) => void): ClearedText {
  const [last, setLast] = useState<string | null>(null)
  const cleared = text === '' ? last : null
  // With what is written next it is forgotten.
  if (text !== '' && last !== null) setLast(null)
  const undo = () => {
    if (cleared === null) return
    setLast(null)
    put(cleared)
  }
  return {
    cleared,
    clear() {
      setLast(text)
      put('')
    },
    undo,
    onKeyDown(event) {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
      if (cleared === null || !isUndo || event.key.toLowerCase() !== 'z') return false
      event.preventDefault()
      undo()
      return true
    },
  }
}
