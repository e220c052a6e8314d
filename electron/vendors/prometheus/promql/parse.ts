import { parser } from '@prometheus-io/lezer-promql'

/**
 * What an expression reads, as far as it matters for whether it can have a result. Kinds of nodes:
 * `metric` has one while such a series exists; `always` has one in any case; `all` while each of its
 * parts has; `any` while one of them has.
 */
export type Reading =
  | { readonly kind: 'metric'; readonly name: string }
  | { readonly kind: 'always' }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Reading[] }

/** An expression, read. */
export interface ParsedQuery {
  /** The names of all metrics that it reads, each once, in whatever place. */
  readonly metrics: readonly string[]
  /** What it needs for a result; null where it is not wholly understood (a dialect of PromQL). */
  readonly needs: Reading | null
}

/** Longest expression that is read, UTF-16 units. */
const MAX_QUERY_LENGTH = 10_000
/** What lies deeper inside of others is not looked at; nobody writes that by hand. */
const MAX_DEPTH = 300

const always: Reading = { kind: 'always' }

type Node = ReturnType<typeof parser.parse>['topNode']

/** Reads an expression of PromQL. Pure; never throws. */
export function parseQuery(query: string): ParsedQuery {
  if (query.length > MAX_QUERY_LENGTH) return { metrics: [], needs: null }
  const tree = parser.parse(query)
  const metrics = new Set<string>()
  const errors: number[] = []
  tree.iterate({
    enter(node) {
      if (node.type.isError) errors.push(node.from)
      if (node.name !== 'VectorSelector') return
      const name = metricOf(node.node, query)
      if (name !== null) metrics.add(name)
    },
  })
  const [whole] = childrenOf(tree.topNode)
  if (errors.length > 0 || !whole) return { metrics: namesIn(query), needs: null }
  return { metrics: [...metrics], needs: readingOf(whole, query) }
}

/** Texts, matchers, and words with what tells a function from a metric. */
const token =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\{(?:"(?:\\.|[^"\\])*"|[^}"])*\}|([A-Za-z_:][\w:]*)(?!\s*\(|[\w:])/g

/** All words of a dialect that may be names of metrics: too many rather than too few. */
function namesIn(query: string): readonly string[] {
  const names = Array.from(query.matchAll(token), ([, name]) => name ?? '')
  return [...new Set(names.filter((name) => name !== ''))]
}

function readingOf(node: Node, query: string, depth = 0): Reading {
  if (depth > MAX_DEPTH) return always
  switch (node.name) {
    case 'VectorSelector': {
      const name = metricOf(node, query)
      return name === null ? always : { kind: 'metric', name }
    }
    case 'BinaryExpr':
      return readingOfBinary(node, query, depth)
    case 'FunctionCall':
      return readingOfCall(node, query, depth)
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return always
    default:
      // Parentheses, signs, offsets, ranges, subqueries and aggregations: what is inside of them.
      return allOf(expressionsIn(node).map((part) => readingOf(part, query, depth + 1)))
  }
}

function readingOfBinary(node: Node, query: string, depth: number): Reading {
  const parts = expressionsIn(node).map((part) => readingOf(part, query, depth + 1))
  // Series that only one side has count as the value to fill in.
  if (node.getChild('Or') || hasFill(node)) return { kind: 'any', parts }
  const [left] = parts
  return node.getChild('Unless') && left ? left : allOf(parts)
}

/** Functions that have a result just when there is nothing to read, or in any case. */
const needless = new Set(['absent', 'absent_over_time', 'scalar', 'vector', 'time', 'pi'])

function readingOfCall(node: Node, query: string, depth: number): Reading {
  const name = node.getChild('FunctionIdentifier')
  if (name && needless.has(query.slice(name.from, name.to).toLowerCase())) return always
  const body = node.getChild('FunctionCallBody')
  return body ? readingOf(body, query, depth + 1) : always
}

function hasFill(node: Node): boolean {
  return childrenOf(node).some(({ name }) => name.startsWith('Fill'))
}

function allOf(parts: readonly Reading[]): Reading {
  const [only] = parts
  if (only && parts.length === 1) return only
  return parts.length === 0 ? always : { kind: 'all', parts }
}

function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

const expression =
  /^(AggregateExpr|BinaryExpr|FunctionCall|FunctionCallBody|MatrixSelector|NumberDurationLiteral|OffsetExpr|AnchoredExpr|SmoothedExpr|ParenExpr|StringLiteral|SubqueryExpr|UnaryExpr|VectorSelector|StepInvariantExpr)$/

function expressionsIn(node: Node): readonly Node[] {
  return childrenOf(node).filter(({ name }) => expression.test(name))
}

/** The name of the metric that a selector reads; null where several may match. */
function metricOf(selector: Node, query: string): string | null {
  const text = ({ from, to }: Node) => query.slice(from, to)
  const identifier = selector.getChild('Identifier')
  if (identifier) {
    // A function that is not known here.
    return /^\s*\(/.test(query.slice(identifier.to)) ? null : text(identifier)
  }
  const matchers = selector.getChild('LabelMatchers')
  if (!matchers) return null
  const quoted = matchers.getChild('QuotedLabelName')
  if (quoted) return unquote(text(quoted))
  for (const matcher of matchers.getChildren('UnquotedLabelMatcher')) {
    const [label, operator, value] = childrenOf(matcher)
    if (!label || !operator || !value || text(label) !== '__name__') continue
    if (operator.firstChild?.name === 'EqlSingle') return unquote(text(value))
  }
  return null
}

function unquote(literal: string): string | null {
  const inner = literal.slice(1, -1)
  return literal.startsWith('`') || !inner.includes('\\') ? inner : null
}
