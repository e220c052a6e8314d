import type { SeverityRuleTexts } from '#shared/contract/settings.ts'
import { commonRules, severityCondition } from '#shared/domain/configuration/severity-rules.ts'
import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { closest, distance } from 'fastest-levenshtein'
import { realmOfAlert } from '#shared/domain/alert/move.ts'
import { parseMatchers, type LabelPredicate } from '#shared/domain/matcher/matcher.ts'
import { DEFAULT_REALM, namesOfRealm, type RealmId } from '#shared/domain/realm/realm.ts'
import type { Source } from '#shared/domain/source/schema.ts'

/** What rules would do with the alerts that are there: the first that matches takes an alert. */
export interface SeverityPreview {
  /** Alerts that each rule takes, in the rules' order; null for one that is not understood. */
  readonly own: readonly (number | null)[]
  /** Alerts that the built-in words take, in their order. */
  readonly common: readonly number[]
  /** Alerts that nothing maps. */
  readonly unmapped: number
}

/** Counts active alerts by the rule that decides; severity words compare without case, as the engine does it. */
export function previewSeverities(
  rules: readonly SeverityRuleTexts[],
  alerts: Iterable<Alert>,
  sources: ReadonlyMap<string, Source> = new Map(),
): SeverityPreview {
  const names = new Map<RealmId, ReadonlySet<string>>()
  const namesOf = (alert: Alert) => {
    const realm = realmOfAlert(alert)
    const known = names.get(realm) ?? namesOfRealm(realm, sources.values())
    names.set(realm, known)
    return known
  }
  const compile = (text: string) => {
    const parsed = parseMatchers(text)
    return parsed.ok ? severityCondition(parsed.value) : null
  }
  const tests = [
    ...rules.map(({ when, realm }) => {
      const matches = compile(when)
      if (!matches || realm === undefined) return matches && withLabels(matches)
      return (alert: Alert) => namesOf(alert).has(realm) && matches(alert.labels)
    }),
    ...commonRules.map(({ matches }) => withLabels(matches)),
  ]
  const counts: (number | null)[] = tests.map((test) => (test ? 0 : null))
  let unmapped = 0
  for (const alert of alerts) {
    if (!isActive(alert)) continue
    const index = tests.findIndex((test) => test?.(alert) === true)
    const count = counts[index]
    if (typeof count === 'number') counts[index] = count + 1
    else unmapped += 1
  }
  return {
    own: counts.slice(0, rules.length),
    common: counts.slice(rules.length).map((count) => count ?? 0),
    unmapped,
  }
}

const withLabels =
  (matches: LabelPredicate) =>
  ({ labels }: Alert) =>
    matches(labels)

/** What is wrong with a rule's condition; null when it is valid. */
export function checkCondition(text: string): string | null {
  const parsed = parseMatchers(text)
  return parsed.ok ? null : `Invalid condition: ${parsed.error.message}.`
}

/**
 * How many incidents the active alerts would make, grouped by these labels within their realms.
 *
 * @param isAcrossRealms true where alerts of several realms may be one incident.
 */
export function previewGroups(
  labels: readonly string[],
  alerts: Iterable<Alert>,
  isAcrossRealms = false,
): number {
  const groups = new Set<string>()
  for (const alert of alerts) {
    if (!isActive(alert)) continue
    const realm = isAcrossRealms ? DEFAULT_REALM : realmOfAlert(alert)
    groups.add(JSON.stringify([realm, ...labels.map((label) => alert.labels[label] ?? '')]))
  }
  return groups.size
}

/** A label as Prometheus has always written it. */
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/** The names of the labels that alerts have; also of those that have ended. */
export function knownLabels(alerts: Iterable<Pick<Alert, 'labels'>>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { labels } of alerts) for (const name in labels) names.add(name)
  return names
}

/** What is wrong with labels to group by; null when they can be saved. */
export function checkGroupBy(labels: readonly string[], known: ReadonlySet<string>): string | null {
  if (labels.length === 0) return 'Minimum 1 label'
  if (labels.length > 10) return 'Maximum 10 labels'
  // A name that an alert has is right, however it is written.
  const wrong = labels.find((label) => !LABEL_NAME.test(label) && !known.has(label))
  if (wrong === undefined) return null
  return /\s/.test(wrong)
    ? `Invalid label name “${wrong}”: separate labels by commas, without spaces inside.`
    : `Invalid label name “${wrong}”: use letters, digits and underscores, not starting with a digit.`
}

/** What is odd about labels that could be saved: those that no alert has. */
export function warnGroupBy(
  labels: readonly string[],
  known: ReadonlySet<string>,
): readonly string[] {
  if (known.size === 0) return []
  return labels
    .filter((label) => !known.has(label))
    .map((label) => {
      const near = closest(label, [...known])
      const isNear = distance(label, near) <= Math.max(1, Math.floor(label.length / 3))
      return `No alert has a label ${label}${isNear ? `; did you mean ${near}?` : '.'}`
    })
}

/** True when a change of the grouping folds many incidents into few. */
export function isFolding(now: number, then: number): boolean {
  return now >= 4 && then * 2 <= now
}
