import { documentIn } from '#shared/domain/handoff/events.ts'
import type { ShiftDraft, ShiftQuestion } from '#electron/engine/ports/readings.ts'
import { beginDraft } from '#shared/domain/handoff-draft/draft.ts'
import { draftTypes } from '#shared/domain/handoff-draft/draft-types.ts'
import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import { MAX_SHIFT_MS } from '#shared/domain/handoff/shift.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import { BATCH } from './follow.ts'
import {
  earlierSeqs,
  firstAt,
  lastSeqOf,
  openJournalFile,
  practiceOf,
  readRange,
  readSeqs,
  tryRead,
} from './journal-pieces.ts'
import type { Reader } from './reader.ts'

/** Most events of before the shift that are read of one incident; of a storm, the first ones. */
const MAX_EARLIER = 5_000
/** Most of them in all. */
const MAX_EARLIER_IN_ALL = 50_000

/**
 * Makes the draft of a shift from the journal's file, a piece at a time: between two pieces whoever
 * runs it can do other things, or give it up by `return`. It holds the numbers of the events of
 * before the shift, one batch of events, and what the draft tells; never the shift as a whole.
 */
export function* draftShift(
  { period, zone, person, drills, leftOut, confidential }: ShiftQuestion,
  reader: Pick<Reader, 'ask' | 'journalPath' | 'position'>,
): Generator<undefined, ShiftDraft> {
  const journal = openJournalFile(reader.journalPath)
  try {
    const hidden = new Set(leftOut)
    const closed = new Set(confidential)
    const isPractice = practiceOf(reader)
    const drafting = beginDraft({
      period,
      zone,
      person,
      isConfidential: (id) => closed.has(id),
      isLeftOut: (id) =>
        hidden.has(id) || (drills !== 'with' && isPractice(id) !== (drills === 'only')),
    })
    let unreadable = 0
    const take = (rows: readonly unknown[]) => {
      for (const row of rows) {
        const event = tryRead(row)
        if (event) drafting.read(event)
        else unreadable += 1
      }
    }

    const limit = lastSeqOf(journal) + 1
    const start = firstAt(journal, period.from, limit)
    const lastingFrom = firstAt(journal, period.from - MAX_SHIFT_MS, limit)
    const before = reader.ask((library) => ({
      incidents: library.openIn(period, start),
      lasting: library.lasting(lastingFrom, start),
    }))
    const earlier = earlierSeqs(journal, {
      ...before,
      types: draftTypes,
      before: start,
      mostOfOne: MAX_EARLIER,
      mostInAll: MAX_EARLIER_IN_ALL,
    })
    for (const rows of readSeqs(journal, earlier, BATCH)) {
      take(rows)
      yield
    }
    // What was recorded meanwhile is of the shift too, where that goes on.
    const end = firstAt(journal, period.to, lastSeqOf(journal) + 1)
    for (const rows of readRange(journal, start, end, draftTypes)) {
      take(rows)
      yield
    }
    return { lines: drafting.lines(), unreadable, read: reader.position() }
  } finally {
    journal.close()
  }
}

/** The text of a handoff, from the event that brought it; null where that cannot be read. */
export function readDocument(journalPath: string, seq: number): HandoffDocument | null {
  const [event] = readEvents(journalPath, [seq])
  return event ? documentIn(event.body) : null
}

/** The events of these numbers, ascending; what is damaged or not there is left out. */
export function readEvents(journalPath: string, seqs: readonly number[]): readonly Event[] {
  const journal = openJournalFile(journalPath)
  try {
    const rows = [...readSeqs(journal, seqs, BATCH)].flat()
    return rows.flatMap((row) => tryRead(row) ?? [])
  } finally {
    journal.close()
  }
}
