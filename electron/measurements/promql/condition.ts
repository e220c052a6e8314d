import type { Operator } from '#shared/domain/measurement/reading.ts'
import { childrenOf, readTree, type Node } from './tree.ts'

/**
 * A condition, in what has to be asked so that it is never taken for false when nothing is known.
 * PromQL leaves out what does not hold, so an empty answer says either.
 */
export type Condition =
  /** One comparison with a number: the other side is asked for, and compared here. */
  | {
      readonly kind: 'comparison'
      readonly promql: string
      readonly operator: Operator
      readonly bound: number
    }
  /** Anything else: it holds while it has a result. */
  | {
      readonly kind: 'whole'
      readonly promql: string
      /** Has a result while there are data to judge by; null where the whole can be judged in any case. */
      readonly probe: string | null
    }

/** The comparisons, by the names of the grammar. */
export const operators: Readonly<Record<string, Operator>> = {
  Gtr: '>',
  Gte: '>=',
  Lss: '<',
  Lte: '<=',
  Eql: '==',
  EqlC: '==',
  Neq: '!=',
}

/** The same comparison with its sides exchanged. */
export const mirrored: Readonly<Record<Operator, Operator>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '==': '==',
  '!=': '!=',
}

/** Takes a condition apart. What the grammar does not understand is asked as a whole. */
export function readCondition(promql: string): Condition {
  const tree = readTree(promql)
  const whole = tree && childrenOf(tree.top)[0]
  if (!whole || tree.errorAt !== null) return { kind: 'whole', promql, probe: null }
  const expression = withoutParentheses(whole)
  return comparisonOf(expression, promql) ?? wholeOf(expression, promql)
}

function comparisonOf(node: Node, promql: string): Condition | null {
  const parts = node.name === 'BinaryExpr' ? childrenOf(node) : []
  const operator = operators[parts[1]?.name ?? '']
  // One with `bool` always has a result, 0 or 1: it is no condition but a number.
  const [left, , right] = parts
  if (!operator || !left || !right || parts.length !== 3) return null
  const [leftNumber, rightNumber] = [numberOf(left, promql), numberOf(right, promql)]
  if (rightNumber !== null) return comparison(left, operator, rightNumber, promql)
  if (leftNumber !== null) return comparison(right, mirrored[operator], leftNumber, promql)
  return null
}

/** Null where the side that is asked for leaves something out itself: then its absence says nothing. */
function comparison(
  side: Node,
  operator: Operator,
  bound: number,
  promql: string,
): Condition | null {
  const text = textOf(side, promql)
  return probeOf(side, promql) === text
    ? { kind: 'comparison', promql: text, operator, bound }
    : null
}

function wholeOf(node: Node, promql: string): Condition {
  const probe = probeOf(node, promql)
  return { kind: 'whole', promql, probe: probe === ALWAYS ? null : probe }
}

/** An expression that always has a result. */
const ALWAYS = 'vector(1)'
/** Functions that have no result just where there are data: an empty answer of theirs says enough. */
const absence = /^absent(_over_time)?$/i

/**
 * The expression with each comparison made to keep what does not hold, and both sides of `or` wanted:
 * while this has a result, an empty answer of the whole means that it does not hold.
 */
function probeOf(node: Node, promql: string): string {
  const called = node.getChild('FunctionIdentifier')
  if (called && absence.test(textOf(called, promql))) return ALWAYS
  if (node.name === 'BinaryExpr') {
    const parts = childrenOf(node)
    const [left, operation] = parts
    const right = parts.at(-1)
    if (left && operation && right) {
      const [a, b] = [probeOf(left, promql), probeOf(right, promql)]
      if (operation.name === 'Unless') return a
      if (operation.name === 'And' || operation.name === 'Or') return `(${a}) and on() (${b})`
      const isBool = parts.some(({ name }) => name === 'BoolModifier')
      if (operators[operation.name] && !isBool && !isPlainNumber(left, right, promql)) {
        const rest = promql.slice(operation.to, right.from).trimStart()
        return `${a} ${textOf(operation, promql)} bool ${rest}${b}`
      }
    }
  }
  return rebuilt(node, promql)
}

/** The text of a node with the probes of what is in it. */
function rebuilt(node: Node, promql: string): string {
  let text = ''
  let end = node.from
  for (const child of childrenOf(node)) {
    text += promql.slice(end, child.from) + probeOf(child, promql)
    end = child.to
  }
  return text + promql.slice(end, node.to)
}

/** Between two numbers a comparison has `bool` already, or is no PromQL. */
function isPlainNumber(left: Node, right: Node, promql: string): boolean {
  return numberOf(left, promql) !== null && numberOf(right, promql) !== null
}

/** What stands within parentheses, however many. */
export function withoutParentheses(node: Node): Node {
  if (node.name !== 'ParenExpr') return node
  const [inner] = childrenOf(node)
  return inner ? withoutParentheses(inner) : node
}

const plainNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/** The finite number that an expression is by itself; null for anything else. */
export function numberOf(node: Node, promql: string): number | null {
  const inner = withoutParentheses(node)
  if (inner.name !== 'NumberDurationLiteral' && inner.name !== 'UnaryExpr') return null
  const text = textOf(inner, promql).replaceAll(/\s/g, '')
  return plainNumber.test(text) ? Number(text) : null
}

/** The text of a node. */
export function textOf({ from, to }: Node, promql: string): string {
  return promql.slice(from, to)
}
