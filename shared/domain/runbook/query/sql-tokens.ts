import { fail, ok, type Result } from '../../result/result.ts'

/** A piece of SQL as PostgreSQL reads it, without blanks and comments. */
export interface SqlToken {
  /** `name`: in double quotes. `mark`: a placeholder. `sign`: one character. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'mark' | 'sign'
  /** In small letters for a word, without quotes for a name; else as it is written. */
  readonly text: string
  readonly start: number
  /** Excluded. */
  readonly end: number
}

/** Beyond ASCII all is a letter, but what stands for a placeholder. */
const LETTER = 'A-Za-z_\\u0080-\\uDFFF\\uF900-\\uFFFF'
const blank = /[\s]+|--[^\n\r]*/y
const pieces: readonly (readonly [SqlToken['kind'] | 'refused', RegExp, string])[] = [
  ['refused', /[uU]&["']/y, 'A text with U& in front of it is not read here.'],
  ['string', /(?:[eE]'(?:[^'\\]|\\[\s\S]|'')*')/y, ''],
  ['string', /(?:[bBxXnN])?'(?:[^']|'')*'/y, ''],
  ['name', /"(?:[^"]|"")+"/y, ''],
  ['refused', /\$\d/y, 'It has a parameter such as $1 of its own: write a placeholder.'],
  ['number', /\d[\w.]*|\.\d\w*/y, ''],
  ['word', new RegExp(`[${LETTER}][${LETTER}0-9$]*`, 'y'), ''],
  ['mark', /[\uE000-\uF8FF]/y, ''],
  ['refused', /["']/y, 'A quote has no other half.'],
]
const dollarQuote = new RegExp(`\\$(?:[${LETTER}][${LETTER}0-9]*)?\\$`, 'y')

/**
 * Reads SQL into its pieces, as PostgreSQL does where `standard_conforming_strings` is on. A sentence
 * says why it cannot be read. Pure.
 */
export function readSqlTokens(text: string): Result<readonly SqlToken[], string> {
  const tokens: SqlToken[] = []
  let at = 0
  while (at < text.length) {
    const skipped = blankAt(text, at)
    if (skipped === null) return fail('A comment has no end.')
    if (skipped > 0) {
      at += skipped
      continue
    }
    const dollar = matchAt(dollarQuote, text, at)
    if (dollar !== null) {
      const close = text.indexOf(dollar, at + dollar.length)
      if (close < 0) return fail('A text between dollar signs has no end.')
      const end = close + dollar.length
      tokens.push({ kind: 'string', text: text.slice(at, end), start: at, end })
      at = end
      continue
    }
    const token = tokenAt(text, at)
    if (!token.ok) return token
    tokens.push(token.value)
    at = token.value.end
  }
  return ok(tokens)
}

function tokenAt(text: string, start: number): Result<SqlToken, string> {
  for (const [kind, pattern, reason] of pieces) {
    const found = matchAt(pattern, text, start)
    if (found === null) continue
    if (kind === 'refused') return fail(reason)
    const end = start + found.length
    const meant =
      kind === 'word'
        ? found.toLowerCase()
        : kind === 'name'
          ? found.slice(1, -1).replaceAll('""', '"')
          : found
    return ok({ kind, text: meant, start, end })
  }
  return ok({ kind: 'sign', text: text.charAt(start), start, end: start + 1 })
}

/** The length of blanks or of a comment; 0 where there is none, null where it does not end. */
function blankAt(text: string, at: number): number | null {
  const found = matchAt(blank, text, at)
  if (found !== null) return found.length
  if (!text.startsWith('/*', at)) return 0
  // PostgreSQL's comments stand within each other.
  const border = /\/\*|\*\//g
  border.lastIndex = at
  let depth = 0
  for (let next = border.exec(text); next !== null; next = border.exec(text)) {
    depth += next[0] === '/*' ? 1 : -1
    if (depth === 0) return border.lastIndex - at
  }
  return null
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
