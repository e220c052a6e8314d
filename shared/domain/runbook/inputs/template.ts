import { evaluateAction } from './template-action.ts'

/** What templates are filled from: an alert, as Prometheus knows it. */
export interface TemplateData {
  readonly labels: Readonly<Record<string, string>>
  readonly externalLabels?: Readonly<Record<string, string>>
  /** What was measured; null: unknown. */
  readonly value: number | null
}

/** A stretch of a template that stays as it is written. */
export interface Unresolved {
  readonly text: string
  /** Where it stands in the template, in UTF-16 units. */
  readonly start: number
  readonly end: number
  readonly message: string
}

/** A template with its values in. */
export interface ExpandedText {
  readonly text: string
  readonly unresolved: readonly Unresolved[]
}

/** Longest template that is filled, in UTF-16 units. */
const MAX_LENGTH = 100_000

/**
 * Fills the Go templates of a text as Prometheus does: `{{ $labels.pod }}`, `{{ .Labels.pod }}`,
 * `{{ $value | humanize }}`, `{{ printf "%.2f" $value }}`, `{{ or $labels.a "b" }}`. What is not
 * known, such as queries, conditions and loops with all that stands in them, stays as it is written
 * and is reported. So does a label that the alert does not have: Prometheus writes nothing there,
 * which nobody would notice in a command. Never fails. Pure.
 */
export function expandTemplates(text: string, data: TemplateData): ExpandedText {
  if (text.length > MAX_LENGTH || !text.includes('{{')) return { text, unresolved: [] }
  const unresolved: Unresolved[] = []
  const own = new Set<string>()
  let written = ''
  let at = 0
  let trims = false
  const literal = (until: number, trimsEnd: boolean) => {
    const between = text.slice(at, until)
    const begun = trims ? between.replace(/^[ \t\r\n]+/, '') : between
    written += trimsEnd ? begun.replace(/[ \t\r\n]+$/, '') : begun
  }
  const leave = (start: number, end: number, message: string) => {
    literal(start, false)
    written += text.slice(start, end)
    unresolved.push({ text: text.slice(start, end), start, end, message })
    trims = false
    at = end
  }
  for (let next = nextAction(text, 0); next !== null; next = nextAction(text, at)) {
    const { start, end, content, trimsBefore, trimsAfter } = next
    const word = /^\w+/.exec(content)?.[0] ?? ''
    const assigned = /^\$(\w+)\s*:?=/.exec(content)?.[1]
    if (openers.has(word)) {
      leave(start, endOfBlock(text, end), `"${word}" is not filled in.`)
    } else if (assigned !== undefined) {
      // From here on the name is the template's own, even that of `$value`.
      own.add(assigned)
      leave(start, end, `$${assigned} is not filled in.`)
    } else {
      const result = evaluateAction(content, data, own)
      if ('message' in result) leave(start, end, result.message)
      else {
        literal(start, trimsBefore)
        written += result.text
        trims = trimsAfter
        at = end
      }
    }
  }
  literal(text.length, false)
  return { text: written, unresolved }
}

const openers = new Set(['if', 'range', 'with', 'define', 'block'])

interface Action {
  readonly start: number
  readonly end: number
  /** Between the braces, without the space around it. */
  readonly content: string
  /** Whether the space before it, and behind it, goes. */
  readonly trimsBefore: boolean
  readonly trimsAfter: boolean
}

/** The next action; null: there is none, or none that ends. */
function nextAction(text: string, from: number): Action | null {
  const start = text.indexOf('{{', from)
  if (start < 0) return null
  const trimsBefore = /^-\s/.test(text.slice(start + 2, start + 4))
  const begin = start + (trimsBefore ? 3 : 2)
  const close = endOfAction(text, begin)
  if (close === null) return null
  const inner = text.slice(begin, close)
  const trimsAfter = /\s-$/.test(inner.slice(-2))
  const content = (trimsAfter ? inner.slice(0, -1) : inner).trim()
  return { start, end: close + 2, content, trimsBefore, trimsAfter }
}

/** Where the braces are that end an action; those in quotes and comments do not. */
function endOfAction(text: string, from: number): number | null {
  let at = from
  while (at < text.length) {
    const char = text[at]
    if (text.startsWith('}}', at)) return at
    if (char === '"') {
      const quoted = endOfQuoted(text, at)
      if (quoted === null) return null
      at = quoted
    } else if (char === '`' || text.startsWith('/*', at)) {
      const mark = char === '`' ? '`' : '*/'
      const end = text.indexOf(mark, at + mark.length)
      if (end < 0) return null
      at = end + mark.length
    } else at += 1
  }
  return null
}

function endOfQuoted(text: string, from: number): number | null {
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at]
    if (char === '"') return at + 1
    if (char === '\n') return null
    if (char === '\\') at += 1
  }
  return null
}

/** Where the block ends whose opening action ends at a place; the end of the text if it never does. */
function endOfBlock(text: string, from: number): number {
  let depth = 1
  let at = from
  for (let next = nextAction(text, at); next !== null; next = nextAction(text, at)) {
    at = next.end
    const word = /^\w+/.exec(next.content)?.[0] ?? ''
    if (openers.has(word)) depth += 1
    else if (word === 'end') depth -= 1
    if (depth === 0) return at
  }
  return text.length
}
