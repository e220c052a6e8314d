import { actorName } from '../../actor/name.ts'
import { lasting } from '../../handoff/clock-words.ts'
import type { HandoffLine } from '../../handoff/schema.ts'
import { compareSeverity } from '../../severity/schema.ts'
import { byWhom, type IncidentFacts } from '../incident-facts.ts'
import { lineOf, quoted, type DraftContext } from '../section.ts'
import { leftOpenLines } from './left-open.ts'

/** Deeds that are told of an incident that goes on: the last ones. */
const MAX_TRIED = 6

/** Incidents that are open at the end of the shift, the worst first: what goes over. */
export function ongoingLines(
  incidents: readonly IncidentFacts[],
  context: DraftContext,
): readonly HandoffLine[] {
  return incidents
    .filter(({ status }) => status === 'open')
    .toSorted(
      (a, b) =>
        compareSeverity(a.severity.value, b.severity.value) ||
        a.opened.startedAt - b.opened.startedAt,
    )
    .flatMap((facts) => [headOf(facts, context), ...partsOf(facts, context)])
}

const idOf = ({ id }: IncidentFacts) => `ongoing:${id}`

function headOf(facts: IncidentFacts, context: DraftContext): HandoffLine {
  const { period, words } = context
  const { title, severity, opened, acknowledged, mitigated, snoozed } = facts
  const { text: status, events } = statusOf(facts, context)
  const since = `open since ${words.time(opened.startedAt)} (${lasting(period.to - opened.startedAt)})`
  const contact = contactOf(facts)
  const next = nextStepOf(facts, context)
  return lineOf('ongoing', {
    id: idOf(facts),
    text: `${quoted(title.text)}: ${status}, ${since}`,
    severity: severity.value,
    incidentId: facts.id,
    nextStep: next?.text ?? null,
    contact: contact?.text ?? null,
    events: [
      ...[opened.seq, title.seq, severity.seq, ...events],
      ...[acknowledged, mitigated, snoozed].flatMap((each) => (each ? [each.seq] : [])),
      ...[contact, next].flatMap((each) => (each ? [each.seq] : [])),
    ],
  })
}

function statusOf(
  { acknowledged, mitigated, snoozed, returned }: IncidentFacts,
  { words, period }: DraftContext,
): { readonly text: string; readonly events: readonly number[] } {
  const parts: string[] = []
  const events: number[] = []
  if (mitigated) {
    const note = mitigated.note === null ? '' : ` (“${quoted(mitigated.note)}”)`
    parts.push(`mitigated${byWhom(mitigated)} ${words.time(mitigated.at)}${note}`)
  }
  if (acknowledged) parts.push(`acknowledged${byWhom(acknowledged)} ${words.time(acknowledged.at)}`)
  else if (!mitigated) parts.push('not acknowledged')
  if (snoozed && snoozed.until > period.to) parts.push(`snoozed until ${words.time(snoozed.until)}`)
  const last = returned.at(-1)
  if (last) {
    const often = returned.length === 1 ? '' : ` ${String(returned.length)} times, last`
    parts.push(`came back${often} ${words.time(last.at)}`)
    events.push(...returned.map(({ seq }) => seq))
  }
  return { text: parts.join(', '), events }
}

interface Said {
  readonly text: string
  readonly seq: number
}

/** Whom to ask: who commands, else who has the first task, else who acknowledged it. */
function contactOf({ commander, tasks, acknowledged }: IncidentFacts): Said | null {
  if (commander) return { text: quoted(commander.person.name), seq: commander.seq }
  for (const { owner, seq } of tasks.values()) {
    if (owner) return { text: quoted(owner.name), seq }
  }
  return acknowledged?.by.kind === 'person'
    ? { text: quoted(actorName(acknowledged.by)), seq: acknowledged.seq }
    : null
}

/** How a drafted next step begins that is an update which somebody promised. */
const PROMISED = 'Update promised for'

/**
 * What is to be done next, as far as somebody recorded it: the first task, or what the last handoff
 * said after that. A handoff may have named what was drafted of a task or an update; that is known
 * better by now.
 */
function nextStepOf(
  { tasks, taskTexts, handedOn, update }: IncidentFacts,
  { words, period }: DraftContext,
): Said | null {
  const [first] = [...tasks.values()].toSorted(
    (a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.seq - b.seq,
  )
  const isDrafted = ({ text }: Said) =>
    text.startsWith(PROMISED) || [...taskTexts].some((task) => quoted(task) === text)
  if (handedOn && handedOn.seq > (first?.seq ?? 0) && !isDrafted(handedOn)) {
    return { text: quoted(handedOn.text), seq: handedOn.seq }
  }
  if (first) return { text: quoted(first.text), seq: first.seq }
  const nextAt = update?.nextAt ?? null
  if (update && nextAt !== null && nextAt > period.to) {
    return { text: `${PROMISED} ${words.time(nextAt)}`, seq: update.seq }
  }
  return null
}

function partsOf(facts: IncidentFacts, context: DraftContext): readonly HandoffLine[] {
  const { words } = context
  const { id: incidentId, impact, tried, hypotheses, approvals, note, verdict } = facts
  const under = idOf(facts)
  const part = (id: string, text: string, events: readonly number[]) =>
    lineOf('ongoing', { id: `${under}:${id}`, under, incidentId, text, events })
  const verdictLine =
    verdict?.verdict === 'false-alarm'
      ? [part('verdict', `Judged a false alarm${byWhom(verdict)}`, [verdict.seq])]
      : []
  return [
    ...(impact ? [part('impact', `Impact: ${quoted(impact.text)}`, [impact.seq])] : []),
    ...verdictLine,
    ...tried
      .slice(-MAX_TRIED)
      .map((deed) =>
        part(
          `tried:${String(deed.seq)}`,
          `${deed.by.kind === 'person' ? `${quoted(actorName(deed.by))}, ` : ''}${words.time(deed.at)}: ${deed.text}`,
          deed.events,
        ),
      ),
    ...[...hypotheses].flatMap(([id, { state, text, seq }]) =>
      state === 'ruled-out'
        ? []
        : [
            part(
              `hypothesis:${id}`,
              `${state === 'open' ? 'Open hypothesis' : 'Confirmed cause'}: ${quoted(text)}`,
              [seq],
            ),
          ],
    ),
    ...leftOpenLines('ongoing', under, facts, context),
    ...[...approvals].map(([id, { text, of, seq }]) =>
      part(`approval:${id}`, `Waiting for the approval of ${quoted(of.name)}: ${quoted(text)}`, [
        seq,
      ]),
    ),
    ...(note
      ? [
          part(
            'note',
            `Last note, ${words.time(note.at)}${byWhom(note)}: ${quoted(note.text)}`,
            note.events,
          ),
        ]
      : []),
  ]
}
