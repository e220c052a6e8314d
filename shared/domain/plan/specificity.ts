import type { Matcher } from '../matcher/matcher.ts'

/** How closely conditions describe an alert: what counts more stands further left. */
export type Specificity = readonly [equal: number, pattern: number, other: number]

/**
 * The written rule for which plan wins: the one with more labels that must have one certain value
 * (`=`), then the one with more labels that must fit an expression (`=~`), then the one with more
 * conditions of any kind.
 */
export function specificityOf(matchers: readonly Matcher[]): Specificity {
  const labels = (test: (matcher: Matcher) => boolean) =>
    new Set(matchers.filter(test).map(({ name }) => name)).size
  return [
    labels(({ operator, value }) => operator === '=' && value !== ''),
    labels(({ operator }) => operator === '=~'),
    matchers.length,
  ]
}

/** Sorts the more specific first. */
export function compareSpecificity(a: Specificity, b: Specificity): number {
  return b[0] - a[0] || b[1] - a[1] || b[2] - a[2]
}
