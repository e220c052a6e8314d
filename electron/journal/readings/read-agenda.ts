import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { AgendaQuery, MeetingAgenda } from '#electron/engine/ports/readings.ts'
import { agendaTypes, beginAgenda, meetingTypes } from '#shared/domain/agenda/agenda.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import { eventColumns, readEvent } from '../event-row.ts'
import { BATCH } from './follow.ts'
import type { Reader } from './reader.ts'

/** Rows that one piece of work goes through at most, whatever of them it reads. */
const SPAN = 20_000
/** Most events of before that are read of one incident, the first ones, and of all of them. */
const MAX_EARLIER = 2_000
const MAX_EARLIER_IN_ALL = 20_000
/** So much later than the end of its window, ms, answers are still looked for. */
const ANSWERS_MS = 8 * 86_400_000
/** How long to wait for the journal's writer, ms. */
const BUSY_TIMEOUT_MS = 5_000

const seqSchema = z.object({ seq: z.number() })
const atSchema = z.object({ at: z.number() })
const lastSchema = z.object({ seq: z.number().nullable() })

/**
 * Makes an agenda from the journal's file, a piece at a time: between two pieces whoever runs it can
 * do other things, or give it up by `return`. It holds a batch of events and what the agenda needs.
 */
export function* readAgenda(
  { kind, day, window, to, drills, leftOut }: AgendaQuery,
  reader: Pick<Reader, 'ask' | 'journalPath' | 'position'>,
): Generator<undefined, MeetingAgenda> {
  const journal = new DatabaseSync(reader.journalPath, {
    readOnly: true,
    timeout: BUSY_TIMEOUT_MS,
  })
  try {
    const hidden = new Set(leftOut)
    const known = new Map<string, boolean>()
    /** Practice, looked up once for each incident. */
    const isPractice = (id: string) => {
      const before = known.get(id)
      if (before !== undefined) return before
      const found = reader.ask((library) => library.isPractice(id))
      known.set(id, found)
      return found
    }
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

    const last = lastSchema.parse(journal.prepare('SELECT max(seq) AS seq FROM events').get())
    const limit = (last.seq ?? 0) + 1
    const start = firstAt(journal, window.since, limit)
    for (const rows of readEarlier(journal, earlierEvents(journal, reader, window.since, start))) {
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

function tryRead(row: unknown): Event | null {
  try {
    return readEvent(row)
  } catch {
    return null
  }
}

/**
 * The number of the first event at or after a time, found by halving: the journal is in the order of
 * time, but for a clock that was set back.
 *
 * @param limit one beyond the last event: the answer where there is none.
 */
function firstAt(journal: DatabaseSync, at: number, limit: number): number {
  const next = journal.prepare('SELECT seq, at FROM events WHERE seq >= ? ORDER BY seq LIMIT 1')
  let [low, high] = [1, limit]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = next.get(middle)
    if (row && atSchema.parse(row).at < at) low = seqSchema.parse(row).seq + 1
    else high = middle
  }
  return low
}

/** The events of some types in a range of numbers, a batch at a time. */
function* readRange(
  journal: DatabaseSync,
  start: number,
  end: number,
  types: readonly string[],
): Generator<readonly unknown[]> {
  const select = journal.prepare(
    `SELECT ${eventColumns} FROM events WHERE seq >= ? AND seq < ?
       AND type IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ${String(BATCH)}`,
  )
  const wanted = JSON.stringify(types)
  for (let from = start; from < end;) {
    const until = Math.min(end, from + SPAN)
    const rows = select.all(from, until, wanted)
    yield rows
    const last = rows.at(-1)
    from = rows.length < BATCH || !last ? until : seqSchema.parse(last).seq + 1
  }
}

/** The numbers of the events of before on the incidents that were open then, ascending. */
function earlierEvents(
  journal: DatabaseSync,
  reader: Pick<Reader, 'ask'>,
  since: number,
  start: number,
): readonly number[] {
  const incidents = reader.ask((library) => library.openSince(since, start))
  const select = journal.prepare(
    `SELECT seq FROM events WHERE incident_id = ?1 AND seq < ?2
       AND type IN (SELECT value FROM json_each(?3))
     UNION SELECT event_links.seq FROM event_links JOIN events ON events.seq = event_links.seq
       WHERE event_links.incident_id = ?1 AND event_links.seq < ?2
       AND type IN (SELECT value FROM json_each(?3))
     ORDER BY seq LIMIT ${String(MAX_EARLIER)}`,
  )
  const types = JSON.stringify(agendaTypes)
  const seqs = new Set<number>()
  for (const id of incidents) {
    if (seqs.size >= MAX_EARLIER_IN_ALL) break
    for (const row of select.all(id, start, types)) seqs.add(seqSchema.parse(row).seq)
  }
  return [...seqs].toSorted((a, b) => a - b)
}

function* readEarlier(
  journal: DatabaseSync,
  seqs: readonly number[],
): Generator<readonly unknown[]> {
  const select = journal.prepare(
    `SELECT ${eventColumns} FROM events
     WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq`,
  )
  for (let from = 0; from < seqs.length; from += BATCH) {
    yield select.all(JSON.stringify(seqs.slice(from, from + BATCH)))
  }
}
