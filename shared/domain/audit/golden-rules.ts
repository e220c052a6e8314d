import type { Plan } from '../plan/schema.ts'
import { stepsOf } from '../plan/schema.ts'
import type { FindingCode } from './finding.ts'
import { hasDashboard, runbooksOf } from './link.ts'
import type { AlertRule } from './rule.ts'

/** What a rule lacks by the golden rules of alerting: a finding without its place. */
export interface Lint {
  readonly code: FindingCode
  readonly message: string
  readonly remedy: string
}

/**
 * What machines do when users may notice nothing, by words of names and metrics. A guess, and said to
 * be one.
 */
const causes = [
  [/cpu|load(1|5|15)?\b|throttl/i, 'processor load'],
  [/memory|\bmem\b|heap|\boom|swap|pagefault|pagesfault/i, 'memory use'],
  [/\bgc\b|garbagecollect/i, 'garbage collection'],
  [/goroutine|threads?\b|filedescriptor|\bfds?\b|conntrack/i, 'a count of what a process holds'],
  [/diskio|iowait|iops|saturation/i, 'how busy a device is'],
  [/restart|crashloop/i, 'restarts'],
] as const

/** Running full is worth an alert before users notice: it is foreseen. */
const foreseen = /predict_linear|fillingup|almostout|willfill|expir/i

/** A comparison with a number. */
const threshold = /(?:[<>]=?|[!=]=)\s*(?:bool\s+)?[-+]?(?:\d|\.\d)/
/** Comparisons that ask for yes or no: there is no figure that could have a reason. */
const yesOrNo = /(?:[<>]=?|[!=]=)\s*(?:bool\s+)?[01](?:\.0+)?(?![\d.])/g

const reasons = ['threshold', 'reason', 'rationale', 'justification', 'why', 'comment']
const actions = ['action', 'actions', 'remediation', 'resolution', 'mitigation', 'fix', 'steps']

const text = (rule: AlertRule, names: readonly string[]): string | null =>
  names
    .map((name) => (Object.hasOwn(rule.annotations, name) ? rule.annotations[name]?.trim() : ''))
    .find((value) => value !== undefined && value !== '') ?? null

/** Looks at one alert by the golden rules: symptom, action, threshold with a reason, texts, links. */
export function lintRule(rule: AlertRule, plan: Plan | null): readonly Lint[] {
  return [
    causeLint(rule),
    actionLint(rule, plan),
    thresholdLint(rule),
    ...textLints(rule, plan),
  ].filter((lint) => lint !== null)
}

function causeLint(rule: AlertRule): Lint | null {
  if (rule.kind === 'seen' && rule.expression === null) return null
  const where = `${rule.name} ${rule.expression ?? ''}`
  if (foreseen.test(where)) return null
  // Words in a row, so that the parts of a name count as words.
  const words = `${rule.name} ${rule.name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')}`
  const cause = causes.find(([pattern]) => pattern.test(words))
  if (!cause) return null
  return {
    code: 'cause-not-symptom',
    message: `Its name speaks of ${cause[1]}: a cause, which users may not notice`,
    remedy:
      'Alert on what users notice (errors, latency, work not done) and show this beside it; else do not page for it.',
  }
}

function actionLint(rule: AlertRule, plan: Plan | null): Lint | null {
  const isTold =
    (plan !== null && (stepsOf(plan).length > 0 || plan.options.length > 0)) ||
    runbooksOf(rule, plan).length > 0 ||
    text(rule, actions) !== null
  if (isTold || isForNobody(rule)) return null
  return {
    code: 'not-actionable',
    message: 'Nothing says what to do: no step of a plan, no runbook, no action',
    remedy: 'Write a response plan with its first action, or take the alert away.',
  }
}

/** Alerts that page nobody by their own word, such as a heartbeat. */
function isForNobody({ labels }: AlertRule): boolean {
  return ['none', 'info', 'informational'].includes((labels['severity'] ?? '').toLowerCase())
}

function thresholdLint(rule: AlertRule): Lint | null {
  const { expression, forMs, comment } = rule
  if (expression === null) return null
  const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""')
  const asked = bare.replaceAll(/#[^\n]*/g, '')
  if (!threshold.test(asked.replaceAll(yesOrNo, ''))) return null
  if (forMs !== null && forMs > 0) return null
  if (comment !== null || bare.includes('#') || text(rule, reasons) !== null) return null
  return {
    code: 'threshold-without-reason',
    message: 'It compares with a number that nothing explains',
    remedy:
      'Say why this number: a comment beside it, an annotation "reason", or a "for" that it must hold.',
  }
}

function textLints(rule: AlertRule, plan: Plan | null): readonly (Lint | null)[] {
  const summary = text(rule, ['summary', 'title'])
  const description = text(rule, ['description', 'message'])
  return [
    summary === null && rule.kind !== 'cloudwatch'
      ? {
          code: 'no-summary',
          message: 'It has no summary: what is wrong, in a line',
          remedy: 'Add the annotation "summary".',
        }
      : null,
    description === null
      ? {
          code: 'no-description',
          message: 'It has no description: what it means, with its values',
          remedy:
            rule.kind === 'cloudwatch'
              ? 'Give the alarm a description.'
              : 'Add the annotation "description".',
        }
      : null,
    hasDashboard(rule, plan)
      ? null
      : {
          code: 'no-dashboard',
          message: 'Nothing leads to a dashboard',
          remedy: 'Add the annotation "dashboard_url", or a link of its plan named "Dashboard".',
        },
  ]
}
