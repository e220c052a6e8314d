import { actorName } from '../actor/name.ts'
import type { ProposalKind } from '../meeting/schema.ts'
import type { AgendaFacts, AgendaQuestion } from './facts.ts'
import { countOf, lineOf, quoted, type AgendaLine } from './line.ts'
import type { AlertOfWeek } from './of-week.ts'

const DAY_MS = 86_400_000
/** Longest name of an alert or of a step in a proposal, in UTF-16 units. */
const MAX_NAME = 120
/** False alarms of one alert in a week that question its threshold, where they outnumber the rest. */
const FALSE_FROM = 2
/** Incidents of one alert in a week that ask for a plan. */
const PLAN_FROM = 2
/** Times that an alert fires in a week without anybody doing anything: it says nothing. */
const UNANSWERED_FROM = 10
/** Incidents in which people ran the same step. */
const BY_HAND_FROM = 3

interface Proposed {
  readonly kind: ProposalKind
  /** What it is about: the id is made of this, so that an answer is known again. */
  readonly subject: string
  readonly text: string
  readonly why: string
  readonly events: readonly (number | null | undefined)[]
}

/**
 * What the week suggests. Each names what it was concluded from, and is a suggestion: whoever
 * accepts it takes on a task. What was answered at one of the last two reviews is left alone.
 */
export function proposalLines(
  alerts: readonly AlertOfWeek[],
  facts: AgendaFacts,
  { window }: AgendaQuestion,
): readonly AgendaLine[] {
  const proposed = [...alerts.flatMap(ofAlert), ...byHand(alerts, facts)]
  return proposed.flatMap(({ kind, subject, text, why, events }) => {
    const id = `${kind}:${subject}`
    const answer = facts.answers.get(id)
    if (answer && answer.at < window.at - DAY_MS) return []
    const answered = answer
      ? { answer: answer.answer, by: actorName(answer.by), reason: answer.reason }
      : null
    return lineOf('proposals', {
      id,
      text,
      events: [...events, answer?.seq],
      proposal: { id, kind, why, answered },
    })
  })
}

function ofAlert(alert: AlertOfWeek): readonly Proposed[] {
  const { fired, incidents, judged, wrong } = alert
  const subject = quoted(alert.name, MAX_NAME)
  const named = incidents.map(({ alerts }) => alerts.get(alert.name))
  const opened = incidents.map((each) => each.opened.seq)
  if (wrong.length >= FALSE_FROM && wrong.length * 2 > judged.length) {
    const why = `${String(wrong.length)} of its ${countOf(judged.length, 'judged incident')} were false alarms`
    const events = judged.flatMap((each) => [
      each.opened.seq,
      each.verdict?.seq,
      each.alerts.get(alert.name),
    ])
    return [{ kind: 'threshold', subject, text: `Change the threshold of ${subject}`, why, events }]
  }
  if (fired.count >= UNANSWERED_FROM && incidents.every(({ acted }) => acted === null)) {
    const where = `in ${countOf(incidents.length, 'incident')}`
    const why = `It fired ${countOf(fired.count, 'time')} ${where}, and nobody did anything about it`
    const events = [...opened, ...named, ...fired.events]
    return [{ kind: 'silence', subject, text: `Add a silence rule for ${subject}`, why, events }]
  }
  if (incidents.length >= PLAN_FROM && incidents.every(({ plan }) => plan === null)) {
    const why = `${countOf(incidents.length, 'incident')} without a response plan`
    const events = [...opened, ...named]
    return [{ kind: 'plan', subject, text: `Add a response plan for ${subject}`, why, events }]
  }
  return []
}

/** What people ran again and again for the same alert. */
function byHand(alerts: readonly AlertOfWeek[], { runs }: AgendaFacts): readonly Proposed[] {
  return alerts.flatMap(({ name, incidents }) =>
    runs.flatMap(({ title, incidents: ran }): readonly Proposed[] => {
      const own = incidents.filter(({ id }) => ran.has(id))
      if (own.length < BY_HAND_FROM) return []
      const [alert, step] = [quoted(name, MAX_NAME), quoted(title, MAX_NAME)]
      return [
        {
          kind: 'automation',
          subject: `${alert}:${step}`,
          text: `Automate “${step}” for ${alert}`,
          why: `Run by hand in ${countOf(own.length, 'incident')}`,
          events: own.flatMap((each) => [each.opened.seq, each.alerts.get(name), ran.get(each.id)]),
        },
      ]
    }),
  )
}
