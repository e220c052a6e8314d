import { z } from 'zod'
import { actorName } from '../actor/name.ts'
import { explainSuppression } from '../alert/explain.ts'
import { alertTitle, isActive, type Alert, type Labels, type Suppression } from '../alert/schema.ts'
import { activeAlerts, queueSection, type AlertCounts, type Incident } from '../incident/schema.ts'
import { growthTarget, type GrowthFacts } from '../incident/growth.ts'
import { growthCount, growthRuleTexts, growthTargetText } from '../incident/growth-words.ts'
import { severityWord, type Severity } from '../severity/schema.ts'
import { unreachable } from '../result/result.ts'
import { explainPaging, type PagingFacts } from '../page/explain.ts'
import { classifySeverity, severityRules } from '../configuration/severity-rules.ts'
import { parseMatchers } from '../matcher/matcher.ts'
import { eitherOf } from '../text/either-of.ts'
import { holdText } from '../page/words.ts'
import { formatUtc } from '../text/utc.ts'
import { decision, readDecision, stageOf, stageSchema, type Decision } from '../decision/schema.ts'

/** The answer to "why is this shown, hidden, or was not paged?". */
export const explanationSchema = z.object({
  /** The one-sentence answer. */
  answer: z.string(),
  /** What each stage decided, in the pipeline's order. */
  steps: z.array(z.object({ stage: stageSchema, outcome: z.string(), reason: z.string() })),
})
export type Explanation = z.infer<typeof explanationSchema>

/**
 * One decision of the pipeline as an outcome and a reason.
 *
 * @param group the grouping labels of the incident that it led to.
 */
export function explainDecision(
  text: Decision,
  group: Labels = {},
): { readonly outcome: string; readonly reason: string } {
  const read = readDecision(text)
  if (!read) return { outcome: 'recorded by another version', reason: text }
  const { code, detail } = read
  switch (code) {
    case 'start-estimated':
      return {
        outcome: 'accepted',
        reason:
          'the source gave no usable start time; the time it was updated or first seen stands in for it',
      }
    case 'text-cleaned':
      return {
        outcome: 'accepted',
        reason: 'control characters or over-long texts were made visible or cut',
      }
    case 'first-seen':
      return { outcome: 'new alert', reason: `first reported by ${detail}` }
    case 'seen-again':
      return { outcome: 'known alert', reason: `${detail} reported a change` }
    case 'fired-again':
      return {
        outcome: 'new episode',
        reason: `resolved before, reported firing again by ${detail}`,
      }
    case 'merged':
      return {
        outcome: 'same alert',
        reason: `reported by ${detail}; equal labels make it one alert`,
      }
    case 'rule':
      return {
        outcome: 'your rule',
        reason: mapping(detail),
      }
    case 'common-word':
      return {
        outcome: 'default mapping',
        reason: defaultMapping(detail),
      }
    case 'unknown-severity':
      return {
        outcome: 'severity P2',
        reason: `no severity rule matches ${detail}; unknown severities count as P2`,
      }
    case 'plan-severity': {
      const [severity = '', plan = ''] = detail.split(' ')
      return { outcome: `severity ${severity}`, reason: `the response plan ${plan} says so` }
    }
    case 'core-service': {
      const [from = '', to = '', ...name] = detail.split(' ')
      return {
        outcome: `raised to ${to}`,
        reason: `${from} by its rule; ${name.join(' ')} is a core service`,
      }
    }
    case 'not-suppressed':
      return { outcome: 'not suppressed', reason: 'no source silences or inhibits it' }
    case 'suppressed-by-source':
      return { outcome: 'suppressed', reason: detail }
    case 'heartbeat':
      return {
        outcome: 'suppressed',
        reason: `it is the configured heartbeat ${detail}: Deckwatch alerts when it goes missing`,
      }
    case 'flapping': {
      const [changes, minutes] = detail.split(' ')
      return {
        outcome: 'flapping',
        reason: `it changes often between firing and resolved: ${changes ?? ''} changes within ${minutes ?? ''} min count as flapping`,
      }
    }
    case 'new-incident':
      return { outcome: 'new incident', reason: `no open incident for ${groupText(group)}` }
    case 'joined-incident':
      return {
        outcome: 'joined an incident',
        reason: `same group as an open incident: ${groupText(group)}`,
      }
    case 'reopened-incident':
      return {
        outcome: 'reopened an incident',
        reason: `the incident of this group was resolved and not yet closed: ${groupText(group)}`,
      }
    case 'page':
      return { outcome: 'triggered', reason: detail }
    // Recorded once, and read later: how it is now may be another thing.
    case 'hold-acknowledged':
      return { outcome: 'no new page', reason: 'the incident was acknowledged' }
    case 'hold-suppressed':
      return { outcome: 'no page', reason: 'it was suppressed' }
    case 'hold-snoozed':
      return { outcome: 'no page', reason: 'the incident was snoozed' }
    case 'hold-joined':
      return { outcome: 'no new page', reason: 'its incident had paged already' }
    case 'hold-flapping':
      return { outcome: 'no new page', reason: 'it was flapping' }
    default:
      return unreachable(code)
  }
}

/**
 * Why the incident stands where it stands in the queue, what the pipeline decided of it, and whether
 * somebody was paged. It speaks of now: what was recorded once and may have changed since is asked
 * of the alerts as they are, or told with its time.
 *
 * @param alert the one that is asked about; without it the incident is.
 * @param alerts all of the incident, as they are now.
 */
export function explainIncident(
  incident: Incident,
  alert?: Alert,
  paging?: PagingFacts,
  alerts: readonly Alert[] = [],
): Explanation {
  const decisions = alert ? alert.decisions : incident.decisions
  const answer = `${heldText(paging)}${incidentAnswer(incident, paging?.growth)}`
  const about = alert ? [alert] : alerts
  const steps = decisions.flatMap((text): ExplainedStep[] => {
    const explained = explainNow(text, incident, alert, about)
    return explained ? [{ stage: stageOf(text) ?? 'route', ...explained }] : []
  })
  return {
    answer: alert ? `${alertAnswer(alert)} ${answer}` : answer,
    steps: paging
      ? [
          ...steps.filter(({ stage }) => stage !== 'route'),
          ...growthSteps(incident, paging.growth),
          pagingStep(
            explainPaging(paging, incident),
            steps.filter(({ stage }) => stage === 'route'),
          ),
        ]
      : steps,
  }
}

type ExplainedStep = Explanation['steps'][number]

/** Whether it paged and why, with what the pipeline had decided of that, in one. */
function pagingStep(
  { outcome, reason }: Omit<ExplainedStep, 'stage'>,
  decided: readonly ExplainedStep[],
): ExplainedStep {
  const before = decided.map((each) => {
    const text = `${each.outcome} ${each.reason}`
    return ` ${text.charAt(0).toUpperCase()}${text.slice(1).replace(/[.]$/, '')}.`
  })
  return { stage: 'route', outcome, reason: `${reason}${before.join('')}` }
}

/** A recorded decision as far as it holds now; null for one that holds no longer. */
function explainNow(
  text: Decision,
  incident: Incident,
  alert: Alert | undefined,
  alerts: readonly Alert[],
): Omit<Explanation['steps'][number], 'stage'> | null {
  const recorded = explainDecision(text, incident.group)
  const read = readDecision(text)
  switch (read?.stage) {
    case 'suppress':
      if (read.code !== 'flapping') return suppressionNow(incident, alert, alerts) ?? recorded
      return alerts.length > 0 && alerts.every(({ flappingSince }) => flappingSince === null)
        ? null
        : recorded
    case 'route': {
      const when = alert ? 'when it last changed' : `at ${formatUtc(incident.triggeredAt)}`
      return { ...recorded, reason: `${when}: ${recorded.reason}` }
    }
    default:
      return recorded
  }
}

/** Most reasons that are told of an incident whose alerts have several. */
const MAX_REASONS = 3

/** What suppresses the alert, or alerts of the incident, now; null where they are not known. */
function suppressionNow(
  { counts }: Incident,
  alert: Alert | undefined,
  alerts: readonly Alert[],
): Omit<Explanation['steps'][number], 'stage'> | null {
  const active = alerts.filter(isActive)
  if (alerts.length === 0) return null
  if (active.length === 0) return { outcome: 'not suppressed', reason: 'no alert is active' }
  const held = active.filter(({ suppression }) => suppression.length > 0)
  if (held.length === 0) {
    return { outcome: 'not suppressed', reason: 'no source silences, mutes or inhibits it' }
  }
  const reasons = [...new Set(held.flatMap(({ suppression }) => suppression.map(reasonOf)))]
  const more = reasons.length - MAX_REASONS
  const reason = `${reasons.slice(0, MAX_REASONS).join('; ')}${more > 0 ? `; and ${String(more)} more reasons` : ''}`
  const isPart = alert === undefined && held.length < active.length
  return {
    outcome: isPart
      ? `${String(held.length)} of ${String(activeAlerts(counts))} alerts suppressed`
      : 'suppressed',
    reason,
  }
}

function reasonOf(suppression: Suppression): string {
  return suppression.kind === 'heartbeat'
    ? explainDecision(decision('heartbeat', suppression.id)).reason
    : explainSuppression(suppression)
}

function alertAnswer(alert: Alert): string {
  const title = `“${alertTitle(alert)}”`
  if (alert.status === 'resolved') return `${title} no longer fires.`
  if (alert.status === 'unconfirmed') {
    return `${title} is unconfirmed: source restarted; alert not reported again yet.`
  }
  const held = alert.suppression.map(explainSuppression).join('; ')
  if (held) return `${title} fires and is suppressed: ${held}.`
  return `${title} fires as ${alert.severity} (${severityWord[alert.severity]}).`
}

/** That pages are held back now, and by what; empty where they are not. */
function heldText(paging: PagingFacts | undefined): string {
  if (paging?.verdict.kind !== 'held') return ''
  const { by, until } = paging.verdict
  return `Not paging: ${holdText[by]}${until === null ? '' : ` until ${formatUtc(until)}`}. `
}

function incidentAnswer(incident: Incident, growth?: GrowthFacts): string {
  const active = activeAlerts(incident.counts)
  const section = queueSection(incident)
  switch (section) {
    case 'active':
      return incident.acknowledged
        ? `Not paging: ${actorName(incident.acknowledged.by)} acknowledged the incident, which holds until it ${eitherOf(['resolves', ...raisedAbove(incident.acknowledged.severity), ...growsTo(incident, growth)])}.${waitingText(incident, growth)}`
        : `The incident is triggered: ${activeText(incident.counts)} and nobody has acknowledged it.`
    case 'snoozed':
      return `Not paging: ${actorName(incident.snoozed?.by ?? { kind: 'deckwatch' })} snoozed the incident until ${formatUtc(incident.snoozed?.until ?? 0)}, or until ${eitherOf(['its severity is raised', ...growsTo(incident, growth).map((text) => `it ${text}`)])}.${waitingText(incident, growth)}`
    case 'suppressed':
      return `Not paging: ${active === 1 ? 'its active alert is' : `all ${String(active)} active alerts are`} suppressed.`
    case 'resolved':
      return active > 0
        ? `The incident was resolved by ${actorName(incident.resolved?.by ?? { kind: 'deckwatch' })} while ${alerts(active, 'was', 'were')} still firing; it reopens when an alert fires again.`
        : `The incident is resolved: 0 alerts firing.`
    case 'closed':
      return 'The incident is closed; a new alert of its group makes a new incident.'
    default:
      return unreachable(section)
  }
}

function raisedAbove(severity: Severity): readonly string[] {
  return severity === 'P0' ? [] : [`is raised above ${severity}`]
}

/** `grows to 4 alerts firing (1 then)`: the number at which it pages again; nothing without a rule. */
function growsTo(
  incident: Pick<Incident, 'baseline' | 'counts'>,
  growth: GrowthFacts | undefined,
): readonly string[] {
  const target = growthTarget(incident, growth?.rule ?? null)
  return target ? [growthTargetText(target)] : []
}

/** That it grew, and when that pages, as one page for growth follows another only after a while. */
function waitingText(
  { grewAt }: Pick<Incident, 'grewAt'>,
  growth: GrowthFacts | undefined,
): string {
  if (!growth?.rule || !growth.grown) return ''
  const at = grewAt === null ? '' : `, pages at ${formatUtc(grewAt + growth.rule.withinMs)}`
  return ` It grew since: ${growthCount(growth.grown)}${at}.`
}

/** The rule by which what joins pages again, where there is something for it to be measured from. */
function growthSteps(
  { baseline }: Pick<Incident, 'baseline'>,
  growth: GrowthFacts | undefined,
): Explanation['steps'] {
  if (!growth || !baseline) return []
  const reason = growthRuleTexts(growth.rule).join(' ')
  return [{ stage: 'correlate', outcome: 'growth rule', reason }]
}

/** How many alerts are active, and how many of them are suppressed or unconfirmed. */
function activeText(counts: AlertCounts): string {
  const of = [
    counts.suppressed > 0 ? `${String(counts.suppressed)} of them suppressed` : '',
    counts.unconfirmed > 0
      ? `${String(counts.unconfirmed)} of them unconfirmed, source restarted and has not reported them again`
      : '',
  ].filter((text) => text !== '')
  const active = alerts(activeAlerts(counts), 'is', 'are')
  return of.length > 0 ? `${active} active (${of.join(', ')})` : `${active} active`
}

function alerts(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? `alert ${one}` : `alerts ${many}`}`
}

/** A severity rule as it is recorded (`severity="critical" is P0`), with an arrow. */
function mapping(rule: string): string {
  return rule.replace(/ is (P[0-3])$/, ' → $1')
}

const defaultRules = severityRules([])

/** What Deckwatch's own rules make of a recorded `severity="critical"`. */
function defaultMapping(condition: string): string {
  const parsed = parseMatchers(condition)
  const word = parsed.ok ? parsed.value[0]?.value : undefined
  if (word === undefined) return condition
  return `${condition} → ${classifySeverity({ severity: word }, defaultRules).severity}`
}

function groupText(group: Labels): string {
  const pairs = Object.entries(group).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return pairs.join(', ') || 'an alert without any of the grouping labels'
}
