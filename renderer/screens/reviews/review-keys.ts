/** What a key does on the page of a review, where no text is being written. */
export type ReviewKey = 'save' | 'cite' | 'add-action' | 'timer' | 'next-part' | 'publish' | 'back'

interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const letters: Readonly<Record<string, ReviewKey>> = {
  c: 'cite',
  a: 'add-action',
  t: 'timer',
  n: 'next-part',
  p: 'publish',
  Escape: 'back',
}

/**
 * What a key press asks for; null for none of ours.
 *
 * @param isTyping true where it may be meant for a text.
 */
export function toReviewKey(press: Press, isTyping: boolean): ReviewKey | null {
  const { key, ctrlKey, metaKey, altKey } = press
  if (ctrlKey !== metaKey && !altKey && key.toLowerCase() === 's') return 'save'
  if (ctrlKey || metaKey || altKey || isTyping) return null
  return letters[key.length === 1 ? key.toLowerCase() : key] ?? null
}

const typedIn = new Set(['INPUT', 'TEXTAREA', 'SELECT'])
const pressed = new Set(['checkbox', 'radio', 'button'])

/** True where letters are written into what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || !typedIn.has(target.tagName)) return false
  return !(target instanceof HTMLInputElement && pressed.has(target.type))
}
