import type { Placeholder, PlaceholderForm } from './schema.ts'
import { scanShell, type ShellPlace } from './shell-scan.ts'

/** Variables that every shell has. */
const usual = new Set(
  (
    'HOME PATH USER LOGNAME PWD OLDPWD SHELL HOSTNAME RANDOM SECONDS LINENO UID EUID PPID IFS ' +
    'LANG TERM EDITOR TMPDIR BASH BASH_SOURCE BASH_VERSION FUNCNAME OPTARG OPTIND REPLY PS1 PIPESTATUS'
  ).split(' '),
)

/** `{{ $labels.x }}`, `{{ .Labels.x }}`, `{{ $value | humanize }}`: of Prometheus and Alertmanager. */
const template =
  /\{\{-?\s*(?:(?:\$labels|\.(?:Common|Group)?Labels)\.([A-Za-z_]\w*)|(?:\$labels|index\s+(?:\$labels|\.Labels))\s*"([^"\n]+)"|\$(value)\b|\.(Value)\b)\s*((?:\|[^{}\n]{0,100})?)-?\}\}/g
const angle = /<([A-Za-z][^<>\n]{0,120})>/g
const brace = /\{\s*([A-Za-z_]\w*)(\s*[-+*/]\s*\d+(?:\.\d+)?)?\s*\}/g
const variable =
  /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?-([^{}\n]*))?(?::?[=?+][^{}\n]*|[#%/,^@][^{}\n]*)?\})/g
/** A variable that is set where a command begins; `make NAME=$NAME` sets none. */
const assignment =
  /(?:^|[;&|(`\n]|\b(?:then|do|else|export|local|readonly|declare|typeset)[ \t])[ \t]*(?:-\w+[ \t]+)?([A-Za-z_]\w*)\+?=/g
/** Behind the name of one: its value, and the next one. */
const nextAssignment =
  /(?:"[^"\n]*"|'[^'\n]*'|\$\([^()\n]*\)|[^\s;&|()"'])*[ \t]+([A-Za-z_]\w*)\+?=/y
const otherAssignment =
  /(?:^|[\s;&|(])(?:for|read(?:\s+-\w+)*|select|mapfile|getopts\s+\S+)\s+((?:[A-Za-z_]\w*[ \t]*)+)/g
/** `namespace label from alert`, in the words of those who write it. */
const fromAlert =
  /^(?:the\s+)?(?:value\s+of\s+(?:the\s+)?)?[`'"]?([A-Za-z_]\w*)[`'"]?\s+label(?:'s value)?\s+(?:from|of|in)\s+(?:the\s+|your\s+|this\s+)?alert$/i

const none = {
  label: null,
  expression: null,
  description: null,
  fallback: null,
  setBy: null,
} as const

/** What the placeholders of a text are, in their order. */
export interface Found {
  readonly placeholders: readonly Placeholder[]
  /** Variables that the text sets for what comes after it; those that are asked for included. */
  readonly sets: readonly string[]
}

/** The placeholders of a shell's text. */
export function shellPlaceholders(text: string): Found {
  const at = scanShell(text)
  const sets = new Map<string, number>()
  const set = (name: string, from: number) => {
    if (!sets.has(name)) sets.set(name, from)
  }
  for (const { index, 0: whole, 1: name } of text.matchAll(assignment)) {
    const end = index + whole.length
    if (name === undefined || at(end - 1) !== 'open') continue
    set(name, afterWord(text, end))
    for (const [next, from] of nextAssignments(text, end)) set(next, from)
  }
  for (const { 1: names, index } of text.matchAll(otherAssignment)) {
    if (names === undefined || at(index + 1) !== 'open') continue
    for (const name of names.trim().split(/\s+/)) if (name !== 'in') set(name, index)
  }
  const taken = createTaken()
  const found = [
    ...templates(text, taken),
    ...angles(text, taken, at),
    ...braces(text, taken, at),
    ...variables(text, taken, { at, sets }),
  ]
  return { placeholders: inOrder(found), sets: [...sets.keys()] }
}

/** Where the word that begins at a place ends, quotes not looked at. */
function afterWord(text: string, from: number): number {
  const length = /^[^\s;&|]*/.exec(text.slice(from, from + 1_000))?.[0].length ?? 0
  return from + length
}

/** The variables of `A=1 B=2` behind the first one, each with the place from which it is set. */
function nextAssignments(text: string, from: number): readonly (readonly [string, number])[] {
  const found: (readonly [string, number])[] = []
  nextAssignment.lastIndex = from
  for (let next = nextAssignment.exec(text); next !== null; next = nextAssignment.exec(text)) {
    if (next[1] !== undefined) found.push([next[1], afterWord(text, nextAssignment.lastIndex)])
    if (found.length > 50) break
  }
  return found
}

/** The placeholders of a text that is no shell's: a query, a check, code within a sentence, or a manifest. */
export function textPlaceholders(
  text: string,
  of: 'query' | 'check' | 'inline' | 'data',
): readonly Placeholder[] {
  const taken = createTaken()
  const open = () => 'open' as const
  return inOrder([
    ...templates(text, taken),
    ...angles(text, taken, open, of === 'query' || of === 'data'),
    ...braces(text, taken, open, of === 'check'),
    ...(of === 'data' ? [] : variables(text, taken, { at: open, sets: new Map() })),
  ])
}

/** Templates alone, as prose has them; what else looks like a placeholder there is a word. */
export function templatePlaceholders(text: string): readonly Placeholder[] {
  return templates(text, createTaken())
}

type At = (index: number) => ShellPlace
type Taken = (start: number, end: number) => boolean

/** Says whether a stretch is free, and takes it. */
function createTaken(): Taken {
  const stretches: (readonly [number, number])[] = []
  return (start, end) => {
    if (stretches.some(([from, until]) => start < until && from < end)) return true
    stretches.push([start, end])
    return false
  }
}

const inOrder = (found: readonly Placeholder[]) => found.toSorted((a, b) => a.start - b.start)

function placeholder(
  name: string,
  form: PlaceholderForm,
  [start, end]: readonly [number, number],
  more: Partial<Placeholder> = {},
): Placeholder {
  return { ...none, name, form, start, end, ...more }
}

function templates(text: string, taken: Taken): readonly Placeholder[] {
  const found: Placeholder[] = []
  for (const match of text.matchAll(template)) {
    const { index, 0: whole, 1: dotted, 2: quoted, 3: value, 4: goValue, 5: filters = '' } = match
    const name = dotted ?? quoted ?? value ?? goValue?.toLowerCase() ?? ''
    const end = index + whole.length
    if (taken(index, end)) continue
    const isLabel = dotted !== undefined || quoted !== undefined
    const filter = filters.trim()
    found.push(
      placeholder(name, 'template', [index, end], {
        label: isLabel ? name : null,
        expression: filter === '' ? null : `${isLabel ? `$labels.${name}` : '$value'} ${filter}`,
      }),
    )
  }
  return found
}

function angles(text: string, taken: Taken, at: At, isStrict = false): readonly Placeholder[] {
  const found: Placeholder[] = []
  for (const { index, 0: whole, 1: inner = '' } of text.matchAll(angle)) {
    const end = index + whole.length
    if (!isAngleName(text, index, inner, isStrict) || at(index) === 'comment') continue
    if (taken(index, end)) continue
    const label = fromAlert.exec(inner)?.[1] ?? null
    const variableName =
      label === null && !inner.includes(' ') ? null : assignedTo(text, index, end)
    const more = { label, description: inner.includes(' ') ? inner : null }
    found.push(
      variableName === null
        ? placeholder(label ?? inner, 'angle', [index, end], more)
        : placeholder(variableName, 'input', [index, end], more),
    )
  }
  return found
}

function isAngleName(text: string, index: number, inner: string, isStrict: boolean): boolean {
  if (text[index - 1] === '<' || /\s$/.test(inner)) return false
  // `a <b and c> d` compares; within quotes, and in the words for a label, it does not.
  if (isStrict) {
    const isQuoted = /["'`~]/.test(text[index - 1] ?? '')
    return isQuoted || fromAlert.test(inner) || /^[A-Za-z][\w.-]*$/.test(inner)
  }
  // `cat <input.txt && sort >output` and `<(command)` are redirections.
  return !/[;&$`()=]|\|\||^\S+\.\w+\s/.test(inner)
}

/** The variable whose whole value stands between two places: `NAME='…'`. */
function assignedTo(text: string, start: number, end: number): string | null {
  const [, name, quote] =
    /(?:^|[\s;&|(])([A-Za-z_]\w*)=(["']?)$/.exec(text.slice(Math.max(0, start - 120), start)) ?? []
  if (name === undefined) return null
  const after = text.slice(end, end + 2)
  if (quote !== undefined && quote !== '' && !after.startsWith(quote)) return null
  const behind = quote === undefined ? after : after.slice(quote.length)
  return behind === '' || /^[\s;&|)]/.test(behind) ? name : null
}

/** Words that awk's own language has within braces. */
const awkWords = new Set(['print', 'exit', 'next', 'getline', 'nextfile'])

function braces(text: string, taken: Taken, at: At, isBehindAt = false): readonly Placeholder[] {
  const found: Placeholder[] = []
  for (const { index, 0: whole, 1: name = '', 2: sum } of text.matchAll(brace)) {
    const end = index + whole.length
    // `${NAME}`, `%{http_code}`, `HEAD@{upstream}`, `{{ … }}` and `\{` are somebody else's.
    const before = text[index - 1] ?? ''
    if (/[$%@{\\#]/.test(before) && !(isBehindAt && before === '@')) continue
    if (text[end] === '}') continue
    if (awkWords.has(name) || at(index) === 'comment') continue
    if (at(index) === 'literal' && isProgram(text, index)) continue
    if (taken(index, end)) continue
    found.push(
      placeholder(name, 'brace', [index, end], {
        expression: sum === undefined ? null : whole.slice(1, -1).trim(),
      }),
    )
  }
  return found
}

/** Whether quoted text belongs to a program whose language has braces of its own. */
function isProgram(text: string, index: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', index) + 1, index)
  return /\b(?:g?awk|jq|yq|sed|perl|python3?|ruby|jsonpath|go-template|template)\b/.test(line)
}

function variables(
  text: string,
  taken: Taken,
  { at, sets }: { readonly at: At; readonly sets: ReadonlyMap<string, number> },
): readonly Placeholder[] {
  const found: Placeholder[] = []
  for (const match of text.matchAll(variable)) {
    const { index, 0: whole, 1: bare, 2: braced, 3: fallback = null } = match
    const name = bare ?? braced ?? ''
    const place = at(index)
    if (place !== 'open' && place !== 'quoted') continue
    // What is set further on is not set yet: `NAME=${NAME:-value}`.
    if (usual.has(name) || index >= (sets.get(name) ?? Infinity)) continue
    // `$__rate_interval` and the like are a dashboard's.
    if (name.startsWith('__')) continue
    const end = index + whole.length
    if (taken(index, end)) continue
    found.push(placeholder(name, 'variable', [index, end], { fallback }))
  }
  return found
}
