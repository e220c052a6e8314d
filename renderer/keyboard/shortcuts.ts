/** What a key does. The one list: the help, the hints on buttons and the listener read it. */
export const shortcuts = [
  { action: 'acknowledge', keys: ['a'], hint: 'A', says: 'Acknowledge: “I have it”' },
  { action: 'unacknowledge', keys: ['u'], hint: 'U', says: 'Give back what is acknowledged' },
  { action: 'snooze', keys: ['s'], hint: 'S', says: 'Snooze, then 1 to 4; or end the snooze' },
  { action: 'resolve', keys: ['r'], hint: 'R', says: 'Resolve' },
  { action: 'reopen', keys: ['o'], hint: 'O', says: 'Reopen a resolved incident' },
  { action: 'close', keys: ['c'], hint: 'C', says: 'Close a resolved incident' },
  { action: 'note', keys: ['n'], hint: 'N', says: 'Write a note' },
  { action: 'why', keys: ['w'], hint: 'W', says: 'Why is this shown?' },
  {
    action: 'stay',
    keys: ['i'],
    hint: 'I',
    says: '“I’m awake”: other pages wait while I work on this',
  },
  { action: 'next', keys: ['j', 'ArrowDown'], hint: 'J', says: 'Next incident' },
  { action: 'previous', keys: ['k', 'ArrowUp'], hint: 'K', says: 'Previous incident' },
  { action: 'first', keys: ['Home'], hint: 'Home', says: 'First incident' },
  { action: 'last', keys: ['End'], hint: 'End', says: 'Last incident' },
  { action: 'queue', keys: ['q'], hint: 'Q', says: 'Back to the queue' },
  { action: 'show-now', keys: ['1'], hint: '1', says: 'Go to Now' },
  { action: 'show-alerts', keys: ['2'], hint: '2', says: 'Go to Alerts' },
  { action: 'show-settings', keys: ['3'], hint: '3', says: 'Go to Settings' },
  { action: 'help', keys: ['?'], hint: '?', says: 'These keys' },
] as const satisfies readonly Shortcut[]

interface Shortcut {
  readonly action: string
  readonly keys: readonly string[]
  readonly hint: string
  readonly says: string
}

/** How keys are written that have no letter, and how they are read out. */
const namedKeys: Readonly<Record<string, { readonly glyph: string; readonly spoken: string }>> = {
  ArrowDown: { glyph: '↓', spoken: 'Arrow down' },
  ArrowUp: { glyph: '↑', spoken: 'Arrow up' },
  '?': { glyph: '?', spoken: 'Question mark' },
}

/** A key as the help writes it and as a screen reader should say it. */
export function nameOfKey(key: string): { readonly glyph: string; readonly spoken: string } {
  const name = key.length === 1 ? key.toUpperCase() : key
  return namedKeys[key] ?? { glyph: name, spoken: name }
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
  /** True when what has the focus uses Home, End and the arrows itself: it scrolls, or is a menu. */
  readonly usesArrows: boolean
}

const typedIn = new Set(['INPUT', 'TEXTAREA', 'SELECT'])
/** Keys that something which scrolls takes for itself, but only while it has the focus itself. */
const arrows = new Set(['ArrowDown', 'ArrowUp', 'Home', 'End'])
const repeatable: ReadonlySet<ShortcutAction> = new Set(['next', 'previous'])

/** What a key press asks for; null for one that is none of ours, or meant for a text. */
export function toAction(press: KeyPress): ShortcutAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null
  if (press.target && (typedIn.has(press.target.tagName) || press.target.isContentEditable)) {
    return null
  }
  if (press.usesArrows && arrows.has(press.key)) return null
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  const found = shortcuts.find(({ keys }) => keys.some((each) => each === key))
  if (!found || (press.repeat && !repeatable.has(found.action))) return null
  return found.action
}
