import { MAX_EXPRESSION } from '../alert/expression.ts'
import type { Labels } from '../alert/schema.ts'
import { isTemplated, type AlertRule } from './rule.ts'

/**
 * The expression of the rule that made an alert: the one of its name whose labels are all among the
 * alert's, the one that says most if there are several. Null where none is, or where two would do:
 * the threshold of another rule would mislead.
 */
export function expressionOfRules(labels: Labels, rules: readonly AlertRule[]): string | null {
  const name = labels['alertname']
  let best = -1
  let found = new Set<string>()
  for (const rule of rules) {
    if (rule.name !== name || rule.expression === null) continue
    const agreed = agreement(rule.labels, labels)
    if (agreed === null || agreed < best) continue
    if (agreed > best) found = new Set()
    best = agreed
    found.add(rule.expression)
  }
  const [only] = found
  return found.size === 1 && only !== undefined && only.length <= MAX_EXPRESSION ? only : null
}

/** How many labels of a rule its alert has; null where it has another value for one of them. */
function agreement(ofRule: Labels, labels: Labels): number | null {
  let agreed = 0
  for (const [name, value] of Object.entries(ofRule)) {
    if (isTemplated(value)) continue
    if (labels[name] !== value) return null
    agreed += 1
  }
  return agreed
}
