import { fail, ok, type Result } from '../../result/result.ts'
import type { Code, Placeholder } from '../schema.ts'
import { textFor } from './occurrence.ts'
import { promql, type QueryLanguage } from './query-language.ts'
import { queryPlaces, type QueryPlace } from './query-places.ts'
import type { FilledInput } from './schema.ts'

/** A query that can be asked, or why it cannot. */
export type BoundQuery =
  | { readonly ok: true; readonly query: string }
  | { readonly ok: false; readonly refused: string }

/**
 * Puts values into a PromQL query so that they stay values, whatever they hold. In the text of a
 * label matcher anything may stand: it is escaped, and in `=~` and `!~` it is matched literally.
 * Elsewhere only a name, a number or a duration may, each where the language has one; all else is
 * refused. Comments stay as they are. Pure.
 */
export function bindQuery(code: Code, filled: readonly FilledInput[]): BoundQuery {
  const valueOf = (placeholder: Placeholder) => {
    const value = textFor(placeholder, filled)
    return value === null ? fail(`${placeholder.name} has no value yet.`) : ok(value)
  }
  return bindQueryText(code, valueOf, promql)
}

/**
 * The same for any language with selectors.
 *
 * @param valueOf the value of a placeholder, or why it has none.
 */
export function bindQueryText(
  { run, placeholders }: Pick<Code, 'run' | 'placeholders'>,
  valueOf: (placeholder: Placeholder) => Result<string, string>,
  language: QueryLanguage,
): BoundQuery {
  const places = queryPlaces(run, placeholders, language)
  if (places === null) {
    return refused('The query has a quote or a bracket without its other half.')
  }
  let query = ''
  let at = 0
  for (const [index, placeholder] of placeholders.entries()) {
    const place = places[index]
    // Placeholders within each other: it is not known what belongs to which.
    if (place === undefined || placeholder.start < at) {
      return refused(`It is not clear where ${placeholder.name} stands in the query.`)
    }
    const { name, start, end } = placeholder
    query += run.slice(at, start)
    at = end
    if (place.kind === 'comment') {
      query += run.slice(start, end)
      continue
    }
    const value = valueOf(placeholder)
    if (!value.ok) return refused(value.error)
    const around = { before: run.slice(0, start), after: run.slice(end) }
    const bound = boundIn(place, value.value, { ...around, language })
    if ('problem' in bound) return refused(`${name} ${bound.problem}`)
    query += bound.text
  }
  return { ok: true, query: query + run.slice(at) }
}

const refused = (reason: string): BoundQuery => ({ ok: false, refused: reason })

interface Around {
  readonly before: string
  readonly after: string
  readonly language: QueryLanguage
}

type Bound = { readonly text: string } | { readonly problem: string }

function boundIn(
  place: Exclude<QueryPlace, { kind: 'comment' }>,
  value: string,
  around: Around,
): Bound {
  if (place.kind === 'string') return boundInText(place, value)
  if (place.kind === 'range') {
    return duration.test(value) ? { text: value } : { problem: 'has to be a duration, such as 5m.' }
  }
  // `{namespace=<namespace>}` lacks the quotes that make a value of it.
  if (place.kind === 'braces' && /[=~]\s*$/.test(around.before)) {
    return { problem: 'stands in a matcher without quotes.' }
  }
  if (place.kind === 'braces' && !around.language.hasFreeNames) {
    return { problem: 'stands for a label: only a value in quotes can be filled in.' }
  }
  if (place.kind === 'braces') {
    return labelName.test(value) ? { text: value } : { problem: 'has to be the name of a label.' }
  }
  return boundOutside(value, around)
}

const labelName = /^[A-Za-z_][A-Za-z0-9_]*$/
const identifier = /^[A-Za-z_:][A-Za-z0-9_:]*$/
const number = /^\d{1,30}(?:\.\d{1,30})?$/
const duration = /^(?:\d{1,10}(?:ms|[smhdwy]))+$/
/** Words of the language. As the name of a metric they would change what the query says. */
const words = new Set(
  (
    'and or unless atan2 by without on ignoring group_left group_right bool offset start end ' +
    'inf nan sum avg count min max group stddev stdvar topk bottomk count_values quantile ' +
    'limitk limit_ratio fill fill_left fill_right smoothed anchored step'
  ).split(' '),
)

function boundOutside(value: string, { before, after, language }: Around): Bound {
  const ahead = /[\w:.]*$/.exec(before.slice(-200))?.[0] ?? ''
  const behind = /^[\w:.]*/.exec(after.slice(0, 200))?.[0] ?? ''
  const isName = language.hasFreeNames && identifier.test(value)
  if (isName && !words.has((ahead + value + behind).toLowerCase())) {
    // A name before a parenthesis is a function, which is not for a value to choose.
    return /^\s*\(/.test(after.slice(behind.length))
      ? { problem: 'stands for a function, which cannot be filled in.' }
      : { text: value }
  }
  const isWhole = ahead === '' && behind === ''
  if (isWhole && (number.test(value) || duration.test(value))) return { text: value }
  return language.hasFreeNames
    ? { problem: 'stands outside of quotes: it has to be a name, a number or a duration.' }
    : { problem: 'stands outside of quotes: it has to be a number or a duration.' }
}

type Text = Extract<QueryPlace, { kind: 'string' }>

function boundInText({ quote, matcher, isEscaped }: Text, value: string): Bound {
  if (isEscaped) return { problem: 'stands behind a backslash, which would change it.' }
  // Half of a character would arrive as another one.
  if (/\p{Surrogate}/u.test(value)) return { problem: 'has a broken character.' }
  if (matcher === null) {
    return [identifier, number, duration].some((pattern) => pattern.test(value))
      ? { text: value }
      : {
          problem:
            'stands in a text that is no matcher: it has to be a name, a number or a duration.',
        }
  }
  const meant = matcher.endsWith('~') ? value.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&') : value
  if (quote === '`') {
    return /[`\p{Cc}]/u.test(meant)
      ? { problem: 'has a character that cannot stand between backquotes.' }
      : { text: meant }
  }
  return { text: escaped(meant, quote) }
}

/** A text as it stands between quotes. */
function escaped(text: string, quote: '"' | "'"): string {
  return text.replace(/[\\"'\p{Cc}]/gu, (char) => {
    if (char === '\\' || char === quote) return `\\${char}`
    if (char === '"' || char === "'") return char
    if (char === '\n') return String.raw`\n`
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
