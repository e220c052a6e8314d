import type { AgendaFacts, AgendaQuestion } from './facts.ts'
import type { IncidentFacts } from './incident-facts.ts'
import { countOf, lineOf, quoted, type AgendaLine } from './line.ts'
import { byUrgency, knownBy, titleOf } from './standing.ts'

/** The evening: can people be reached, is what goes on written down, what may happen at night. */
export function eveningLines(facts: AgendaFacts, question: AgendaQuestion): readonly AgendaLine[] {
  const open = facts.incidents.filter(({ isOver }) => !isOver).toSorted(byUrgency)
  return [
    ...contactLines(facts),
    ...open.map((each) => ongoingLine(each, question)),
    ...open.flatMap(riskLines),
    ...plannedLines(facts, question),
  ]
}

function contactLines({ failed }: AgendaFacts): readonly AgendaLine[] {
  return [...failed].map(([channel, { count, message, events }]) => {
    const text = `${quoted(channel)}: ${countOf(count, 'page')} failed in 24 hours: ${quoted(message)}`
    return lineOf('contacts', { id: channel, text, isGap: true, events })
  })
}

/** The night knows what to do from a task, else from what somebody wrote since noon. */
function ongoingLine(incident: IncidentFacts, { window }: AgendaQuestion): AgendaLine {
  const { id, severity, note } = incident
  const tasks = [...incident.tasks.values()]
  const isNoted = note !== null && note.at >= window.from
  const next = tasks
    .map(({ text, owner }) => `${quoted(text)}${owner ? ` (${quoted(owner.name)})` : ''}`)
    .join('; ')
  const said =
    next !== '' ? `next: ${next}` : isNoted ? `“${quoted(note.text)}”` : 'no next step since noon'
  return lineOf('ongoing', {
    id,
    text: `${titleOf(incident)}: ${said}`,
    severity: severity.value,
    incidentId: id,
    isGap: next === '' && !isNoted,
    events: [
      ...knownBy(incident),
      ...(next !== '' ? tasks.map(({ seq }) => seq) : isNoted ? [note.seq] : []),
    ],
  })
}

function riskLines(incident: IncidentFacts): readonly AgendaLine[] {
  const { id, severity, measures, crossed } = incident
  const line = (key: string, words: string, seq: number) =>
    lineOf('risks', {
      id: `${id}:${key}`,
      text: `${titleOf(incident)}: ${words}`,
      severity: severity.value,
      incidentId: id,
      events: [...knownBy(incident), seq],
    })
  return [
    ...[...measures].map(([key, { text, seq }]) =>
      line(key, `temporary measure in place: ${quoted(text)}`, seq),
    ),
    ...[...crossed].map(([key, { text, seq }]) =>
      line(key, `trigger crossed: ${quoted(text)}`, seq),
    ),
  ]
}

/** What begins until the morning, and maintenance that goes on. */
function plannedLines(
  { planned }: AgendaFacts,
  { window, to }: AgendaQuestion,
): readonly AgendaLine[] {
  return planned
    .filter(({ change: { happenedAt, until } }) => {
      const goesOn = happenedAt < to && until !== null && until > to
      return goesOn || (happenedAt >= to && happenedAt < window.end)
    })
    .toSorted((a, b) => a.change.happenedAt - b.change.happenedAt)
    .map(({ change, text, seq }) =>
      lineOf('planned', { id: change.id, text, at: change.happenedAt, events: [seq] }),
    )
}
