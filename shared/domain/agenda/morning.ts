import type { Severity } from '../severity/schema.ts'
import { severities } from '../severity/schema.ts'
import type { AgendaFacts, AgendaQuestion, NameFacts } from './facts.ts'
import type { IncidentFacts } from './incident-facts.ts'
import { countOf, lineOf, quoted, type AgendaLine } from './line.ts'
import { byUrgency, knownBy, ownerOf, standing, titleOf } from './standing.ts'

/** Alerts whose trend is shown: those that grew most. */
const MAX_RISERS = 3

/** What of a severity is looked after every morning. */
const looked: readonly Severity[] = ['P0', 'P1', 'P2']

/** The morning: what happened at night, what is open, whose it is, and where things go. */
export function morningLines(facts: AgendaFacts, question: AgendaQuestion): readonly AgendaLine[] {
  const { window, to } = question
  const incidents = facts.incidents.toSorted(byUrgency)
  const isOvernight = ({ worst }: IncidentFacts) => worst !== null && worst.at >= window.from
  const open = incidents.filter(
    (each) => !each.isOver && (looked.includes(each.severity.value) || isOvernight(each)),
  )
  return [
    ...incidents.filter(isOvernight).map((each) => overnightLine(each, to)),
    ...open.filter((each) => !isOvernight(each)).map((each) => openLine(each, to)),
    ...ownerLines(open),
    ...trendLines(facts, question),
  ]
}

function overnightLine(incident: IncidentFacts, to: number): AgendaLine {
  const { id, worst, severity } = incident
  const { text, events } = standing(incident, to)
  return lineOf('overnight', {
    id,
    text: `${titleOf(incident)}: ${text}`,
    at: worst?.at ?? null,
    severity: severity.value,
    incidentId: id,
    events: [...events, worst?.seq],
  })
}

function openLine(incident: IncidentFacts, to: number): AgendaLine {
  const { id, severity, commander } = incident
  const { text, events } = standing(incident, to)
  const who = commander ? `, incident commander ${commander.person.name}` : ''
  return lineOf('open', {
    id,
    text: `${titleOf(incident)}: ${text}${who}`,
    severity: severity.value,
    incidentId: id,
    events: [...events, commander?.seq],
  })
}

/** First what nobody has, then who has how much. */
function ownerLines(open: readonly IncidentFacts[]): readonly AgendaLine[] {
  const nobody: AgendaLine[] = []
  const owners = new Map<string, { count: number; events: (number | null | undefined)[] }>()
  for (const incident of open) {
    const owner = ownerOf(incident)
    const known = knownBy(incident)
    if (!owner) {
      const text = `No owner: ${titleOf(incident)}`
      const { id, severity } = incident
      nobody.push(
        lineOf('owners', {
          ...{ id, text, severity: severity.value, incidentId: id, isGap: true, events: known },
        }),
      )
      continue
    }
    const has = owners.get(owner.text) ?? { count: 0, events: [] }
    owners.set(owner.text, {
      count: has.count + 1,
      events: [...has.events, ...known, ...owner.events],
    })
  }
  const people = [...owners].map(([name, { count, events }]) =>
    lineOf('owners', { id: name, text: `${quoted(name)}: ${countOf(count, 'incident')}`, events }),
  )
  return [...nobody, ...people]
}

function trendLines(facts: AgendaFacts, { window }: AgendaQuestion): readonly AgendaLine[] {
  const { since, weekAgo, at } = window
  const within = (from: number, until: number, severity: Severity | null) =>
    facts.incidents.filter(
      (each) =>
        each.opened.at >= from &&
        each.opened.at < until &&
        (severity === null || each.severity.value === severity),
    )
  const trend = (severity: Severity | null): readonly AgendaLine[] => {
    const week = within(weekAgo, at, severity)
    const before = within(since, weekAgo, severity)
    if (week.length + before.length === 0) return []
    const noun = severity === null ? 'incident' : `${severity} incident`
    const text = `${countOf(week.length, noun)} in 7 days, ${String(before.length)} the week before`
    const events = [...before, ...week].flatMap((each) => [each.opened.seq, each.severity.seq])
    return [lineOf('trends', { id: severity ?? 'all', text, severity, events })]
  }
  const rise = ({ week, before }: NameFacts) => week.count - before.count
  const risers = facts.names
    .filter((each) => rise(each) > 0)
    .toSorted((a, b) => rise(b) - rise(a) || a.name.localeCompare(b.name, 'en'))
    .slice(0, MAX_RISERS)
    .map(({ name, week, before }) => {
      const times = `fired ${countOf(week.count, 'time')} in 7 days`
      const text = `${quoted(name)} ${times}, ${String(before.count)} the week before`
      const events = [...before.events, ...week.events]
      return lineOf('trends', { id: `alert:${quoted(name)}`, text, events })
    })
  return [
    ...trend(null),
    ...severities.filter((each) => looked.includes(each)).flatMap(trend),
    ...risers,
  ]
}
