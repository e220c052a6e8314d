/** What a key does. The one list: the help, the hints on buttons and the listener read it. */
export const shortcuts = [
  { action: 'acknowledge', group: 'now', keys: ['a'], hint: 'A', says: 'Acknowledge' },
  {
    action: 'unacknowledge',
    group: 'now',
    keys: ['u'],
    hint: 'U',
    says: 'Unacknowledge',
  },
  {
    action: 'snooze',
    group: 'now',
    keys: ['s'],
    hint: 'S',
    says: 'Snooze (then 1 to 4), or unsnooze',
  },
  {
    action: 'silence',
    group: 'now',
    keys: ['m'],
    hint: 'M',
    says: 'Silence in Alertmanager, or extend or expire a silence',
  },
  {
    action: 'mitigate',
    group: 'now',
    keys: ['='],
    hint: '=',
    says: 'Mitigated: it does no more harm; or take that back',
  },
  { action: 'open-page', group: 'now', keys: ['0'], hint: '0', says: 'Open the whole incident' },
  { action: 'resolve', group: 'now', keys: ['r'], hint: 'R', says: 'Resolve' },
  { action: 'reopen', group: 'now', keys: ['o'], hint: 'O', says: 'Reopen a resolved incident' },
  { action: 'close', group: 'now', keys: ['c'], hint: 'C', says: 'Close a resolved incident' },
  { action: 'note', group: 'now', keys: ['n'], hint: 'N', says: 'Add a note' },
  {
    action: 'next-step',
    group: 'now',
    keys: ['p'],
    hint: 'P',
    says: 'Plan: the next open step, then what is still to be confirmed',
  },
  {
    action: 'evidence',
    group: 'now',
    keys: ['v'],
    hint: 'V',
    says: 'Diagnostics: all runs, or the first ones',
  },
  {
    action: 'runbook-step',
    group: 'now',
    keys: ['+'],
    hint: '+',
    says: 'Add the last command of your terminal to a runbook',
  },
  {
    action: 'older-entries',
    group: 'now',
    keys: ['t'],
    hint: 'T',
    says: 'Older timeline entries',
  },
  {
    action: 'find-entries',
    group: 'now',
    keys: ['l'],
    hint: 'L',
    says: 'Find in the timeline; Enter then goes to its entries',
  },
  {
    action: 'add-entry',
    group: 'now',
    keys: ['e'],
    hint: 'E',
    says: 'Add what happened earlier, or an image, to the timeline',
  },
  { action: 'copy-text', group: 'now', keys: ['y'], hint: 'Y', says: 'Copy as text for a chat' },
  {
    action: 'export-markdown',
    group: 'now',
    keys: ['x'],
    hint: 'X',
    says: 'Export the timeline as Markdown',
  },
  {
    action: 'export-json',
    group: 'now',
    keys: ['z'],
    hint: 'Z',
    says: 'Export the timeline as JSON',
  },
  {
    action: 'export-html',
    group: 'now',
    keys: [';'],
    hint: ';',
    says: 'Export the timeline as HTML, with its images',
  },
  {
    action: 'evidence-markdown',
    group: 'now',
    keys: ['g'],
    hint: 'G',
    says: 'Export the evidence as Markdown',
  },
  {
    action: 'evidence-html',
    group: 'now',
    keys: ['h'],
    hint: 'H',
    says: 'Export the evidence as HTML',
  },
  {
    action: 'why',
    group: 'now',
    keys: ['w'],
    hint: 'W',
    says: 'Decision log: why a page, or why no page',
  },
  { action: 'runbook', group: 'now', keys: ['b'], hint: 'B', says: 'Open the runbook' },
  { action: 'dashboard', group: 'now', keys: ['d'], hint: 'D', says: 'Open the dashboard' },
  {
    action: 'focus',
    group: 'now',
    keys: ['i'],
    hint: 'I',
    says: 'Start or end focus: pages of other incidents are held',
  },
  { action: 'next', group: 'now', keys: ['j', 'ArrowDown'], hint: 'J', says: 'Next incident' },
  {
    action: 'previous',
    group: 'now',
    keys: ['k', 'ArrowUp'],
    hint: 'K',
    says: 'Previous incident',
  },
  { action: 'first', group: 'now', keys: ['Home'], hint: 'Home', says: 'First incident' },
  { action: 'last', group: 'now', keys: ['End'], hint: 'End', says: 'Last incident' },
  { action: 'queue', group: 'now', keys: ['q'], hint: 'Q', says: 'Back to the queue' },
  {
    action: 'filter',
    group: 'everywhere',
    keys: ['/'],
    hint: '/',
    says: 'Filter the alerts or the incidents, or search the runbooks',
  },
  {
    action: 'declare',
    group: 'incidents',
    keys: ['+'],
    hint: '+',
    says: 'Declare an incident',
  },
  {
    action: 'take-command',
    group: 'incident',
    keys: ['i'],
    hint: 'I',
    says: 'Take over as incident commander',
  },
  {
    action: 'add-hypothesis',
    group: 'incident',
    keys: ['p'],
    hint: 'P',
    says: 'Add a hypothesis',
  },
  { action: 'add-decision', group: 'incident', keys: ['d'], hint: 'D', says: 'Record a decision' },
  {
    action: 'add-measure',
    group: 'incident',
    keys: ['m'],
    hint: 'M',
    says: 'Record a temporary measure',
  },
  { action: 'add-task', group: 'incident', keys: ['k'], hint: 'K', says: 'Add a task' },
  {
    action: 'ask-approval',
    group: 'incident',
    keys: ['q'],
    hint: 'Q',
    says: 'Request an approval',
  },
  { action: 'write-update', group: 'incident', keys: ['b'], hint: 'B', says: 'Write an update' },
  {
    action: 'set-severity',
    group: 'incident',
    keys: ['!'],
    hint: '!',
    says: 'Set the severity, with a reason',
  },
  { action: 'judge-real', group: 'incident', keys: ['v'], hint: 'V', says: 'Verdict: real' },
  {
    action: 'judge-false-alarm',
    group: 'incident',
    keys: ['f'],
    hint: 'F',
    says: 'Verdict: false alarm',
  },
  {
    action: 'judge-duplicate',
    group: 'incident',
    keys: ['j'],
    hint: 'J',
    says: 'Verdict: duplicate of another incident',
  },
  {
    action: 'news',
    group: 'alerts',
    keys: ['.'],
    hint: '.',
    says: 'Update the list',
  },
  { action: 'show-now', group: 'everywhere', keys: ['1'], hint: '1', says: 'Go to Now' },
  { action: 'show-alerts', group: 'everywhere', keys: ['2'], hint: '2', says: 'Go to Alerts' },
  {
    action: 'show-incidents',
    group: 'everywhere',
    keys: ['3'],
    hint: '3',
    says: 'Go to Incidents',
  },
  { action: 'show-runbooks', group: 'everywhere', keys: ['4'], hint: '4', says: 'Go to Runbooks' },
  { action: 'show-handoff', group: 'everywhere', keys: ['6'], hint: '6', says: 'Go to Handoff' },
  {
    action: 'show-playbook',
    group: 'everywhere',
    keys: ['7'],
    hint: '7',
    says: 'Go to Playbook',
  },
  { action: 'show-settings', group: 'everywhere', keys: ['9'], hint: '9', says: 'Go to Settings' },
  {
    action: 'palette',
    group: 'everywhere',
    keys: ['Mod+k'],
    hint: 'Ctrl K',
    says: 'Command palette',
  },
  { action: 'help', group: 'everywhere', keys: ['?'], hint: '?', says: 'Keyboard shortcuts' },
] as const satisfies readonly Shortcut[]

/** Where keys work. A key may mean different things on different screens, never two on one. */
export const shortcutGroups = ['now', 'alerts', 'incidents', 'incident', 'everywhere'] as const
export type ShortcutGroup = (typeof shortcutGroups)[number]

/** What keys mean where nobody says otherwise: not in the list of incidents, nor on the page of one. */
const usualGroups: readonly ShortcutGroup[] = ['now', 'alerts', 'everywhere']

interface Shortcut {
  readonly action: string
  readonly group: ShortcutGroup
  readonly keys: readonly string[]
  readonly hint: string
  readonly says: string
}

/** How keys are written that have no letter, and how they are read out. */
const namedKeys: Readonly<Record<string, { readonly glyph: string; readonly spoken: string }>> = {
  ArrowDown: { glyph: '↓', spoken: 'Arrow down' },
  ArrowUp: { glyph: '↑', spoken: 'Arrow up' },
  '?': { glyph: '?', spoken: 'Question mark' },
  'Mod+k': { glyph: 'Ctrl K or ⌘ K', spoken: 'Control K or Command K' },
  'Mod+s': { glyph: 'Ctrl S or ⌘ S', spoken: 'Control S or Command S' },
  '/': { glyph: '/', spoken: 'Slash' },
  '.': { glyph: '.', spoken: 'Full stop' },
  ';': { glyph: ';', spoken: 'Semicolon' },
  '*': { glyph: '*', spoken: 'Asterisk' },
  '-': { glyph: '–', spoken: 'Minus' },
  '+': { glyph: '+', spoken: 'Plus' },
  '=': { glyph: '=', spoken: 'Equals' },
  '!': { glyph: '!', spoken: 'Exclamation mark' },
  ArrowLeft: { glyph: '←', spoken: 'Arrow left' },
  ArrowRight: { glyph: '→', spoken: 'Arrow right' },
}

/** A key as the help writes it and as a screen reader should say it. */
export function nameOfKey(key: string): { readonly glyph: string; readonly spoken: string } {
  const name = key.length === 1 ? key.toUpperCase() : key
  return namedKeys[key] ?? { glyph: name, spoken: name }
}

export type ShortcutAction = (typeof shortcuts)[number]['action']

/** What a key means on every screen. */
export type GlobalAction = Extract<(typeof shortcuts)[number], { group: 'everywhere' }>['action']

/** True for what a key means on every screen: no screen takes it for itself. */
export function isGlobal(action: ShortcutAction): action is GlobalAction {
  return shortcuts.some((each) => each.action === action && each.group === 'everywhere')
}

/** What takes an incident along, out of Deckwatch. */
export const takeAlongActions = [
  'copy-text',
  'export-markdown',
  'export-html',
  'export-json',
  'evidence-markdown',
  'evidence-html',
] as const
export type TakeAlongAction = (typeof takeAlongActions)[number]

/** Those of them that export what was done, with commands and outputs. */
export type EvidenceAction = Extract<TakeAlongAction, `evidence-${string}`>

/** True for an export of what was done. */
export function isEvidenceAction(action: TakeAlongAction): action is EvidenceAction {
  return action === 'evidence-markdown' || action === 'evidence-html'
}

/** What the keys of Now do on the page of an incident as well. */
export const sharedWithPage = [
  'acknowledge',
  'unacknowledge',
  'snooze',
  'mitigate',
  'resolve',
  'reopen',
  'close',
  'note',
  'why',
] as const satisfies readonly ShortcutAction[]

/** True for what only the page of an incident, or the list of incidents, does. */
export function isOfIncidents(
  action: ShortcutAction,
): action is Extract<(typeof shortcuts)[number], { group: 'incident' | 'incidents' }>['action'] {
  return shortcuts.some(
    (each) => each.action === action && (each.group === 'incident' || each.group === 'incidents'),
  )
}

/** True for the keys that the timeline listens for, on whatever screen it is. */
export function isOfTimeline(action: ShortcutAction): action is TakeAlongAction | TimelineAction {
  return timelineActions.some((each) => each === action) || isTakeAlong(action)
}

/** What the keys of the timeline do, beside taking it along. */
export const timelineActions = ['older-entries', 'find-entries', 'add-entry'] as const
export type TimelineAction = (typeof timelineActions)[number]

/** True for the keys that take an incident along. */
export function isTakeAlong(action: ShortcutAction): action is TakeAlongAction {
  return takeAlongActions.some((each) => each === action)
}

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
  /** What has the focus: its tag in capitals, the type of an input, whether it can be typed in. */
  readonly target: {
    readonly tagName: string
    readonly type?: string | undefined
    readonly isContentEditable: boolean
  } | null
  /** True when what has the focus uses Home, End and the arrows itself: it scrolls, or is a radio. */
  readonly usesArrows: boolean
  /** True when what has the focus lies over the screen: a menu or a dialog. */
  readonly isOverScreen: boolean
}

const typedIn = new Set(['INPUT', 'TEXTAREA', 'SELECT'])
/** Inputs that take no letters. */
const pressed = new Set(['checkbox', 'radio', 'button', 'submit', 'reset'])
/** Keys that something which scrolls takes for itself, but only while it has the focus itself. */
const arrows = new Set(['ArrowDown', 'ArrowUp', 'Home', 'End'])
const repeatable: ReadonlySet<ShortcutAction> = new Set(['next', 'previous'])

/**
 * What a key press asks for; null for one that is none of ours, or meant for a text.
 *
 * @param groups whose keys count; where two have the same key, that of the first one.
 */
export function toAction(
  press: KeyPress,
  groups: readonly ShortcutGroup[] = usualGroups,
): ShortcutAction | null {
  // The one key that works while something is being typed, too.
  if (isPaletteKey(press)) return 'palette'
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null
  // What is done to the screen is done to what can be seen of it, not behind what lies over it.
  if (press.isOverScreen || isTypedInto(press.target)) return null
  if (press.usesArrows && arrows.has(press.key)) return null
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  const [found] = groups.flatMap((group) =>
    shortcuts.filter((each) => each.group === group && each.keys.some((its) => its === key)),
  )
  if (!found || (press.repeat && !repeatable.has(found.action))) return null
  return found.action
}

function isTypedInto(target: KeyPress['target']): boolean {
  if (!target) return false
  const isPressed = target.type !== undefined && pressed.has(target.type)
  return target.isContentEditable || (typedIn.has(target.tagName) && !isPressed)
}

function isPaletteKey({ key, ctrlKey, metaKey, altKey, repeat }: KeyPress): boolean {
  return ctrlKey !== metaKey && !altKey && !repeat && key.toLowerCase() === 'k'
}
