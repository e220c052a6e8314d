import type { ReviewDocument } from '#shared/domain/review/document.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import type { Journal } from '../ports/journal.ts'

/** Events that are read at a time. */
const CHUNK = 500

/** Most events that are read for a draft. */
const MAX_READ = 100_000

/** Most events of alerts that are kept for one: of a storm the first ones tell it all. */
const MAX_ALERTS = 200

/** Most other events that are kept for one. */
const MAX_KEPT = 10_000

/** The record of an incident, as far as a review is drafted from it. */
export interface ReviewRecord {
  readonly events: readonly Event[]
  /** False where there was more than is read. */
  readonly isComplete: boolean
}

/**
 * Reads the record of an incident piece by piece, and lets others go on between the pieces: a storm
 * of a hundred thousand events holds nobody up.
 */
export async function readReviewRecord(
  incidentId: string,
  journal: Pick<Journal, 'incidentEvents'>,
  breathe: () => Promise<void>,
): Promise<ReviewRecord> {
  const events: Event[] = []
  let alerts = 0
  let after = 0
  for (let read = 0; read < MAX_READ; read += CHUNK) {
    const chunk = journal.incidentEvents(incidentId, CHUNK, { after })
    for (const event of chunk) {
      // Of alerts, a review tells what fired: how each of them went on is in the timeline.
      const isAlert = event.body.type.startsWith('alert.')
      if (isAlert && event.body.type !== 'alert.fired') continue
      if (isAlert && (alerts += 1) > MAX_ALERTS) continue
      events.push(event)
    }
    if (events.length > MAX_KEPT) break
    after = chunk.at(-1)?.seq ?? after
    if (chunk.length < CHUNK) return { events, isComplete: alerts <= MAX_ALERTS }
    await breathe()
  }
  return { events, isComplete: false }
}

/** The newest text of a review as the journal has it. */
export interface SavedReview {
  readonly document: ReviewDocument
  readonly revision: number
}

/**
 * The text that was saved last, with what was changed of its action items since; null where there is
 * none, or it lies further back than is looked.
 *
 * @param savedSeq the number of the event that saved it, where that is known.
 */
export function readSavedReview(
  incidentId: string,
  journal: Pick<Journal, 'incidentEvents'>,
  savedSeq: number | null,
): SavedReview | null {
  const later = savedSeq === null ? backToSaved(incidentId, journal) : null
  const events = later ?? eventsSince(incidentId, journal, (savedSeq ?? 1) - 1)
  let saved: SavedReview | null = null
  for (const { body } of events) {
    if (body.type === 'review.saved') saved = { document: body.document, revision: body.revision }
    if (body.type !== 'action.changed' || !saved) continue
    const { action, revision } = body
    const actions = saved.document.actions.map((each) => (each.id === action.id ? action : each))
    saved = { document: { ...saved.document, actions }, revision }
  }
  return saved
}

function eventsSince(
  incidentId: string,
  journal: Pick<Journal, 'incidentEvents'>,
  from: number,
): readonly Event[] {
  const events: Event[] = []
  let after = from
  for (let read = 0; read < MAX_READ; read += CHUNK) {
    const chunk = journal.incidentEvents(incidentId, CHUNK, { after })
    events.push(...chunk.filter(isOfReview))
    after = chunk.at(-1)?.seq ?? after
    if (chunk.length < CHUNK) break
  }
  return events
}

/** From the end back to what was saved last, where the state knows of it no more. */
function backToSaved(
  incidentId: string,
  journal: Pick<Journal, 'incidentEvents'>,
): readonly Event[] {
  let events: readonly Event[] = []
  let before: number | undefined
  for (let read = 0; read < MAX_READ; read += CHUNK) {
    const chunk = journal.incidentEvents(incidentId, CHUNK, { before })
    events = [...chunk.filter(isOfReview), ...events]
    if (events.some(({ body }) => body.type === 'review.saved') || chunk.length < CHUNK) break
    before = chunk[0]?.seq
  }
  return events
}

function isOfReview({ body }: Event): boolean {
  return body.type === 'review.saved' || body.type === 'action.changed'
}
