import type { QueryLanguage } from './query-language.ts'

/** Where in a query something stands. */
export type QueryPlace =
  /** Within a text in quotes. `matcher`: the operator of the matcher that it is the value of. */
  | {
      readonly kind: 'string'
      readonly quote: '"' | "'" | '`'
      readonly matcher: string | null
      /** True right behind a backslash, which would take the next character. */
      readonly isEscaped: boolean
    }
  | { readonly kind: 'comment' }
  /** Between `{` and `}`, outside of quotes. */
  | { readonly kind: 'braces' }
  /** Between `[` and `]`. */
  | { readonly kind: 'range' }
  | { readonly kind: 'open' }

/**
 * Says what the places of a query are. `skip` are stretches that are not the query's own, such as
 * placeholders, in their order: what stands in them is not looked at. Null: a text or a bracket
 * never ends, so that nothing can be said of what follows. Pure.
 */
export function queryPlaces(
  query: string,
  skip: readonly { readonly start: number; readonly end: number }[],
  { quotes, noQuotes, operatorOf }: QueryLanguage,
): readonly QueryPlace[] | null {
  const places: QueryPlace[] = []
  const brackets: string[] = []
  /** The query without what is in quotes, to see the operator in front of the next one. */
  let before = ''
  let string: Pick<StringPlace, 'quote' | 'matcher'> | null = null
  let isEscaped = false
  let isComment = false
  let next = 0
  for (let at = 0; at <= query.length; at += 1) {
    const stretch = skip[next]
    const char = query.charAt(at)
    if (stretch?.start === at) {
      if (string !== null) places.push({ kind: 'string', ...string, isEscaped })
      else places.push(isComment ? { kind: 'comment' } : outside(brackets))
      isEscaped = false
      before += '?'
      next += 1
      at = Math.max(stretch.end - 1, at)
    } else if (isComment) {
      isComment = char !== '\n'
    } else if (string !== null) {
      if (isEscaped) isEscaped = false
      else if (char === '\\' && string.quote !== '`') isEscaped = true
      else if (char === string.quote) {
        string = null
        before += char
      }
    } else if (char === '#') {
      isComment = true
    } else if (isQuote(char) && quotes.includes(char)) {
      string = { quote: char, matcher: operatorOf(before, brackets.at(-1)) }
    } else if (char !== '' && noQuotes.includes(char)) {
      return null
    } else {
      const opener = opening.get(char)
      if (char === '{' || char === '[' || char === '(') brackets.push(char)
      else if (opener !== undefined && brackets.pop() !== opener) return null
      before += char
    }
  }
  return string !== null || brackets.length > 0 ? null : places
}

const isQuote = (char: string): char is StringPlace['quote'] => ['"', "'", '`'].includes(char)

type StringPlace = Extract<QueryPlace, { kind: 'string' }>

const opening = new Map([
  ['}', '{'],
  [']', '['],
  [')', '('],
])

function outside(brackets: readonly string[]): QueryPlace {
  const last = brackets.at(-1)
  if (last === '{') return { kind: 'braces' }
  return { kind: last === '[' ? 'range' : 'open' }
}
