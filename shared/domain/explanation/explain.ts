import { z } from 'zod'
import { actorName } from '../actor/name.ts'
import { explainSuppression } from '../alert/explain.ts'
import { alertTitle, type Alert, type Labels } from '../alert/schema.ts'
import { activeAlerts, queueSection, type AlertCounts, type Incident } from '../incident/schema.ts'
import { severityWord } from '../severity/schema.ts'
import { unreachable } from '../result/result.ts'
import { explainPaging, type PagingFacts } from '../page/explain.ts'
import { formatUtc } from '../text/utc.ts'
import { readDecision, stageOf, stageSchema, type Decision } from '../decision/schema.ts'

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
      return { outcome: 'new alert', reason: `first listed by ${detail}` }
    case 'seen-again':
      return { outcome: 'known alert', reason: `${detail} lists it with something new` }
    case 'fired-again':
      return { outcome: 'new episode', reason: `it had resolved and fires again, says ${detail}` }
    case 'merged':
      return { outcome: 'same alert', reason: `${detail} list it; equal labels make it one alert` }
    case 'rule':
      return {
        outcome: 'severity by rule',
        reason: `your first severity rule that matches is ${detail}`,
      }
    case 'common-word':
      return {
        outcome: 'severity by its word',
        reason: `${detail} is a common word for it, and no rule of yours says otherwise`,
      }
    case 'unknown-severity':
      return {
        outcome: 'severity P2',
        reason: `no severity rule matches ${detail}; what is not known is shown as P2, never dropped`,
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
      return { outcome: 'asked for you', reason: detail }
    case 'hold-acknowledged':
      return { outcome: 'does not page again', reason: 'the incident is acknowledged' }
    case 'hold-suppressed':
      return { outcome: 'does not page', reason: 'it is suppressed' }
    case 'hold-snoozed':
      return { outcome: 'does not page', reason: 'the incident is snoozed' }
    case 'hold-joined':
      return { outcome: 'does not page again', reason: 'its incident already asked for you' }
    case 'hold-flapping':
      return { outcome: 'does not page again', reason: 'it is flapping' }
    default:
      return unreachable(code)
  }
}

/**
 * Why the incident stands where it stands in the queue, what the pipeline decided of it, and whether
 * somebody was told.
 */
export function explainIncident(
  incident: Incident,
  alert?: Alert,
  paging?: PagingFacts,
): Explanation {
  const decisions = alert ? alert.decisions : incident.decisions
  return {
    answer: alert ? `${alertAnswer(alert)} ${incidentAnswer(incident)}` : incidentAnswer(incident),
    steps: [
      ...decisions.map((decision) => ({
        stage: stageOf(decision) ?? ('route' as const),
        ...explainDecision(decision, incident.group),
      })),
      ...(paging ? [{ stage: 'route' as const, ...explainPaging(paging) }] : []),
    ],
  }
}

function alertAnswer(alert: Alert): string {
  const title = `“${alertTitle(alert)}”`
  if (alert.status === 'resolved') return `${title} no longer fires.`
  if (alert.status === 'unconfirmed') {
    return `${title} is unconfirmed: the source that listed it restarted with an empty memory and has not listed it again.`
  }
  const held = alert.suppression.map(explainSuppression).join('; ')
  if (held) return `${title} fires and is suppressed: ${held}.`
  return `${title} fires as ${alert.severity} (${severityWord[alert.severity]}).`
}

function incidentAnswer(incident: Incident): string {
  const active = activeAlerts(incident.counts)
  const section = queueSection(incident)
  switch (section) {
    case 'active':
      return incident.acknowledged
        ? `The incident is shown and does not page: ${actorName(incident.acknowledged.by)} acknowledged it, which holds until it resolves${incident.acknowledged.severity === 'P0' ? '' : ` or gets worse than ${incident.acknowledged.severity}`}.`
        : `The incident is shown in the queue: ${activeText(incident.counts)} and nobody has acknowledged it.`
    case 'snoozed':
      return `The incident is out of the queue: ${actorName(incident.snoozed?.by ?? { kind: 'deckwatch' })} snoozed it until ${formatUtc(incident.snoozed?.until ?? 0)}, or until it gets worse.`
    case 'suppressed':
      return `The incident is not in the active queue: all of its active alerts (${String(active)}) are suppressed.`
    case 'cleared':
      return active > 0
        ? `The incident was resolved by ${actorName(incident.resolved?.by ?? { kind: 'deckwatch' })} while ${alerts(active, 'was', 'were')} still firing; it comes back when an alert fires again.`
        : `The incident is resolved: none of its alerts fires any more.`
    case 'closed':
      return 'The incident is closed; a new alert of its group makes a new incident.'
    default:
      return unreachable(section)
  }
}

/** How many alerts are active, and how many of them are suppressed or unconfirmed. */
function activeText(counts: AlertCounts): string {
  const of = [
    counts.suppressed > 0 ? `${String(counts.suppressed)} of them suppressed` : '',
    counts.unconfirmed > 0
      ? `${String(counts.unconfirmed)} of them unconfirmed, because their source restarted and has not listed them again`
      : '',
  ].filter((text) => text !== '')
  const active = alerts(activeAlerts(counts), 'is', 'are')
  return of.length > 0 ? `${active} active (${of.join(', ')})` : `${active} active`
}

function alerts(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? `alert ${one}` : `alerts ${many}`}`
}

function groupText(group: Labels): string {
  const pairs = Object.entries(group).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return pairs.join(', ') || 'an alert without any of the grouping labels'
}
