import type { Configuration } from './schema.ts'
import { decision, type Decision } from '../decision/schema.ts'
import { compileMatchers, type LabelPredicate, type Matcher } from '../matcher/matcher.ts'
import type { Labels } from '../alert/schema.ts'
import type { Severity } from '../severity/schema.ts'
import { commonWords, severityOfWord, spellingOf } from '../severity/words.ts'

/** What an alert is when no rule maps it: shown, and in the middle (peers 6). */
export const UNKNOWN_SEVERITY: Severity = 'P2'

/** A severity rule, ready to be tried. `text` is how it is quoted; null for the common words. */
export interface SeverityRule {
  readonly text: string | null
  /** The name of the realm that it holds in, or of a source in it; null for all of them. */
  readonly realm: string | null
  readonly matches: LabelPredicate
  readonly severity: Severity
}

/** A rule of the configuration as the file has it. */
export function severityRuleTexts({ when, realm, is }: Configuration['severity'][number]) {
  return { when: when.text, ...(realm === undefined ? {} : { realm }), is }
}

/** The user's rules first, then the words that sources commonly use. The first that matches wins. */
export function severityRules(rules: Configuration['severity']): readonly SeverityRule[] {
  const own = rules.map(({ when, realm = null, is }) => ({
    text: `${when.text}${realm === null ? '' : ` in realm ${realm}`} is ${is}`,
    realm,
    matches: severityCondition(when.matchers),
    severity: is,
  }))
  return [...own, ...commonRules]
}

/**
 * What a condition of a severity rule matches. Case does not matter, and one severity word alone is
 * taken for every way of writing it.
 */
export function severityCondition(matchers: readonly Matcher[]): LabelPredicate {
  const [first, ...others] = matchers
  if (others.length === 0 && first?.name === 'severity' && first.operator === '=') {
    const wanted = spellingOf(first.value)
    if (wanted !== '') return ({ severity }) => spellingOf(severity ?? '') === wanted
  }
  return compileMatchers(matchers, { ignoreCase: true })
}

/** The rules of {@link commonWords}, in their order: they apply where none of the user's does. */
export const commonRules: readonly SeverityRule[] = commonWords.map(({ is }) => ({
  text: null,
  realm: null,
  matches: ({ severity }) => severity !== undefined && severityOfWord(severity) === is,
  severity: is,
}))

const noRealm: ReadonlySet<string> = new Set()

/**
 * The severity of a label set, and which rule said so.
 *
 * @param realmNames what its realm is called, as `namesOfRealm` says.
 */
export function classifySeverity(
  labels: Labels,
  rules: readonly SeverityRule[],
  realmNames: ReadonlySet<string> = noRealm,
): { readonly severity: Severity; readonly decision: Decision } {
  const rule = rules.find(
    ({ realm, matches }) => (realm === null || realmNames.has(realm)) && matches(labels),
  )
  const word = labels['severity']
  if (rule) {
    const { severity, text } = rule
    return {
      severity,
      decision:
        text === null
          ? decision('common-word', `severity=${JSON.stringify(word)}`)
          : decision('rule', text),
    }
  }
  const detail =
    word === undefined ? 'an alert without a severity label' : `severity=${JSON.stringify(word)}`
  return {
    severity: UNKNOWN_SEVERITY,
    decision: decision('unknown-severity', detail),
  }
}
