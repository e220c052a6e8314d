import type { Watched } from '#electron/engine/ports/measurements.ts'
import { mirrored, numberOf, operators, textOf, withoutParentheses } from './condition.ts'
import { childrenOf, readTree, type Node } from './tree.ts'

/**
 * What an expression watches, to be drawn over time: of `errors > 0.05` the errors, and 0.05. Of
 * several conditions joined by `and` or `unless` it is the first: the others say when it counts. What
 * has no comparison, or one of two things that both vary, is drawn as far as it can be, without a bound.
 */
export function readWatched(promql: string): Watched {
  const tree = readTree(promql)
  const whole = tree && childrenOf(tree.top).find(({ name }) => name !== 'LineComment')
  if (!whole || tree.errorAt !== null) return { promql, threshold: null }
  return watchedOf(whole, promql)
}

function watchedOf(node: Node, promql: string): Watched {
  const inner = withoutParentheses(node)
  const whole = { promql: textOf(inner, promql), threshold: null }
  if (inner.name !== 'BinaryExpr') return whole
  const parts = childrenOf(inner)
  const [left, operation] = parts
  const right = parts.at(-1)
  if (!left || !operation || !right) return whole
  if (operation.name === 'And' || operation.name === 'Unless') return watchedOf(left, promql)
  const operator = operators[operation.name]
  // One with `bool` is a number that varies, 0 or 1.
  if (!operator || parts.some(({ name }) => name === 'BoolModifier')) return whole
  const [below, above] = [constantOf(left, promql), constantOf(right, promql)]
  if (below !== null && above !== null) return whole
  if (above !== null) return compared(left, { operator, value: above }, promql)
  if (below !== null) return compared(right, { operator: mirrored[operator], value: below }, promql)
  return compared(left, null, promql)
}

function compared(side: Node, threshold: Watched['threshold'], promql: string): Watched {
  return { promql: textOf(withoutParentheses(side), promql), threshold }
}

/** What a calculation with numbers alone comes to, such as `14.4 * 0.001`; null for anything else. */
function constantOf(node: Node, promql: string): number | null {
  const inner = withoutParentheses(node)
  if (inner.name !== 'BinaryExpr') return numberOf(inner, promql)
  const parts = childrenOf(inner)
  const [left, operation, right] = parts
  const calculate = calculations[operation?.name ?? '']
  if (!left || !right || !calculate || parts.length !== 3) return null
  const [a, b] = [constantOf(left, promql), constantOf(right, promql)]
  if (a === null || b === null) return null
  // 14.4 * 0.001 is 0.0144 to people.
  const value = Number(calculate(a, b).toPrecision(12))
  return Number.isFinite(value) ? value : null
}

const calculations: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
}
