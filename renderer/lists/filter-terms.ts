import { quote, quoteName, unquote } from '#shared/domain/matcher/quoting.ts'

/** One condition of a filter with its place in the text, 0-based, `end` behind it. */
export type FilterTerm = Place &
  (
    | {
        readonly kind: 'label' | 'field'
        /** Of a label, or of a field without its @. */
        readonly name: string
        readonly operator: FilterOperator
        readonly value: string
        /** Where the value begins, its quote left out. */
        readonly valueAt: number
      }
    | { readonly kind: 'text'; readonly value: string; readonly isNegated: boolean }
  )

interface Place {
  readonly start: number
  readonly end: number
}

export type FilterOperator = '=' | '!=' | '=~' | '!~' | '<' | '>' | '<=' | '>='

/** What is wrong with a filter, where (0-based), and what to do about it. */
export interface FilterProblem {
  readonly offset: number
  readonly message: string
}

/** A filter taken apart, up to its first mistake. */
export interface FilterTerms {
  readonly terms: readonly FilterTerm[]
  readonly problem: FilterProblem | null
}

/** Longest filter that is read, in UTF-16 units. */
export const MAX_FILTER_LENGTH = 4_000

const separator = /[\s,{}]+/y
/** A name without quotes may be in any script; what addresses and calls are made of makes it a word. */
const head =
  /(?:(?<at>@?)(?<bare>[^\s{}!=~,\\"'`<>@/?()]+)|"(?<quoted>(?:[^"\\]|\\.)*)")\s*(?<operator>=~|!~|!=|<=|>=|=|<|>)\s*/y
const quotedValue = /"((?:[^"\\]|\\.)*)"/y
/** Braces belong to it where they are closed, as in `web[0-9]{2}`; others stand around conditions. */
const bareValue = /(?:[^\s,{}"]|\{[^\s{}"]*\})+/y
const word = /[^\s,]+/y

function at(expression: RegExp, text: string, offset: number): RegExpExecArray | null {
  expression.lastIndex = offset
  return expression.exec(text)
}

/**
 * Reads a filter: conditions on labels as Alertmanager writes them, on what Deckwatch knows besides
 * (`@state=suppressed`), and words that must occur. Commas, spaces and braces separate them.
 */
export function readTerms(text: string): FilterTerms {
  const terms: FilterTerm[] = []
  if (text.length > MAX_FILTER_LENGTH) {
    const message = `A filter can have ${String(MAX_FILTER_LENGTH)} characters, not more.`
    return { terms, problem: { offset: MAX_FILTER_LENGTH, message } }
  }
  let offset = 0
  while (offset < text.length) {
    const gap = at(separator, text, offset)
    if (gap) {
      offset += gap[0].length
      continue
    }
    const term = readTerm(text, offset)
    if ('message' in term) return { terms, problem: term }
    terms.push(term)
    offset = term.end
  }
  return { terms, problem: null }
}

function readTerm(text: string, start: number): FilterTerm | FilterProblem {
  const found = at(head, text, start)
  const groups = found?.groups
  const operator = groups?.['operator']
  const isField = groups?.['at'] === '@'
  // A label has no order: what looks like a comparison is a word.
  const isCondition = operator !== undefined && (isField || !/[<>]/.test(operator))
  if (found && groups && isCondition) {
    const name = groups['bare'] ?? unquote(groups['quoted'] ?? '')
    const value = readValue(
      text,
      start + found[0].length,
      `${isField ? '@' : ''}${name}${operator}`,
    )
    if ('message' in value) return value
    return {
      kind: isField ? 'field' : 'label',
      name,
      operator: operator as FilterOperator,
      ...value,
      start,
    }
  }
  if (text[start] === '@') {
    const name = at(word, text, start)?.[0] ?? '@'
    return { offset: start, message: `After ${name} comes a condition, such as @state=suppressed.` }
  }
  const isNegated = text[start] === '!'
  const from = isNegated ? start + 1 : start
  const quoted = at(quotedValue, text, from)
  if (quoted) {
    const end = from + quoted[0].length
    return { kind: 'text', value: unquote(quoted[1] ?? ''), isNegated, start, end }
  }
  if (text[from] === '"')
    return { offset: from, message: 'The quote that opens here is not closed.' }
  const plain = at(word, text, from)
  if (!plain) return { offset: start, message: 'After "!" comes the word that must not occur.' }
  return { kind: 'text', value: plain[0], isNegated, start, end: from + plain[0].length }
}

function readValue(
  text: string,
  offset: number,
  before: string,
): { readonly value: string; readonly valueAt: number; readonly end: number } | FilterProblem {
  const quoted = at(quotedValue, text, offset)
  if (quoted) {
    const end = offset + quoted[0].length
    return { value: unquote(quoted[1] ?? ''), valueAt: offset + 1, end }
  }
  if (text[offset] === '"') return { offset, message: 'The quote that opens here is not closed.' }
  const bare = at(bareValue, text, offset)
  if (bare) return { value: bare[0], valueAt: offset, end: offset + bare[0].length }
  return { offset, message: `A value is missing after ${before}; "" stands for none.` }
}

/** Writes a condition so that it is read back as it is. */
export function formatTerm(term: {
  readonly kind: 'label' | 'field'
  readonly name: string
  readonly operator: FilterOperator
  readonly value: string
}): string {
  const { kind, name, operator, value } = term
  if (kind === 'field')
    return `@${name}${operator}${/^[\w.-]+$/.test(value) ? value : quote(value)}`
  return `${quoteName(name)}${operator}${quote(value)}`
}

/** What stands before the term that has the mistake. */
export function textBeforeMistake(text: string, { offset }: Pick<FilterProblem, 'offset'>): string {
  const before = readTerms(text).terms.filter(({ end }) => end <= offset)
  return text.slice(0, before.at(-1)?.end ?? 0)
}

/**
 * True for a text that only began to write the term with the mistake: `cluster` on the way to
 * `cluster=~"(`.
 *
 * @param before what stands before that term.
 */
export function isOnTheWay(written: string, before: string, text: string): boolean {
  if (!written.startsWith(before)) return false
  const begun = written.slice(before.length).trim()
  return begun !== '' && text.slice(before.length).trimStart().startsWith(begun)
}

/** The filter without one of its terms. */
export function withoutTerm(text: string, { start, end }: Place): string {
  const before = text.slice(0, start).replace(/[\s,]+$/, '')
  const after = text.slice(end).replace(/^[\s,]+/, '')
  return before !== '' && after !== '' ? `${before} ${after}` : before + after
}

/**
 * The filter that also asks for a label's value, or against it. Its opposite is replaced, and what
 * is asked for already is not asked for twice.
 */
export function withLabel(text: string, name: string, value: string, isWanted: boolean): string {
  const wanted = { kind: 'label', name, operator: isWanted ? '=' : '!=', value } as const
  const { terms } = readTerms(text)
  const isThis = (term: FilterTerm, operator: FilterOperator) =>
    term.kind === 'label' &&
    term.name === name &&
    term.value === value &&
    term.operator === operator
  if (terms.some((term) => isThis(term, wanted.operator))) return text
  const opposite = terms.find((term) => isThis(term, isWanted ? '!=' : '='))
  const rest = (opposite ? withoutTerm(text, opposite) : text).trim()
  return rest === '' ? formatTerm(wanted) : `${rest} ${formatTerm(wanted)}`
}
