import type { Labels } from '#shared/domain/alert/schema.ts'
import { labelPlaceholders } from '#shared/domain/plan/label-placeholder.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { childrenOf, readTree, type Node, type Tree } from './tree.ts'

/** Longest value that is filled in, UTF-16 units. */
const MAX_VALUE = 1_000

/**
 * Fills labels of an alert into an expression. Labels are hostile, so the grammar has to say that the
 * place is inside the quotes of a label matcher, where a value cannot become anything else; anywhere
 * else it is refused. In a regular expression the value stands for itself. A failure says why, as a
 * part of a sentence.
 */
export function fillLabels(promql: string, labels: Labels): Result<string, string> {
  const tree = readTree(promql)
  if (!tree) return fail('the expression is too long')
  const places = labelPlaceholders(promql)
  if (places.length === 0) {
    return tree.errorAt === null ? ok(promql) : fail(notUnderstood(promql, tree.errorAt))
  }
  let filled = ''
  let end = 0
  for (const { name, from, to } of places) {
    const quoting = quotingAt(tree.top, promql, from, to)
    if (!quoting) {
      return fail(
        `the label ${name} stands where it cannot be filled in safely: write it in the quotes of a matcher, as {${name}="{{ $labels.${name} }}"}`,
      )
    }
    const value = Object.hasOwn(labels, name) ? labels[name] : undefined
    if (value === undefined || value === '') return fail(`the alert has no label ${name}`)
    const written = write(value, quoting)
    if (written === null) return fail(`the value of the label ${name} cannot be written there`)
    filled += promql.slice(end, from) + written
    end = to
  }
  filled += promql.slice(end)
  return checked(filled, promql, tree)
}

function notUnderstood(promql: string, at: number): string {
  return `the expression is not PromQL near ${JSON.stringify(promql.slice(at, at + 20))}`
}

/** What was filled in has to be built as what the plan says, or it is not asked. */
function checked(filled: string, promql: string, template: Tree): Result<string, string> {
  if (template.errorAt !== null) return fail(notUnderstood(promql, template.errorAt))
  const tree = readTree(filled)
  if (!tree) return fail('the expression is too long with the labels filled in')
  return tree.errorAt === null && tree.shape() === template.shape()
    ? ok(filled)
    : fail('the labels of the alert would change the expression')
}

interface Quoting {
  readonly quote: string
  /** True in a matcher that compares with a regular expression. */
  readonly isPattern: boolean
}

/** How the text is quoted that lies there; null where it is not the value of a label matcher. */
function quotingAt(top: Node, promql: string, from: number, to: number): Quoting | null {
  const literal = top.resolveInner(from, 1)
  if (literal.name !== 'StringLiteral' || to >= literal.to || from <= literal.from) return null
  const matcher = literal.parent
  if (matcher?.name !== 'UnquotedLabelMatcher' && matcher?.name !== 'QuotedLabelMatcher')
    return null
  const operator = childrenOf(matcher).find(({ name }) => name === 'MatchOp')?.firstChild?.name
  if (operator === undefined) return null
  return {
    quote: promql.charAt(literal.from),
    isPattern: operator === 'EqlRegex' || operator === 'NeqRegex',
  }
}

/** The value as it stands between such quotes; null where it cannot. */
function write(value: string, { quote, isPattern }: Quoting): string | null {
  if (value.length > MAX_VALUE) return null
  const literal = isPattern ? value.replaceAll(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`) : value
  // Between back quotes nothing is escaped.
  if (quote === '`') return literal.includes('`') || literal.includes('\r') ? null : literal
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return literal.replaceAll(/[\\"'\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Cs}/gu, escaped)
}

function escaped(character: string): string {
  if (character === '\\' || character === '"' || character === "'") {
    // Go takes an escaped quote only where it is the quote of the text.
    return character === '\\' ? String.raw`\\` : unicode(character)
  }
  return unicode(character)
}

function unicode(character: string): string {
  const code = character.codePointAt(0) ?? 0
  // A lone surrogate is no character: what stands for one.
  const safe = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code
  return `\\u${safe.toString(16).padStart(4, '0')}`
}
