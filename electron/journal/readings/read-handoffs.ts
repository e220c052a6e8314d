import { lastingTypes } from '#shared/domain/handoff-draft/draft.ts'
import { pastHandoffAfter, type PastHandoff } from '#shared/domain/handoff-draft/past-handoff.ts'
import type { BodyOfConcept, Event } from '#shared/domain/watch/event.ts'

/** Where what handoffs need is kept. */
export interface HandoffBook {
  /** Keeps where an event is whose say may go on for long, whatever incident it is of. */
  keepLasting(seq: number, type: string): void
  handoff(id: string): PastHandoff | undefined
  keepHandoff(past: PastHandoff): void
}

/** Keeps where silences and changes are: what they say may go on into later shifts. */
export function readLasting(
  book: HandoffBook,
  body: BodyOfConcept<'silence' | 'change'>,
  { seq }: Event,
): void {
  if (lastingTypes.includes(body.type)) book.keepLasting(seq, body.type)
}

/** Keeps what became of a handoff. */
export function readHandoff(book: HandoffBook, body: BodyOfConcept<'handoff'>, event: Event): void {
  const after = pastHandoffAfter(book.handoff(body.handoffId), body, event)
  if (after) book.keepHandoff(after)
}
