import type { AgendaFacts, AgendaQuestion, Escalation } from './facts.ts'
import type { IncidentFacts, Recorded } from './incident-facts.ts'
import { countOf, lineOf, quoted, roughly, type AgendaLine } from './line.ts'
import { alertsOfWeek, firstOfAll, isInWeek, type AlertOfWeek } from './of-week.ts'
import { proposalLines } from './proposals.ts'
import { knownBy, titleOf } from './standing.ts'

/** Waits of each phase that are shown: the longest. */
const MAX_WAITS = 3
/** Alerts that fired less often in a week are no noise. */
const NOISY_FROM = 5
/** Noisy alerts that are shown. */
const MAX_NOISY = 5

/** The week: where it was waited for, what was for nothing, and what should change. */
export function weeklyLines(facts: AgendaFacts, question: AgendaQuestion): readonly AgendaLine[] {
  const incidents = facts.incidents.filter((each) => isInWeek(each, question))
  const alerts = alertsOfWeek(incidents, facts)
  return [
    ...waitLines(incidents, question.to),
    ...falseAlarmLines(incidents, alerts),
    ...patternLines(facts, question),
    ...noisyLines(alerts),
    ...proposalLines(alerts, facts, question),
  ]
}

interface Wait {
  readonly incident: IncidentFacts
  readonly ms: number
  readonly isOver: boolean
  readonly events: readonly number[]
}

/** Each phase ends with what was recorded, or not yet. */
const phases = [
  {
    id: 'acknowledge',
    words: 'acknowledgement',
    of: ({ opened, first }: IncidentFacts) => [
      opened,
      firstOfAll(first.acknowledged, first.resolved),
    ],
  },
  {
    id: 'mitigate',
    words: 'mitigation',
    of: ({ first }: IncidentFacts) => [
      first.acknowledged,
      firstOfAll(first.mitigated, first.resolved),
    ],
  },
  {
    id: 'resolve',
    words: 'resolution after it was mitigated',
    of: ({ first }: IncidentFacts) => [first.mitigated, first.resolved],
  },
] as const

function waitLines(incidents: readonly IncidentFacts[], to: number): readonly AgendaLine[] {
  return phases.flatMap(({ id: phase, words, of }) => {
    const waits = incidents.flatMap((incident) => waitOf(incident, of(incident), to) ?? [])
    return waits
      .toSorted((a, b) => b.ms - a.ms || a.incident.opened.seq - b.incident.opened.seq)
      .slice(0, MAX_WAITS)
      .map(({ incident, ms, isOver, events }) => {
        const { id, severity } = incident
        const waited = isOver ? `waited ${roughly(ms)}` : `waiting ${roughly(ms)} so far`
        return lineOf('bottlenecks', {
          id: `${phase}:${id}`,
          text: `${titleOf(incident)}: ${waited} for ${words}`,
          severity: severity.value,
          incidentId: id,
          isGap: !isOver,
          events: [...knownBy(incident), ...events],
        })
      })
  })
}

function waitOf(
  incident: IncidentFacts,
  [from, until]: readonly (Recorded | undefined)[],
  to: number,
): Wait | null {
  if (!from || (incident.isOver && !until)) return null
  const ms = (until?.at ?? to) - from.at
  if (ms < 60_000) return null
  return { incident, ms, isOver: until !== undefined, events: [from.seq, until?.seq ?? from.seq] }
}

function falseAlarmLines(
  incidents: readonly IncidentFacts[],
  alerts: readonly AlertOfWeek[],
): readonly AgendaLine[] {
  const judged = incidents.filter(({ verdict }) => verdict !== null)
  const wrong = judged.filter(({ verdict }) => verdict?.verdict === 'false-alarm')
  if (wrong.length === 0) return []
  const eventsOf = (each: IncidentFacts) => [each.opened.seq, each.verdict?.seq]
  const rate = `${String(wrong.length)} of ${countOf(judged.length, 'judged incident')}`
  return [
    lineOf('false-alarms', {
      id: 'all',
      text: `${rate} ${wrong.length === 1 ? 'was a false alarm' : 'were false alarms'}`,
      events: judged.flatMap(eventsOf),
    }),
    ...alerts
      .filter((each) => each.wrong.length > 0)
      .map(({ name, judged: all, wrong: own }) =>
        lineOf('false-alarms', {
          id: `alert:${quoted(name)}`,
          text: `${quoted(name)}: ${String(own.length)} of ${countOf(all.length, 'judged incident')}`,
          events: all.flatMap((each) => [...eventsOf(each), each.alerts.get(name)]),
        }),
      ),
  ]
}

function patternLines(facts: AgendaFacts, { window }: AgendaQuestion): readonly AgendaLine[] {
  const patterns = new Map<string, Escalation[]>()
  for (const escalation of facts.escalations) {
    const { at, pattern, incidentId } = escalation
    if (at < window.weekAgo || !facts.of(incidentId)) continue
    patterns.set(pattern, [...(patterns.get(pattern) ?? []), escalation])
  }
  return [...patterns]
    .toSorted(([, a], [, b]) => b.length - a.length || (a[0]?.seq ?? 0) - (b[0]?.seq ?? 0))
    .map(([pattern, all]) => {
      const ids = new Set(all.map(({ incidentId }) => incidentId))
      const [only] = ids.size === 1 ? ids : []
      const subject = pattern.charAt(0).toUpperCase() + pattern.slice(1)
      return lineOf('patterns', {
        id: pattern,
        text: `${subject}: ${countOf(all.length, 'time')} in ${countOf(ids.size, 'incident')}`,
        incidentId: only ?? null,
        events: all.flatMap(({ seq, incidentId }) => [seq, facts.of(incidentId)?.opened.seq]),
      })
    })
}

function noisyLines(alerts: readonly AlertOfWeek[]): readonly AgendaLine[] {
  return alerts
    .filter(({ fired }) => fired.count >= NOISY_FROM)
    .toSorted((a, b) => b.fired.count - a.fired.count || a.name.localeCompare(b.name, 'en'))
    .slice(0, MAX_NOISY)
    .map(({ name, fired, incidents }) => {
      const times = `fired ${countOf(fired.count, 'time')}`
      const text = `${quoted(name)} ${times}, in ${countOf(incidents.length, 'incident')}`
      const opened = incidents.map((each) => each.opened.seq)
      const events = [...opened, ...incidents.map((each) => each.alerts.get(name)), ...fired.events]
      return lineOf('noisy', { id: quoted(name), text, events })
    })
}
