import type { FiredAlert } from '../history/fired.ts'
import type { Trial } from './audit.ts'
import type { AlertRule } from './rule.ts'

/** An alert of which only is known that it fired, in the place of the rule that makes it. */
export function seenRule({
  name,
  labels,
  annotations,
}: Pick<AlertRule, 'name' | 'labels' | 'annotations'>): AlertRule {
  return {
    name,
    kind: 'seen',
    labels,
    annotations,
    expression: null,
    forMs: null,
    comment: null,
    place: null,
  }
}

/** Alerts that have fired and that no known rule makes. */
export function withoutRule(
  fired: readonly FiredAlert[],
  rules: readonly AlertRule[],
): readonly AlertRule[] {
  const known = new Set(rules.map(({ name }) => name))
  return (
    fired
      // What only a drill made up needs no process.
      .filter(({ name, at }) => at !== null && !known.has(name))
      .map(seenRule)
  )
}

/** When alerts were last tried, as history knows it: one that fired in earnest has shown that it can. */
export function trialsOf(fired: readonly FiredAlert[]): ReadonlyMap<string, Trial> {
  return new Map(
    fired.flatMap(({ name, at, drillAt }): (readonly [string, Trial])[] => {
      if (drillAt !== null && drillAt >= (at ?? 0)) return [[name, { at: drillAt, by: 'drill' }]]
      return at === null ? [] : [[name, { at, by: 'fired' }]]
    }),
  )
}
