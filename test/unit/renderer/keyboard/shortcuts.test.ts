import { describe, expect, it } from 'vitest'
import {
  isGlobal,
  isOfIncidents,
  isOfTimeline,
  keyOf,
  nameOfKey,
  sharedWithPage,
  shortcuts,
  toAction,
  type KeyPress,
  type ShortcutAction,
} from '#renderer/keyboard/shortcuts.ts'

function press(key: string, over: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    isComposing: false,
    target: { tagName: 'BODY', isContentEditable: false },
    usesArrows: false,
    isOverScreen: false,
    ...over,
  }
}

describe('toAction', () => {
  it.each([
    ['a', 'acknowledge'],
    ['A', 'acknowledge'],
    ['u', 'unacknowledge'],
    ['o', 'reopen'],
    ['q', 'queue'],
    ['s', 'snooze'],
    ['m', 'silence'],
    ['r', 'resolve'],
    ['c', 'close'],
    ['n', 'note'],
    ['w', 'why'],
    ['y', 'copy-text'],
    ['+', 'runbook-step'],
    ['x', 'export-markdown'],
    ['z', 'export-json'],
    ['g', 'evidence-markdown'],
    ['h', 'evidence-html'],
    ['j', 'next'],
    ['ArrowDown', 'next'],
    ['k', 'previous'],
    ['ArrowUp', 'previous'],
    ['Home', 'first'],
    ['End', 'last'],
    ['?', 'help'],
    ['1', 'show-now'],
    ['2', 'show-alerts'],
    ['p', 'next-step'],
    ['3', 'show-incidents'],
    ['7', 'show-playbook'],
    ['9', 'show-settings'],
    ['=', 'mitigate'],
    ['0', 'open-page'],
  ])('%s asks for %s', (key, action) => {
    expect(toAction(press(key))).toBe(action)
  })

  it.each(['f', 'Enter', 'Escape', 'Tab', ' ', '!'])('leaves %j alone', (key) => {
    expect(toAction(press(key))).toBeNull()
  })

  it.each(['INPUT', 'TEXTAREA', 'SELECT'])(
    'leaves a key alone that is typed into %s',
    (tagName) => {
      expect(toAction(press('a', { target: { tagName, isContentEditable: false } }))).toBeNull()
    },
  )

  it.each(['checkbox', 'radio', 'button', 'submit', 'reset'])(
    'takes a key while the focus is on a %s, which takes no letters',
    (type) => {
      const target = { tagName: 'INPUT', type, isContentEditable: false }
      expect(toAction(press('a', { target }))).toBe('acknowledge')
    },
  )

  it.each(['text', 'search', 'password', 'number', 'time'])(
    'leaves a key alone that is typed into an input for %s',
    (type) => {
      const target = { tagName: 'INPUT', type, isContentEditable: false }
      expect(toAction(press('a', { target }))).toBeNull()
    },
  )

  it('leaves every key to an open menu or dialog that has the focus, but that of the palette', () => {
    for (const key of ['a', '3', '?', '/', 'j', 'ArrowDown']) {
      expect(toAction(press(key, { isOverScreen: true }))).toBeNull()
    }
    expect(toAction(press('k', { ctrlKey: true, isOverScreen: true }))).toBe('palette')
  })

  it('leaves a key alone that is typed into editable text or composed', () => {
    const target = { tagName: 'DIV', isContentEditable: true }
    expect(toAction(press('a', { target }))).toBeNull()
    expect(toAction(press('a', { isComposing: true }))).toBeNull()
  })

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)(
    'leaves a key with %s to the browser',
    (key) => {
      expect(toAction(press('r', { [key]: true }))).toBeNull()
    },
  )

  it('repeats moving while a key is held, and nothing else', () => {
    expect(toAction(press('j', { repeat: true }))).toBe('next')
    expect(toAction(press('a', { repeat: true }))).toBeNull()
  })

  it('moves by arrows, Home and End wherever the focus is, except in what uses them itself', () => {
    for (const key of ['ArrowDown', 'ArrowUp', 'Home', 'End']) {
      const target = { tagName: 'BUTTON', isContentEditable: false }
      expect(toAction(press(key, { target }))).not.toBeNull()
      expect(toAction(press(key, { usesArrows: true }))).toBeNull()
    }
    expect(toAction(press('j', { usesArrows: true }))).toBe('next')
  })
})

describe('the key of the palette', () => {
  it.each(['ctrlKey', 'metaKey'] as const)('is k with %s, also while something is typed', (key) => {
    const target = { tagName: 'TEXTAREA', isContentEditable: false }
    expect(toAction(press('k', { [key]: true, target }))).toBe('palette')
    expect(toAction(press('K', { [key]: true }))).toBe('palette')
    expect(toAction(press('k', { [key]: true, repeat: true }))).toBeNull()
    expect(toAction(press('k', { [key]: true, altKey: true }))).toBeNull()
  })
})

describe('the list of shortcuts', () => {
  it.each([
    ['on Now and Alerts', (group: string) => group !== 'incident' && group !== 'incidents'],
    ['in the list of incidents', (group: string) => ['incidents', 'everywhere'].includes(group)],
    [
      'on the page of an incident',
      (group: string, action: ShortcutAction) =>
        ['incident', 'everywhere'].includes(group) ||
        isOfTimeline(action) ||
        sharedWithPage.some((each) => each === action),
    ],
  ])('gives each key one meaning %s', (_where, isThere) => {
    const keys = shortcuts
      .filter(({ group, action }) => isThere(group, action))
      .flatMap((shortcut) => [...shortcut.keys])
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('means what the first of the groups says that are asked for', () => {
    expect(toAction(press('m'))).toBe('silence')
    expect(toAction(press('m'), ['incident', 'now'])).toBe('add-measure')
    expect(toAction(press('a'), ['incident', 'now'])).toBe('acknowledge')
    expect(toAction(press('1'), ['incident', 'now'])).toBeNull()
    expect(isOfIncidents('add-measure')).toBe(true)
    expect(isOfIncidents('silence')).toBe(false)
  })

  it('names every key for eyes and for ears', () => {
    expect(nameOfKey('a')).toEqual({ glyph: 'A', spoken: 'A' })
    expect(nameOfKey('ArrowDown')).toEqual({ glyph: '↓', spoken: 'Arrow down' })
    expect(nameOfKey('Home')).toEqual({ glyph: 'Home', spoken: 'Home' })
  })

  it('has the hint for a button', () => {
    expect(keyOf('acknowledge')).toBe('A')
  })
})

describe('isGlobal', () => {
  it('is what a key means on every screen', () => {
    const global = shortcuts.filter(({ action }) => isGlobal(action)).map(({ action }) => action)
    expect(global).toEqual([
      'filter',
      'show-now',
      'show-alerts',
      'show-incidents',
      'show-runbooks',
      'show-handoff',
      'show-playbook',
      'show-settings',
      'palette',
      'help',
    ])
  })
})
