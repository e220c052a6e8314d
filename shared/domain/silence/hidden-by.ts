import type { Alert } from '../alert/schema.ts'
import { compileMatchers } from '../matcher/matcher.ts'
import { findMatchersProblem } from './matchers.ts'
import type { Silence } from './schema.ts'

/**
 * Whether a silence hides an alert: its server says so, or its matchers do. Other programs make
 * silences too, so the matchers may be none that can be tested here: then only the server counts.
 */
export function hiddenBy({
  id,
  matchers,
}: Pick<Silence, 'id' | 'matchers'>): (alert: Alert) => boolean {
  const problem = findMatchersProblem(matchers)
  const canTest = problem === null || (problem.index === null && matchers.length > 0)
  const isMatch = canTest ? compileMatchers(matchers) : () => false
  return ({ labels, suppression }) =>
    suppression.some((each) => each.kind === 'silence' && each.id === id) || isMatch(labels)
}
