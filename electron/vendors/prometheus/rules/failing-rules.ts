import type { SelfAlert } from '#electron/engine/ports/source.ts'
import { excerptOf } from '#electron/http/failure.ts'
import { labelsKey } from '#electron/polling/labels.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { QueryReader } from '../promql/query-memory.ts'
import type { Rule, RuleGroup, Rules } from '../schema.ts'
import { counted, named } from '../words.ts'
import { isFailing, isRecording } from './read-rules.ts'
import { alertsReading } from './rule-readers.ts'

/** Something wrong with the rules, before it is known since when. */
export type Trouble = Omit<SelfAlert, 'startsAt'>

/** Most failing rules that alert one by one; the rest alert together. */
const MAX_FAILING_RULES = 50

/** One trouble for each rule that cannot be evaluated; rules of one name in one group share it. */
export function failingRules(
  sourceName: string,
  rules: Rules,
  read: QueryReader,
): readonly Trouble[] {
  const byLabels = new Map<string, Trouble>()
  let more = 0
  for (const group of rules.groups) {
    for (const rule of group.rules) {
      if (!isFailing(rule)) continue
      const labels = labelsOf(sourceName, group, rule)
      const key = labelsKey(labels)
      if (byLabels.has(key)) continue
      if (byLabels.size >= MAX_FAILING_RULES) more += 1
      else byLabels.set(key, failingRule(labels, rule, rules, read))
    }
  }
  const all = [...byLabels.values()]
  return more === 0 ? all : [...all, manyFailing(sourceName, more)]
}

/** The failing recording rules, each with the alerting rules that read what it makes. */
export function failingRecordings(
  rules: Rules,
  read: QueryReader,
): readonly { readonly rule: Rule; readonly readers: readonly string[] }[] {
  return rules.groups
    .flatMap((group) => group.rules)
    .filter((rule) => isRecording(rule) && isFailing(rule))
    .map((rule) => ({ rule, readers: alertsReading(rule.name, rules, read) }))
}

function labelsOf(source: string, group: RuleGroup, rule: Rule) {
  return { source, rule: toPrintable(rule.name), group: toPrintable(group.name) }
}

function failingRule(
  labels: ReturnType<typeof labelsOf>,
  rule: Rule,
  rules: Rules,
  read: QueryReader,
): Trouble {
  const said = `Prometheus says: ${excerptOf(rule.lastError ?? '') || 'nothing'}`
  if (!isRecording(rule)) {
    return {
      name: 'RuleEvaluationFailing',
      severity: 'high',
      labels,
      summary: `${labels.source} cannot evaluate the rule ${labels.rule}`,
      description: `While it cannot be evaluated, it cannot fire. ${said}`,
    }
  }
  const readers = alertsReading(rule.name, rules, read)
  return {
    name: 'RecordingRuleFailing',
    severity: readers.length > 0 ? 'high' : 'medium',
    labels,
    summary: `${labels.source} cannot evaluate the recording rule ${labels.rule}`,
    description:
      readers.length > 0
        ? `${counted(readers.length, 'alerting rule reads', 'alerting rules read')} what it records and may not fire meanwhile: ${named(readers)}. ${said}`
        : `No alerting rule of ${labels.source} reads what it records. ${said}`,
  }
}

function manyFailing(source: string, rest: number): Trouble {
  return {
    name: 'RuleEvaluationFailing',
    severity: 'high',
    labels: { source, rule: '(others)', group: '(others)' },
    summary: `${source} cannot evaluate more rules than are listed one by one`,
    description: `${String(rest)} more rules cannot be evaluated and cannot fire. See the rules page of Prometheus.`,
  }
}
