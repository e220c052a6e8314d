import { MAX_KEPT_NOTE, type KeptNote } from '#shared/domain/history/kept-note.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { BodyOfConcept, Event } from '#shared/domain/watch/event.ts'

/**
 * What an event of the coordination says in the words of a person, so that its incident is found by
 * them. A text that an earlier event has said already is left out.
 */
export function textsOfCoordination(body: BodyOfConcept<'coordination'>): readonly string[] {
  switch (body.type) {
    case 'hypothesis.opened':
    case 'measure.taken':
    case 'task.opened':
    case 'task.changed':
    case 'update.written':
      return [body.text]
    case 'decision.made':
      return said(body.text, body.reason)
    case 'hypothesis.settled':
      return said(body.reason)
    case 'measure.removed':
    case 'task.ended':
      return said(body.note)
    case 'approval.asked':
      return [body.text]
    case 'approval.answered':
      return said(body.reason)
    case 'role.assigned':
    case 'role.released':
    case 'flow.applied':
    case 'flow.item-marked':
      return []
  }
}

/** A confirmed hypothesis, by its id. */
export interface KeptCause extends KeptNote {
  readonly id: string
}

/** The confirmed hypotheses after an event; the same list where it says nothing of one. */
export function causesAfter(
  causes: readonly KeptCause[],
  body: BodyOfConcept<'coordination'>,
  { at, actor }: Pick<Event, 'at' | 'actor'>,
): readonly KeptCause[] {
  if (body.type !== 'hypothesis.settled') return causes
  const others = causes.filter(({ id }) => id !== body.hypothesisId)
  if (body.state !== 'confirmed') return others
  const text = toPrintable(body.text, MAX_KEPT_NOTE)
  return [...others, { id: body.hypothesisId, text, at, by: actor }]
}

/** The cause: the hypothesis that was confirmed last; null where none is. */
export function causeOf(causes: readonly KeptCause[]): KeptNote | null {
  const last = causes.at(-1)
  return last ? { text: last.text, at: last.at, by: last.by } : null
}

function said(...texts: readonly (string | null)[]): readonly string[] {
  return texts.filter((text) => text !== null)
}
