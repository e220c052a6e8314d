import { actorName } from '../actor/name.ts'
import { isConfidential } from '../confidential/may-see.ts'
import { outsideTitle } from '../confidential/outside-title.ts'
import { confidentialName } from '../confidential/words.ts'
import { DRILL_TYPE } from '../source/drill.ts'
import { isActive, type Alert } from '../alert/schema.ts'
import type { NotificationPolicy } from '../configuration/schema.ts'
import { pagedOf } from '../incident/paging.ts'
import { growthNow } from '../incident/growth.ts'
import { growthText } from '../incident/growth-words.ts'
import { alertsOf } from '../incident/members.ts'
import { activeAlerts, needsResponse, type Incident } from '../incident/schema.ts'
import { compareSeverity, severities, severityWord, type Severity } from '../severity/schema.ts'
import { unknownWordOf } from '../severity/unknown-words.ts'
import { toPrintable } from '../text/printable.ts'
import type { PagingState } from './facts.ts'
import { deliveryKey, type Page, type PageMessage } from './schema.ts'

/** Longest title and body, in UTF-16 units: what a notification can show without hiding the rest. */
const MAX_TITLE = 160
const MAX_BODY = 400
/** Incidents that a summary names. */
const MAX_NAMED = 3

/** What a page says on a channel, from how things stand when it is requested. */
export function composeMessage(
  page: Pick<
    Page,
    'id' | 'recipient' | 'tag' | 'severity' | 'incidentIds' | 'isSummary' | 'reason'
  >,
  state: PagingState,
  { policy, channel }: { readonly policy: NotificationPolicy; readonly channel: string },
): PageMessage {
  const { title, body, severity } = page.isSummary
    ? summaryText(page, state)
    : singleText(page, state)
  return {
    key: deliveryKey(page.id, channel),
    tag: page.tag,
    severity,
    title: toPrintable(oneLine(title), MAX_TITLE),
    body: body
      .map((line) => toPrintable(oneLine(line), MAX_BODY))
      .filter((line) => line !== '')
      .join('\n'),
    urgency: policy[severity].urgency,
    // What is on the screen already was heard.
    sound: policy[page.severity].sound,
    incidentId: page.isSummary ? null : (page.incidentIds[0] ?? null),
  }
}

/** A label must not be able to write lines that look like ours. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

interface Text {
  readonly title: string
  readonly body: readonly string[]
  /** The worst of all that it speaks of. */
  readonly severity: Severity
}

function singleText(
  { incidentIds, reason, severity }: Pick<Page, 'incidentIds' | 'reason' | 'severity'>,
  state: PagingState,
): Text {
  const incident = state.incidents.get(incidentIds[0] ?? '')
  if (!incident) return { title: 'Incident triggered', body: [], severity }
  const alerts = activeAlertsOf([incident.id], state)
  if (isConfidential(state.restrictions, incident.id)) {
    // Whoever is paged opens it: anybody can read over their shoulder.
    const title = `${drillMark(alerts, state)}${confidentialName(incident.id)}`
    return { severity: incident.severity, title, body: [] }
  }
  const [worst] = alerts.toSorted(
    (a, b) =>
      compareSeverity(a.severity, b.severity) ||
      a.startsAt - b.startsAt ||
      (a.key < b.key ? -1 : 1),
  )
  const mark = drillMark(alerts, state)
  const said = worst?.annotations['summary'] ?? worst?.annotations['description'] ?? ''
  return {
    severity: incident.severity,
    title: `${mark}${incident.severity} ${severityWord[incident.severity]}: ${incident.title}`,
    body: [
      said === incident.title ? (worst?.annotations['description'] ?? '') : said,
      Object.entries(incident.group)
        // The title says it already, in words.
        .filter(([name]) => name !== 'alertname')
        .map(([name, value]) => `${name}=${value}`)
        // What tells it apart from the same alert of another realm.
        .concat(worst?.realm === undefined || mark !== '' ? [] : [`realm=${worst.realm}`])
        .join('  '),
      footLine(incident, reason, alerts),
    ],
  }
}

function footLine(incident: Incident, reason: Page['reason'], alerts: readonly Alert[]): string {
  const active = activeAlerts(incident.counts)
  const grown = grownText(incident)
  const remediation = incident.asksAgain?.remediation
  const because = remediation === undefined ? '' : `${remediation}. `
  const count = `${because}${active === 1 ? '' : `${String(active)} alerts. `}${grown === null ? '' : `${grown}. `}`
  if (reason === 'repeat') return `${count}Paged again: unacknowledged.`
  if (reason === 'blind') {
    return `${count}Overrides quiet hours and focus: Deckwatch would not receive a P0.`
  }
  const unknown = unknownText(alerts)
  if (unknown !== null) return `${count}${unknown}`
  return reason === 'held-until-now' ? `${count}Held until now.` : count.trimEnd()
}

/** Which severity words of these alerts nothing maps; null for none. */
function unknownText(alerts: readonly Alert[]): string | null {
  const words = new Set(
    alerts.map((alert) => unknownWordOf(alert)?.word).filter((word) => word !== undefined),
  )
  if (words.size === 0) return null
  const named = [...words].slice(0, MAX_NAMED).map((word) => `“${word}”`)
  return `Unknown severity ${named.join(', ')}: map it in Settings, Severities.`
}

/** What is new of an incident that grew behind an acknowledgement or a snooze; null for others. */
function grownText(incident: Incident): string | null {
  const growth = growthNow(incident)
  return growth ? growthText(growth, actorName(growth.by)) : null
}

/**
 * A summary replaces the one before it, so it covers every triggered incident that was paged in a
 * summary: unacknowledged P0s must not look like P2s because P2s came after them.
 */
function summaryText(
  { incidentIds, reason, recipient }: Pick<Page, 'incidentIds' | 'reason' | 'recipient'>,
  state: PagingState,
): Text {
  const asking = [...state.incidents.values()].filter(needsResponse)
  const news = new Set(incidentIds)
  const summed = asking
    .filter((each) => {
      const last = state.pages.get(pagedOf(each, recipient)?.pageId ?? '')
      return news.has(each.id) || last?.isSummary
    })
    .toSorted((a, b) => compareSeverity(a.severity, b.severity) || a.startedAt - b.startedAt)
  const severity = worstOf(summed.map((incident) => incident.severity))
  const counts = severities
    .map((each) => [each, summed.filter((incident) => incident.severity === each).length] as const)
    .filter(([, count]) => count > 0)
    .map(([each, count]) => `${String(count)} ${each} ${severityWord[each]}`)
  const named = summed.slice(0, MAX_NAMED).map((incident) => {
    const isNamed = !isConfidential(state.restrictions, incident.id)
    const grown = isNamed ? grownText(incident) : null
    return `• ${outsideTitle(incident, state.restrictions)}${grown === null ? '' : ` (${grown})`}`
  })
  const rest = summed.length - named.length
  const ids = summed.map(({ id }) => id)
  const mark = drillMark(activeAlertsOf(ids, state), state)
  const [all, told] = [asking.length, news.size]
  const count = `${String(told)}${all > told && reason !== 'repeat' ? ' more' : ''}`
  const inAll = all > told ? ` (${String(all)} in all)` : ''
  const noun = told === 1 ? 'incident triggered' : 'incidents triggered'
  return {
    severity,
    title: `${mark}${count} ${noun}${inAll}, worst ${severity} ${severityWord[severity]}`,
    body: [
      counts.join(', '),
      ...named,
      rest > 0 ? `and ${String(rest)} more ${rest === 1 ? 'incident' : 'incidents'}` : '',
    ],
  }
}

function activeAlertsOf(incidentIds: Iterable<string>, state: PagingState): readonly Alert[] {
  return [...incidentIds].flatMap((id) => alertsOf(state, id)).filter(isActive)
}

/** Nobody must jump out of bed for a drill that they took for real, or the other way round. */
function drillMark(alerts: readonly Alert[], { sources }: PagingState): string {
  const isDrill =
    alerts.length > 0 &&
    alerts.every(({ observations }) =>
      Object.keys(observations).every((id) => sources.get(id)?.type === DRILL_TYPE),
    )
  return isDrill ? 'Drill: ' : ''
}

/** The worst of some severities; P3 of none. */
export function worstOf(all: readonly Severity[]): Severity {
  return all.reduce((worst, each) => (compareSeverity(each, worst) < 0 ? each : worst), 'P3')
}

/** The message of "send a test". */
export function testMessage(key: string): PageMessage {
  return {
    key,
    tag: 'test',
    severity: null,
    title: 'Deckwatch test notification',
    body: 'Notifications work. Pages of higher severity stay until acknowledged, and are louder.',
    urgency: 'normal',
    sound: 'alert',
    incidentId: null,
  }
}
