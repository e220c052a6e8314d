import { meetingIdOf, outcomeName } from '../meeting/schema.ts'
import type { AgendaFacts, AgendaQuestion, DecidedFacts } from './facts.ts'
import { byWhom, type IncidentFacts } from './incident-facts.ts'
import { lineOf, quoted, roughly, type AgendaLine } from './line.ts'
import { byUrgency, knownBy, standing, titleOf } from './standing.ts'

/** The afternoon: what the morning decided, what has moved since, what came, what was escalated. */
export function afternoonLines(
  facts: AgendaFacts,
  question: AgendaQuestion,
): readonly AgendaLine[] {
  const { window, to, day } = question
  const incidents = facts.incidents.toSorted(byUrgency)
  const isNew = ({ opened }: IncidentFacts) => opened.at >= window.from
  const earlier = facts.decided.filter(({ meetingId }) => meetingId === meetingIdOf('morning', day))
  return [
    ...earlier.map(decidedLine),
    ...incidents.flatMap((each) => progressLine(each, question) ?? []),
    ...incidents.filter(isNew).map((each) => newLine(each, to)),
    ...escalationLines(facts, window.from),
  ]
}

function decidedLine({ id, seq, text, owner, followedUp }: DecidedFacts): AgendaLine {
  const who = owner === null ? 'no owner' : quoted(owner)
  const how = followedUp ? `${outcomeName[followedUp.outcome]}${byWhom(followedUp)}` : 'open'
  const note = followedUp?.note ? ` (“${quoted(followedUp.note)}”)` : ''
  return lineOf('decided', {
    id,
    text: `${quoted(text)} (${who}): ${how}${note}`,
    isGap: followedUp === null,
    events: [seq, followedUp?.seq],
  })
}

/** What has moved in an incident since the morning: the last that says so. */
function progressLine(incident: IncidentFacts, { window }: AgendaQuestion): AgendaLine | null {
  const { id, severity, opened, resolved, mitigated, acknowledged } = incident
  const steps = [
    [resolved, 'resolved'],
    [mitigated, 'mitigated'],
    [acknowledged, 'acknowledged'],
  ] as const
  // What came since is new, however it stands; of it only the end is progress.
  const isNew = opened.at >= window.from
  for (const [step, word] of isNew ? steps.slice(0, 1) : steps) {
    if (!step || step.at < window.from) continue
    const after = roughly(step.at - opened.at)
    const text = `${titleOf(incident)}: ${word}${byWhom(step)} after ${after}`
    const events = [...knownBy(incident), step.seq]
    return lineOf('progress', {
      ...{ id, text, at: step.at, severity: severity.value, incidentId: id, events },
    })
  }
  return null
}

function newLine(incident: IncidentFacts, to: number): AgendaLine {
  const { id, severity, opened } = incident
  const { text, events } = standing(incident, to)
  return lineOf('new', {
    id,
    text: `${titleOf(incident)}: ${text}`,
    at: opened.at,
    severity: severity.value,
    incidentId: id,
    events,
  })
}

function escalationLines(facts: AgendaFacts, from: number): readonly AgendaLine[] {
  return facts.escalations.flatMap(({ seq, at, incidentId, text }) => {
    const incident = facts.of(incidentId)
    if (at < from || !incident) return []
    const { severity } = incident
    return lineOf('escalations', {
      id: String(seq),
      text: `${titleOf(incident)}: ${text}`,
      at,
      severity: severity.value,
      incidentId,
      events: [...knownBy(incident), seq],
    })
  })
}
