import type { SeverityRuleTexts } from '#shared/contract/settings.ts'
import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { defaultSeverityRules } from '#shared/domain/configuration/schema.ts'
import { compileMatchers, parseMatchers } from '#shared/domain/matcher/matcher.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'

/** What rules would do with the alerts that are there: the first that matches takes an alert. */
export interface SeverityPreview {
  /** Alerts that each rule takes, in the rules' order; null for one that is not understood. */
  readonly own: readonly (number | null)[]
  /** Alerts that the built-in words take, in their order. */
  readonly common: readonly number[]
  /** Alerts that nothing maps. */
  readonly unmapped: number
}

/** Counts active alerts by the rule that decides; severity words compare without case, as in force. */
export function previewSeverities(
  rules: readonly SeverityRuleTexts[],
  alerts: Iterable<Alert>,
): SeverityPreview {
  const compile = (text: string) => {
    const parsed = parseMatchers(text)
    return parsed.ok ? compileMatchers(parsed.value, { ignoreCase: true }) : null
  }
  const tests = [...rules, ...defaultSeverityRules].map(({ when }) => compile(when))
  const counts: (number | null)[] = tests.map((test) => (test ? 0 : null))
  let unmapped = 0
  for (const alert of alerts) {
    if (!isActive(alert)) continue
    const index = tests.findIndex((test) => test?.(alert.labels) === true)
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

/** What is wrong with a rule's condition; null when it is understood. */
export function checkCondition(text: string): string | null {
  const parsed = parseMatchers(text)
  return parsed.ok ? null : `Not understood: ${parsed.error.message}.`
}

/** How many incidents the active alerts would make, grouped by these labels. */
export function previewGroups(labels: readonly string[], alerts: Iterable<Alert>): number {
  const groups = new Set<string>()
  for (const { labels: of, ...alert } of alerts) {
    if (isActive(alert)) groups.add(JSON.stringify(labels.map((label) => of[label] ?? '')))
  }
  return groups.size
}

/** The built-in rules with the words that they know, for people to read. */
export const commonRules: readonly { readonly words: readonly string[]; readonly is: Severity }[] =
  defaultSeverityRules.map(({ when, is }) => ({
    words: (/"(.*)"/.exec(when)?.[1] ?? '').replaceAll('-?', '').split('|'),
    is,
  }))
