import { createHash } from 'node:crypto'
import type { Labels } from '#shared/domain/alert/schema.ts'
import type { GroupedExpression } from '#shared/domain/matcher/expression.ts'
import { expandTemplate } from './relabel-template.ts'

/** What a rule of `alert_relabel_configs` does. */
export type RelabelAction =
  | 'replace'
  | 'keep'
  | 'drop'
  | 'keepequal'
  | 'dropequal'
  | 'hashmod'
  | 'labelmap'
  | 'labeldrop'
  | 'labelkeep'
  | 'lowercase'
  | 'uppercase'

/** A rule, read and compiled. */
export interface RelabelRule {
  /** How it is called where people read of it, such as `alert_relabel_configs[2]`. */
  readonly place: string
  readonly action: RelabelAction
  readonly sourceLabels: readonly string[]
  readonly separator: string
  readonly expression: GroupedExpression
  readonly modulus: bigint
  readonly targetLabel: string
  readonly replacement: string
}

/** Labels after the rules; or the rule that drops the alert, which nobody is sent then. */
export type Relabelled =
  | { readonly labels: Labels }
  | { readonly droppedBy: Pick<RelabelRule, 'place' | 'action'> }

/**
 * Applies rules in their order, as Prometheus does before it sends an alert. A label whose value
 * becomes empty is gone. Pure.
 */
export function relabel(labels: Labels, rules: readonly RelabelRule[]): Relabelled {
  const draft = new Map(Object.entries(labels).filter(([, value]) => value !== ''))
  for (const rule of rules) if (!apply(rule, draft)) return { droppedBy: rule }
  return { labels: Object.fromEntries(draft) }
}

type Draft = Map<string, string>

/** Changes the labels by one rule; false when it drops them. */
function apply(rule: RelabelRule, draft: Draft): boolean {
  const { expression, targetLabel } = rule
  const value = rule.sourceLabels.map((name) => draft.get(name) ?? '').join(rule.separator)
  switch (rule.action) {
    case 'drop':
      return !expression.matches(value)
    case 'keep':
      return expression.matches(value)
    case 'dropequal':
      return (draft.get(targetLabel) ?? '') !== value
    case 'keepequal':
      return (draft.get(targetLabel) ?? '') === value
    case 'replace':
      replace(rule, value, draft)
      break
    case 'lowercase':
      put(draft, targetLabel, toLower(value))
      break
    case 'uppercase':
      put(draft, targetLabel, toUpper(value))
      break
    case 'hashmod':
      put(draft, targetLabel, String(hashOf(value) % rule.modulus))
      break
    case 'labelmap':
      for (const [name, text] of [...draft]) {
        const groups = expression.match(name)
        if (groups) put(draft, expandTemplate(rule.replacement, groups), text)
      }
      break
    case 'labeldrop':
      for (const name of [...draft.keys()]) if (expression.matches(name)) draft.delete(name)
      break
    case 'labelkeep':
      for (const name of [...draft.keys()]) if (!expression.matches(name)) draft.delete(name)
      break
  }
  return true
}

function replace(rule: RelabelRule, value: string, draft: Draft): void {
  const groups = rule.expression.match(value)
  if (!groups) return
  const target = expandTemplate(rule.targetLabel, groups)
  if (target !== '') put(draft, target, expandTemplate(rule.replacement, groups))
}

function put(draft: Draft, name: string, value: string): void {
  if (value === '') draft.delete(name)
  else draft.set(name, value)
}

/** The last eight bytes of MD5, as Prometheus takes them. */
function hashOf(value: string): bigint {
  return createHash('md5').update(value, 'utf8').digest().readBigUInt64BE(8)
}

/** Letter by letter, as Go does: no letter becomes two, and none depends on its neighbours. */
function toLower(text: string): string {
  return Array.from(text, (letter) => Array.from(letter.toLowerCase())[0] ?? letter).join('')
}

function toUpper(text: string): string {
  return Array.from(text, (letter) => {
    const upper = letter.toUpperCase()
    return Array.from(upper).length === 1 ? upper : letter
  }).join('')
}
