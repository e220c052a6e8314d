import { saidAt, type Actor } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import { incidentsNamed } from './document.ts'
import type { HandoffBody } from './events.ts'
import type { Answer, Handoff } from './schema.ts'

/**
 * A handoff after an event about it; undefined for one that is withdrawn, or that is not known.
 */
export function evolveHandoff(
  before: Handoff | undefined,
  body: HandoffBody,
  { at, actor }: Occurrence,
): Handoff | undefined {
  if (body.type === 'handoff.sent' || body.type === 'handoff.received') {
    const { handoffId, from, to, period, questions, isPractice } = body.document
    return {
      handoffId,
      way: body.type === 'handoff.sent' ? body.way : 'from-file',
      from,
      to,
      period,
      hash: body.hash,
      // What another desktop names are its own.
      incidentIds: body.type === 'handoff.sent' ? [...incidentsNamed(body.document)] : [],
      questions: questions.map(({ id }) => id),
      sentAt: saidAt(actor, at),
      openedAt: null,
      answers: [],
      accepted: null,
      ...(isPractice ? { isPractice } : {}),
    }
  }
  if (!before) return undefined
  switch (body.type) {
    case 'handoff.opened':
      return { ...before, openedAt: before.openedAt ?? at }
    case 'handoff.answered':
      return withAnswers(before, [body], saidAt(actor, at), actor)
    case 'handoff.accepted':
    case 'handoff.acceptance-received': {
      const when = 'acceptedAt' in body ? body.acceptedAt : saidAt(actor, at)
      const answered = withAnswers(before, body.answers, when, actor)
      return { ...answered, accepted: { at: when, by: body.by } }
    }
    case 'handoff.withdrawn':
      return undefined
  }
}

function withAnswers(handoff: Handoff, answers: readonly Answer[], at: number, by: Actor): Handoff {
  const answered = new Map(handoff.answers.map((each) => [each.questionId, each]))
  for (const { questionId, answer } of answers) {
    if (answered.get(questionId)?.answer === answer) continue
    answered.set(questionId, { questionId, answer, at, by })
  }
  return { ...handoff, answers: [...answered.values()] }
}

/**
 * The accepted handoffs that nothing asks for any more, by id: of each person the last one counts
 * that they handed over, and the last one that they took over. Practice takes no real one's place.
 */
export function handoffsToForget(handoffs: ReadonlyMap<string, Handoff>): readonly string[] {
  const accepted = [...handoffs.values()]
    .flatMap((handoff) => (handoff.accepted ? [{ ...handoff, accepted: handoff.accepted }] : []))
    .toSorted((a, b) => b.accepted.at - a.accepted.at)
  const seen = new Set<string>()
  const kept = new Set<string>()
  for (const { handoffId, way, from, accepted: end, isPractice } of accepted) {
    // Ids of another desktop are others, though they may read the same.
    const kind = isPractice ? `practice ${way}` : way
    const whose = [`${kind} from ${from.id}`, `${kind} by ${end.by.id}`]
    if (whose.some((each) => !seen.has(each))) kept.add(handoffId)
    for (const each of whose) seen.add(each)
  }
  return accepted.flatMap(({ handoffId }) => (kept.has(handoffId) ? [] : [handoffId]))
}
