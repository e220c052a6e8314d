import { severityWord } from '../severity/schema.ts'
import { toPrintable } from '../text/printable.ts'
import { formatUtc } from '../text/utc.ts'
import { withoutPings } from '../text/without-pings.ts'
import { confidentialLead, type IncidentSummary, type SummaryStep } from './summary.ts'

/** Longest part of a text from outside that goes into a chat, in UTF-16 units. */
const MAX_TEXT = 300
/** Objects that are named; of the others stands how many there are. */
const MAX_OBJECTS = 3

/** What is pasted into a chat about an incident. */
export interface ChatFacts {
  readonly incident: IncidentSummary
  /** When all of this was last known to hold, ms since the epoch, UTC; null while it is current. */
  readonly asOf: number | null
  /** Where it is, such as `checkout · prod-eu`; empty where nobody knows. */
  readonly place: string
  /** How many alerts it has, such as `11 alerts, 3 suppressed`. */
  readonly alerts: string
  /** What its alerts are about, each once, the gravest first; empty where that is not known. */
  readonly objects: readonly string[]
  /** What its first alert says; null where it says nothing. */
  readonly description: string | null
  /** Runbooks and dashboards: addresses that are safe to follow, with what they are. */
  readonly links: readonly { readonly name: string; readonly href: string }[]
}

/**
 * An incident as plain text for a chat, a line for each fact. What comes from outside is cut to one
 * line, printable, and calls nobody: see {@link withoutPings}.
 *
 * @param local says a time, in ms since the epoch, UTC, in the zone of who copies it: `04:12 CET`.
 *   Left out where it is the same by the clock as in UTC.
 */
export function toChatText(facts: ChatFacts, local: (at: number) => string): string {
  const { incident, asOf, place, alerts, description, links } = facts
  const { id, title, severity, isDrill, startedAt } = incident
  const objects = listOf(facts.objects)
  const lead = isDrill ? 'DRILL, not a real incident. ' : ''
  const where = place === '' ? '' : ` (${outside(place)})`
  const lines = [
    incident.confidentialFor ? withoutPings(confidentialLead(incident.confidentialFor)) : '',
    `${lead}${severity} ${severityWord[severity]}: ${outside(title)}${where}`,
    asOf === null ? '' : `Not current: as of ${formatUtc(asOf)}, Deckwatch is unreachable`,
    sinceOf(startedAt, local),
    statusOf(incident),
    objects === '' ? `Alerts: ${alerts}` : `Alerts: ${alerts}: ${objects}`,
    ...(description === null || description === title ? [] : [outside(description)]),
    // The sign can be written so in any address, and leads to the same place.
    ...links.map(({ name, href }) => `${capital(name)}: ${href.replaceAll('@', '%40')}`),
    `In Deckwatch: deckwatch://incident/${id}`,
  ]
  return lines.filter((line) => line !== '').join('\n')
}

function sinceOf(at: number, local: (at: number) => string): string {
  const utc = formatUtc(at)
  const there = local(at)
  const [, clock] = utc.split(' ')
  return there.split(' ')[0] === clock ? `Since ${utc}` : `Since ${utc} (${there})`
}

function statusOf(incident: IncidentSummary): string {
  const { status, acknowledged, mitigated, snoozedUntil, resolved, closed } = incident
  switch (status) {
    case 'triggered': {
      const snoozed = snoozedUntil === null ? '' : `, snoozed until ${formatUtc(snoozedUntil)}`
      return `Unacknowledged${snoozed}`
    }
    case 'acknowledged': {
      const snoozed = snoozedUntil === null ? '' : `, snoozed until ${formatUtc(snoozedUntil)}`
      return `${stepText('Acknowledged', acknowledged)}${snoozed}`
    }
    case 'mitigated':
      return stepText('Mitigated', mitigated)
    case 'resolved':
      return stepText('Resolved', resolved)
    case 'closed':
      return stepText('Closed', closed)
  }
}

const stepText = (what: string, step: SummaryStep | null): string =>
  step ? `${what} by ${outside(step.by)}, ${formatUtc(step.at)}` : what

function listOf(objects: readonly string[]): string {
  const named = objects.slice(0, MAX_OBJECTS).map(outside)
  const rest = objects.length - named.length
  const more = rest > 0 ? ` and ${String(rest)} more` : ''
  return `${named.join(', ')}${more}`
}

/** The first line that says something, as it can stand in a chat. */
function outside(text: string): string {
  const line = text.split('\n').find((each) => each.trim() !== '') ?? ''
  const plain = line.trim().replace(/\s+/g, ' ')
  // Never between the two halves of a character.
  const begin = plain.slice(0, MAX_TEXT).replace(/\p{Cs}$/u, '')
  const cut = plain.length > MAX_TEXT ? `${begin.trimEnd()}…` : plain
  return withoutPings(toPrintable(cut))
}

const capital = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
