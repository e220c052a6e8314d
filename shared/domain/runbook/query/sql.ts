import { fail, ok, type Result } from '../../result/result.ts'
import { textPlaceholders } from '../placeholders.ts'
import type { Code, Placeholder } from '../schema.ts'
import { hasMark, markPlaceholders, unsendable, type Marked, type ValueOf } from '../marks.ts'
import type { SqlQuery } from './schema.ts'
import { isActing } from './sql-functions.ts'
import { readSqlTokens, type SqlToken } from './sql-tokens.ts'

/** What a statement that only reads begins with. */
const readingWords = new Set(['select', 'with', 'values', 'table', 'show', 'explain'])

/** The placeholders of a text of SQL. `$tag$` and `$$` are quotes of PostgreSQL, and no variables. */
export function sqlPlaceholders(text: string): readonly Placeholder[] {
  return textPlaceholders(text, 'query').filter(
    ({ form, start, end }) => form !== 'variable' || (text[start - 1] !== '$' && text[end] !== '$'),
  )
}

/**
 * Makes a statement with parameters of SQL with placeholders: a value never becomes a part of the
 * text. A placeholder stands where a value may stand, or is all of a text in single quotes. Whether
 * the statement is one and only reads is looked at too; that it changes nothing is the server's to
 * enforce. Pure.
 */
export function bindSql(
  written: Pick<Code, 'run' | 'placeholders'>,
  valueOf: ValueOf,
): Result<SqlQuery, string> {
  const marked = markPlaceholders(written)
  if (!marked.ok) return marked
  const tokens = readSqlTokens(marked.value.text)
  if (!tokens.ok) return tokens
  const problem = problemOfStatement(tokens.value)
  if (problem !== null) return fail(problem)
  return bindTokens(marked.value, tokens.value, valueOf)
}

function problemOfStatement(tokens: readonly SqlToken[]): string | null {
  const end = tokens.findIndex(isSign(';'))
  if (end >= 0 && tokens.slice(end).some((token) => !isSign(';')(token))) {
    return 'It has more than one statement: write one a block.'
  }
  const first = tokens.find((token) => !isSign('(')(token))
  if (first === undefined || isSign(';')(first)) return 'It says nothing.'
  if (first.kind !== 'word' || !readingWords.has(first.text)) {
    return 'A query begins with SELECT, WITH, VALUES, TABLE, SHOW or EXPLAIN: what changes something is a command.'
  }
  const call = tokens.find(
    (token, index) =>
      (token.kind === 'word' || token.kind === 'name') &&
      isActing(token.text) &&
      isSign('(')(tokens[index + 1]),
  )
  return call === undefined
    ? null
    : `It calls ${call.text}, which does something: that is no query that only reads.`
}

function bindTokens(
  marked: Marked,
  tokens: readonly SqlToken[],
  valueOf: ValueOf,
): Result<SqlQuery, string> {
  const places = placesOf(tokens)
  const values: string[] = []
  let text = ''
  let at = 0
  for (const [index, token] of tokens.entries()) {
    if (!hasMark(token.text)) continue
    const placeholder = placeholderIn(token, marked)
    if (placeholder === null) return fail(whyNoValue(token, marked))
    const problem = problemOfPlace(tokens, index, places[index] ?? outermost)
    if (problem !== null) return fail(`${placeholder.name} ${problem}`)
    const value = valueOf(placeholder)
    if (!value.ok) return value
    const broken = unsendable(value.value)
    if (broken !== null) return fail(`The value of ${placeholder.name} ${broken}.`)
    values.push(value.value)
    // What is between the tokens is blank or a comment, which stays as it is written.
    text += `${marked.restore(marked.text.slice(at, token.start))}$${String(values.length)}`
    at = token.end
  }
  return ok({ kind: 'sql', text: text + marked.restore(marked.text.slice(at)), values })
}

/** The placeholder that a token is, alone or within single quotes; null where it is a part of it. */
function placeholderIn({ kind, text }: SqlToken, marked: Marked): Placeholder | null {
  const alone = kind === 'mark' ? text : kind === 'string' ? /^'(.)'$/.exec(text)?.[1] : undefined
  return (alone === undefined ? undefined : marked.placeholderOf(alone)) ?? null
}

function whyNoValue({ kind, text }: SqlToken, marked: Marked): string {
  const written = marked.restore(text)
  const shown = written.length > 60 ? `${written.slice(0, 60)}…` : written
  return kind === 'string'
    ? `A placeholder is only a part of ${shown}: a text has to be the placeholder alone. Join texts with ||.`
    : `There is a placeholder in the name "${shown}": only a value can be filled in.`
}

/** Where in a statement something stands. */
interface SqlPlace {
  /** The last word that begins a part of the statement, such as `from`; empty before one. */
  readonly clause: string
  /** The word in front of the parenthesis around it; empty without one. */
  readonly call: string
}

const outermost: SqlPlace = { clause: '', call: '' }

const clauses = new Set(
  (
    'select from where by having limit offset fetch values on using returning window union ' +
    'intersect except set into join as with filter over'
  ).split(' '),
)

/** The place of each token. */
function placesOf(tokens: readonly SqlToken[]): readonly SqlPlace[] {
  const around: SqlPlace[] = []
  let place = outermost
  return tokens.map((token, index) => {
    const before = tokens[index - 1]
    if (isSign('(')(token)) {
      around.push(place)
      place = { clause: '', call: before?.kind === 'word' ? before.text : '' }
    } else if (isSign(')')(token)) {
      place = around.pop() ?? outermost
    } else if (token.kind === 'word' && clauses.has(token.text)) {
      const isOwn = token.text !== 'from' || !isOfExpression(before, place)
      if (isOwn) place = { ...place, clause: token.text }
    }
    return place
  })
}

/** `IS DISTINCT FROM x`, `EXTRACT(epoch FROM x)`: a value follows. */
function isOfExpression(before: SqlToken | undefined, { call }: SqlPlace): boolean {
  return before?.text === 'distinct' || ['extract', 'substring', 'trim', 'overlay'].includes(call)
}

/** Words that a name follows. */
const beforeNames = new Set(
  'from join into update table only as by with show collate over window recursive using'.split(' '),
)
/** `INTERVAL '5 min'`: the text is a part of the spelling. */
const typeWords = new Set(
  'interval date time timestamp timestamptz timetz uuid json jsonb'.split(' '),
)

/** Why no value can stand where a placeholder stands; null: it can. */
function problemOfPlace(
  tokens: readonly SqlToken[],
  index: number,
  place: SqlPlace,
): string | null {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  if (!token) return null
  if (touches(before, token) || touches(token, after)) {
    return 'stands within a name or a number: only a whole value can be filled in.'
  }
  if (isSign('.')(before) || isSign('.')(after) || isSign('(')(after)) return asName
  const isCast = isSign(':')(before) && isSign(':')(tokens[index - 2])
  if (isCast) return 'stands for a type: only a value can be filled in.'
  if (before?.kind === 'word') {
    if (typeWords.has(before.text)) {
      return `stands behind the word ${before.text}: write <value>::${before.text} in place of ${before.text} '<value>'.`
    }
    const isValueOfFrom = before.text === 'from' && isOfExpression(tokens[index - 2], place)
    if (beforeNames.has(before.text) && !isValueOfFrom) return asName
  }
  const isListed = isSign(',')(before)
  return isListed && (place.clause === 'by' || place.clause === 'from') ? asName : null
}

const asName = 'stands where a name stands: only a value can be filled in.'

/** Whether two tokens stand together as one. */
function touches(one: SqlToken | undefined, other: SqlToken | undefined): boolean {
  if (!one || !other || one.end !== other.start) return false
  return one.kind !== 'sign' && other.kind !== 'sign'
}

const isSign = (text: string) => (token: SqlToken | undefined) =>
  token?.kind === 'sign' && token.text === text
