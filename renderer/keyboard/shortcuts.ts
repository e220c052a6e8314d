/** What a key does. The one list: the help, the hints on buttons and the listener read it. */
export const shortcuts = [
  { action: 'acknowledge', keys: ['a'], hint: 'A', says: 'Acknowledge: “I have it”' },
  { action: 'snooze', keys: ['s'], hint: 'S', says: 'Snooze, then 1 to 4; or end the snooze' },
  { action: 'resolve', keys: ['r'], hint: 'R', says: 'Resolve' },
  { action: 'close', keys: ['c'], hint: 'C', says: 'Close a resolved incident' },
  { action: 'note', keys: ['n'], hint: 'N', says: 'Write a note' },
  { action: 'why', keys: ['w'], hint: 'W', says: 'Why is this shown?' },
  { action: 'next', keys: ['j', 'ArrowDown'], hint: 'J', says: 'Next incident' },
  { action: 'previous', keys: ['k', 'ArrowUp'], hint: 'K', says: 'Previous incident' },
  { action: 'first', keys: ['Home'], hint: 'Home', says: 'First incident' },
  { action: 'last', keys: ['End'], hint: 'End', says: 'Last incident' },
  { action: 'help', keys: ['?'], hint: '?', says: 'These keys' },
] as const satisfies readonly Shortcut[]

interface Shortcut {
  readonly action: string
  readonly keys: readonly string[]
  readonly hint: string
  readonly says: string
}

export type ShortcutAction = (typeof shortcuts)[number]['action']

/** The key as it is written on the button of an action. */
export function keyOf(action: ShortcutAction): string {
  return shortcuts.find((shortcut) => shortcut.action === action)?.hint ?? ''
}

/** The little of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** True while a key is held down. */
  readonly repeat: boolean
  readonly isComposing: boolean
  /** What has the focus: its tag in capitals and whether it can be typed in. */
  readonly target: { readonly tagName: string; readonly isContentEditable: boolean } | null
  /** True when the focus is inside the queue, where Home, End and the arrows move the selection. */
  readonly isInQueue: boolean
}

const typedIn = new Set(['INPUT', 'TEXTAREA', 'SELECT'])
/** Keys that scroll what has the focus: they are the queue's only while the focus is there. */
const scrolling = new Set(['ArrowDown', 'ArrowUp', 'Home', 'End'])
const repeatable: ReadonlySet<ShortcutAction> = new Set(['next', 'previous'])

/** What a key press asks for; null for one that is none of ours, or meant for a text. */
export function toAction(press: KeyPress): ShortcutAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null
  if (press.target && (typedIn.has(press.target.tagName) || press.target.isContentEditable)) {
    return null
  }
  if (scrolling.has(press.key) && !press.isInQueue) return null
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  const found = shortcuts.find(({ keys }) => keys.some((each) => each === key))
  if (!found || (press.repeat && !repeatable.has(found.action))) return null
  return found.action
}
