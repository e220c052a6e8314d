/** Where in a PromQL query something stands. */
export type PromqlPlace =
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
export function promqlPlaces(
  query: string,
  skip: readonly { readonly start: number; readonly end: number }[],
): readonly PromqlPlace[] | null {
  const places: PromqlPlace[] = []
  const brackets: string[] = []
  /** The query's own text since the last quote, to see the operator in front of the next one. */
  let before = ''
  let state: Extract<PromqlPlace, { kind: 'string' | 'comment' }> | null = null
  let next = 0
  let at = 0
  while (at <= query.length) {
    const stretch = skip[next]
    if (stretch?.start === at) {
      places.push(state ?? outside(brackets))
      if (state?.kind === 'string') state = { ...state, isEscaped: false }
      before += '?'
      next += 1
      at = Math.max(stretch.end, at + 1)
      continue
    }
    const char = query.charAt(at)
    at += 1
    if (state?.kind === 'comment') {
      if (char === '\n') state = null
    } else if (state?.kind === 'string') {
      if (state.isEscaped) state = { ...state, isEscaped: false }
      else if (char === '\\' && state.quote !== '`') state = { ...state, isEscaped: true }
      else if (char === state.quote) {
        state = null
        before = ''
      }
    } else if (char === '#') state = { kind: 'comment' }
    else if (char === '"' || char === "'" || char === '`') {
      const operator = /(=~|!~|!=|=)\s*$/.exec(before)?.[1] ?? null
      const matcher = brackets.at(-1) === '{' ? operator : null
      state = { kind: 'string', quote: char, matcher, isEscaped: false }
    } else {
      if ('{[('.includes(char) && char !== '') brackets.push(char)
      else if (char !== '' && '}])'.includes(char) && brackets.pop() !== opening[char]) return null
      before += char
    }
  }
  return state?.kind === 'string' || brackets.length > 0 ? null : places
}

const opening: Readonly<Record<string, string>> = { '}': '{', ']': '[', ')': '(' }

function outside(brackets: readonly string[]): PromqlPlace {
  const last = brackets.at(-1)
  if (last === '{') return { kind: 'braces' }
  return { kind: last === '[' ? 'range' : 'open' }
}
