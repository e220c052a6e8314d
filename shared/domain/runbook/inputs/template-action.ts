import {
  numberOf,
  templateFunctions,
  writtenValue,
  type TemplateValue,
} from './template-functions.ts'

/** What an action may name. */
interface ActionData {
  readonly labels: Readonly<Record<string, string>>
  readonly externalLabels?: Readonly<Record<string, string>>
  readonly value: number | null
}

/** Deepest nesting of parentheses that is followed. */
const MAX_NESTING = 20

/** What an action writes, or why it is not known. `own` are variables that the template sets itself. */
export function evaluateAction(
  content: string,
  data: ActionData,
  own: ReadonlySet<string>,
): { readonly text: string } | { readonly message: string } {
  if (/^\/\*[\s\S]*\*\/$/.test(content)) return { text: '' }
  const tokens = tokensOf(content)
  if (tokens === null) return unknown
  const reader = createReader(tokens, data, own)
  const value = reader.pipeline(0)
  if (value === null || !reader.isDone()) return unknown
  if (value.kind === 'absent') return { message: `The alert has no ${value.name}.` }
  const written = writtenValue(value)
  return written === null ? unknown : { text: written }
}

const unknown = { message: 'This template cannot be read.' } as const

const token =
  /\s*(?:("(?:[^"\\\n]|\\.)*"|`[^`]*`)|([-+]?(?:\d[\d.]*|\.\d+)(?:e[-+]?\d+)?(?![\w.]))|(\$?\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|([|()]))/giy

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string }

function tokensOf(content: string): readonly Token[] | null {
  const tokens: Token[] = []
  token.lastIndex = 0
  while (content.slice(token.lastIndex).trim() !== '') {
    const match = token.exec(content)
    if (match === null) return null
    const [, quoted, number, word, mark = ''] = match
    if (quoted !== undefined) {
      const text = unquoted(quoted)
      if (text === null) return null
      tokens.push({ kind: 'text', text })
    } else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (word === undefined) tokens.push({ kind: 'mark', text: mark })
    else tokens.push({ kind: 'word', text: word })
  }
  return tokens.length === 0 ? null : tokens
}

const escapes = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['"', '"'],
  ['\\', '\\'],
])

function unquoted(quoted: string): string | null {
  const inner = quoted.slice(1, -1)
  if (quoted.startsWith('`')) return inner
  const isKnown = [...inner.matchAll(/\\(.)/g)].every(([, char = '']) => escapes.has(char))
  return isKnown ? inner.replace(/\\(.)/g, (_, char: string) => escapes.get(char) ?? '') : null
}

interface Reader {
  pipeline(depth: number): TemplateValue | null
  isDone(): boolean
}

function createReader(
  tokens: readonly Token[],
  data: ActionData,
  own: ReadonlySet<string>,
): Reader {
  let at = 0
  const isMark = (text: string) => tokens[at]?.kind === 'mark' && tokens[at]?.text === text

  function pipeline(depth: number): TemplateValue | null {
    if (depth > MAX_NESTING) return null
    let value = command(depth, null)
    while (value !== null && isMark('|')) {
      at += 1
      value = command(depth, value)
    }
    return value
  }

  /** A value, or a function with its parameters; what is piped in comes last. */
  function command(depth: number, piped: TemplateValue | null): TemplateValue | null {
    const first = tokens[at]
    const name = first?.kind === 'word' ? first.text : ''
    const apply = templateFunctions.get(name)
    if (name === 'index') return piped === null ? indexed() : null
    if (apply === undefined) return piped === null ? operand(depth) : null
    at += 1
    const parameters: TemplateValue[] = []
    while (tokens[at] !== undefined && !isMark('|') && !isMark(')')) {
      const value = operand(depth)
      if (value === null) return null
      parameters.push(value)
    }
    return apply(piped === null ? parameters : [...parameters, piped])
  }

  /** `index $labels "name"`. */
  function indexed(): TemplateValue | null {
    const of = tokens[at + 1]
    const name = tokens[at + 2]
    at += 3
    const labels = of?.kind === 'word' ? labelsNamed(of.text) : null
    return labels !== null && name?.kind === 'text' ? label(labels, name.text) : null
  }

  function operand(depth: number): TemplateValue | null {
    const next = tokens[at]
    at += 1
    if (next === undefined) return null
    if (next.kind === 'text') return { kind: 'text', text: next.text }
    if (next.kind === 'number') return literalNumber(next.text)
    if (next.kind === 'word') return named(next.text)
    if (next.text !== '(') return null
    const value = pipeline(depth + 1)
    if (!isMark(')')) return null
    at += 1
    return value
  }

  function named(word: string): TemplateValue | null {
    if (word === '$value' || word === '.Value') {
      if (own.has(word.slice(1))) return null
      return data.value === null
        ? { kind: 'absent', name: 'value' }
        : { kind: 'float', number: data.value }
    }
    const [, map, name] = /^(.+)\.(\w+)$/.exec(word) ?? []
    const labels = map === undefined ? null : labelsNamed(map)
    return labels === null || name === undefined ? null : label(labels, name)
  }

  function labelsNamed(word: string): Readonly<Record<string, string>> | null {
    if (own.has(word.slice(1))) return null
    if (/^(?:\$labels|\.(?:Common|Group)?Labels)$/.test(word)) return data.labels
    return /^(?:\$externalLabels|\.ExternalLabels)$/.test(word)
      ? (data.externalLabels ?? null)
      : null
  }

  return { pipeline: (depth) => pipeline(depth), isDone: () => at >= tokens.length }
}

function label(labels: Readonly<Record<string, string>>, name: string): TemplateValue {
  const text = Object.hasOwn(labels, name) ? labels[name] : undefined
  return text === undefined || text === ''
    ? { kind: 'absent', name: `label ${name}` }
    : { kind: 'text', text }
}

/** A whole number is one to Go unless it is written with a point or an exponent. */
function literalNumber(text: string): TemplateValue | null {
  const number = numberOf(text)
  // `0123` is octal, and what is larger is no longer exact.
  if (number === null || /^[-+]?0\d/.test(text) || Math.abs(number) > Number.MAX_SAFE_INTEGER) {
    return null
  }
  return { kind: /^[-+]?\d+$/.test(text) ? 'whole' : 'float', number }
}
