import type { FiredAlert } from '../history/fired.ts'
import type { Trial } from './audit.ts'
import type { AlertRule } from './rule.ts'

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
      .map(({ name, labels, annotations }) => ({
        name,
        kind: 'seen' as const,
        labels,
        annotations,
        expression: null,
        forMs: null,
        comment: null,
        place: null,
      }))
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
