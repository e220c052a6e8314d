import { documentIn } from '#shared/domain/handoff/events.ts'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { ShiftDraft, ShiftQuestion } from '#electron/engine/ports/readings.ts'
import { beginDraft } from '#shared/domain/handoff-draft/draft.ts'
import { draftTypes } from '#shared/domain/handoff-draft/draft-types.ts'
import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import { MAX_SHIFT_MS } from '#shared/domain/handoff/shift.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import { eventColumns, readEvent } from '../event-row.ts'
import type { Reader } from './reader.ts'

/** Events that are read in one piece: some ms of work, and no read of the journal lasts longer. */
const BATCH = 500
/** Most events of before the shift that are read of one incident; of a storm, the first ones. */
const MAX_EARLIER = 5_000
/** Most of them in all. */
const MAX_EARLIER_IN_ALL = 50_000
/** How long to wait for the journal's writer, ms. */
const BUSY_TIMEOUT_MS = 5_000

const seqSchema = z.object({ seq: z.number() })
const atSchema = z.object({ at: z.number() })
const seqOf = (row: unknown) => seqSchema.parse(row).seq

/**
 * Makes the draft of a shift from the journal's file, a piece at a time: between two pieces whoever
 * runs it can do other things, or give it up by `return`. It holds the numbers of the events of
 * before the shift, one batch of events, and what the draft tells; never the shift as a whole.
 */
export function* draftShift(
  { period, zone, person, drills, leftOut, confidential }: ShiftQuestion,
  reader: Pick<Reader, 'ask' | 'journalPath' | 'position'>,
): Generator<undefined, ShiftDraft> {
  const journal = new DatabaseSync(reader.journalPath, {
    readOnly: true,
    timeout: BUSY_TIMEOUT_MS,
  })
  try {
    const hidden = new Set(leftOut)
    const closed = new Set(confidential)
    const known = new Map<string, boolean>()
    /** Practice, asked once for each incident. */
    const isDrill = (id: string) => {
      const before = known.get(id)
      if (before !== undefined) return before
      const found = reader.ask((library) => library.isDrillIncident(id))
      known.set(id, found)
      return found
    }
    const drafting = beginDraft({
      period,
      zone,
      person,
      isConfidential: (id) => closed.has(id),
      isLeftOut: (id) =>
        hidden.has(id) || (drills !== 'with' && isDrill(id) !== (drills === 'only')),
    })
    let unreadable = 0
    const take = (rows: readonly unknown[]) => {
      for (const row of rows) {
        const event = tryRead(row)
        if (event) drafting.read(event)
        else unreadable += 1
      }
    }

    const start = firstAt(journal, period.from)
    for (const rows of readEarlier(journal, earlierEvents(journal, reader, period, start))) {
      take(rows)
      yield
    }
    const select = journal.prepare(
      `SELECT ${eventColumns} FROM events WHERE seq >= ? AND seq < ?
         AND type IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ${String(BATCH)}`,
    )
    const types = JSON.stringify(draftTypes)
    const end = firstAt(journal, period.to)
    for (let from = start; ;) {
      const rows = select.all(from, end, types)
      take(rows)
      const last = rows.at(-1)
      if (rows.length < BATCH || last === undefined) break
      from = seqOf(last) + 1
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
  const journal = new DatabaseSync(journalPath, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  try {
    const rows = [...readEarlier(journal, seqs)].flat()
    return rows.flatMap((row) => tryRead(row) ?? [])
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
 * time, but for a clock that was set back. One beyond the last event where there is none.
 */
function firstAt(journal: DatabaseSync, at: number): number {
  const next = journal.prepare('SELECT seq, at FROM events WHERE seq >= ? ORDER BY seq LIMIT 1')
  const last = journal.prepare('SELECT max(seq) AS seq FROM events').get()
  let [low, high] = [1, (z.object({ seq: z.number().nullable() }).parse(last).seq ?? 0) + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = next.get(middle)
    if (row && atSchema.parse(row).at < at) low = seqOf(row) + 1
    else high = middle
  }
  return low
}

/** The numbers of the events of before the shift that matter in it, ascending. */
function earlierEvents(
  journal: DatabaseSync,
  reader: Pick<Reader, 'ask'>,
  period: ShiftQuestion['period'],
  start: number,
): readonly number[] {
  const { incidents, lasting } = reader.ask((library) => ({
    incidents: library.openIn(period, start),
    lasting: library.lasting(firstAt(journal, period.from - MAX_SHIFT_MS), start),
  }))
  const select = journal.prepare(
    `SELECT seq FROM events WHERE incident_id = ?1 AND seq < ?2
       AND type IN (SELECT value FROM json_each(?3))
     UNION SELECT event_links.seq FROM event_links JOIN events ON events.seq = event_links.seq
       WHERE event_links.incident_id = ?1 AND event_links.seq < ?2
       AND type IN (SELECT value FROM json_each(?3))
     ORDER BY seq LIMIT ${String(MAX_EARLIER)}`,
  )
  const types = JSON.stringify(draftTypes)
  const seqs = new Set(lasting)
  for (const id of incidents) {
    if (seqs.size >= MAX_EARLIER_IN_ALL) break
    for (const row of select.all(id, start, types)) seqs.add(seqOf(row))
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
