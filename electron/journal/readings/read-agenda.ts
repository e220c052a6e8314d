import type { AgendaQuery, MeetingAgenda } from '#electron/engine/ports/readings.ts'
import { agendaTypes, beginAgenda, meetingTypes } from '#shared/domain/agenda/agenda.ts'
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

/** Most events of before that are read of one incident, the first ones, and of all of them. */
const MAX_EARLIER = 2_000
const MAX_EARLIER_IN_ALL = 20_000
/** So much later than the end of its window, ms, answers are still looked for. */
const ANSWERS_MS = 8 * 86_400_000

/**
 * Makes an agenda from the journal's file, a piece at a time: between two pieces whoever runs it can
 * do other things, or give it up by `return`. It holds a batch of events and what the agenda needs.
 */
export function* readAgenda(
  { kind, day, window, to, drills, leftOut }: AgendaQuery,
  reader: Pick<Reader, 'ask' | 'journalPath' | 'position'>,
): Generator<undefined, MeetingAgenda> {
  const journal = openJournalFile(reader.journalPath)
  try {
    const hidden = new Set(leftOut)
    const isPractice = practiceOf(reader)
    const draft = beginAgenda({
      ...{ kind, day, window, to },
      isLeftOut: (id) =>
        hidden.has(id) || (drills !== 'with' && isPractice(id) !== (drills === 'only')),
    })
    let unreadable = 0
    const take = (rows: readonly unknown[]) => {
      for (const row of rows) {
        const event = tryRead(row)
        if (event) draft.read(event)
        else unreadable += 1
      }
    }

    const limit = lastSeqOf(journal) + 1
    const start = firstAt(journal, window.since, limit)
    const earlier = earlierSeqs(journal, {
      incidents: reader.ask((library) => library.openSince(window.since, start)),
      lasting: [],
      types: agendaTypes,
      before: start,
      mostOfOne: MAX_EARLIER,
      mostInAll: MAX_EARLIER_IN_ALL,
    })
    for (const rows of readSeqs(journal, earlier, BATCH)) {
      take(rows)
      yield
    }
    const end = firstAt(journal, to, limit)
    for (const rows of readRange(journal, start, end, agendaTypes)) {
      take(rows)
      yield
    }
    // What was answered while the meeting was held, and after.
    const answers = firstAt(journal, window.end + ANSWERS_MS, limit)
    for (const rows of readRange(journal, end, answers, meetingTypes)) {
      take(rows)
      yield
    }
    return { lines: draft.lines(), unreadable, read: reader.position() }
  } finally {
    journal.close()
  }
}
