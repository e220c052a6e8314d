import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Event } from '#shared/domain/watch/event.ts'
import { eventColumns, readEvent } from '../event-row.ts'
import { BATCH } from './follow.ts'
import type { Reader } from './reader.ts'

/** How long to wait for the journal's writer, ms. */
const BUSY_TIMEOUT_MS = 5_000

/** Numbers that one piece of work goes through at most, whatever of them it reads. */
const SPAN = 20_000

const seqSchema = z.object({ seq: z.number() })
const atSchema = z.object({ at: z.number() })
const lastSchema = z.object({ seq: z.number().nullable() })

/** The number of the event of a row. Throws where it has none. */
export const seqOf = (row: unknown) => seqSchema.parse(row).seq

/** Opens the journal's file to read it beside its writer; whoever opens it closes it. */
export function openJournalFile(path: string): DatabaseSync {
  return new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
}

/** The event of a row; null where it is damaged. */
export function tryRead(row: unknown): Event | null {
  try {
    return readEvent(row)
  } catch {
    return null
  }
}

/** The number of the last event; 0 in an empty journal. */
export function lastSeqOf(journal: DatabaseSync): number {
  return lastSchema.parse(journal.prepare('SELECT max(seq) AS seq FROM events').get()).seq ?? 0
}

/**
 * The number of the first event at or after a time, found by halving: the journal is in the order of
 * time, but for a clock that was set back.
 *
 * @param at ms since the epoch, UTC.
 * @param limit one beyond the last event: the answer where there is none.
 */
export function firstAt(journal: DatabaseSync, at: number, limit: number): number {
  const next = journal.prepare('SELECT seq, at FROM events WHERE seq >= ? ORDER BY seq LIMIT 1')
  let [low, high] = [1, limit]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = next.get(middle)
    if (row && atSchema.parse(row).at < at) low = seqOf(row) + 1
    else high = middle
  }
  return low
}

/** Which events of before are read, and how many at most: of each incident the first ones. */
export interface EarlierWanted {
  readonly incidents: readonly string[]
  /** Numbers that are read in any case. */
  readonly lasting: Iterable<number>
  readonly types: readonly string[]
  /** Only those before this number. */
  readonly before: number
  readonly mostOfOne: number
  readonly mostInAll: number
}

/** The numbers of the events of before, ascending, also of those that stand on several incidents. */
export function earlierSeqs(
  journal: DatabaseSync,
  { incidents, lasting, types, before, mostOfOne, mostInAll }: EarlierWanted,
): readonly number[] {
  const select = journal.prepare(
    `SELECT seq FROM events WHERE incident_id = ?1 AND seq < ?2
       AND type IN (SELECT value FROM json_each(?3))
     UNION SELECT event_links.seq FROM event_links JOIN events ON events.seq = event_links.seq
       WHERE event_links.incident_id = ?1 AND event_links.seq < ?2
       AND type IN (SELECT value FROM json_each(?3))
     ORDER BY seq LIMIT ${String(mostOfOne)}`,
  )
  const wanted = JSON.stringify(types)
  const seqs = new Set(lasting)
  for (const id of incidents) {
    if (seqs.size >= mostInAll) break
    for (const row of select.all(id, before, wanted)) seqs.add(seqOf(row))
  }
  return [...seqs].toSorted((a, b) => a - b)
}

/** The rows of these numbers, so many at a time. */
export function* readSeqs(
  journal: DatabaseSync,
  seqs: readonly number[],
  batch: number,
): Generator<readonly unknown[]> {
  const select = journal.prepare(
    `SELECT ${eventColumns} FROM events
     WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq`,
  )
  for (let from = 0; from < seqs.length; from += batch) {
    yield select.all(JSON.stringify(seqs.slice(from, from + batch)))
  }
}

/** Whether an incident was practice, asked of the readings once for each. */
export function practiceOf({ ask }: Pick<Reader, 'ask'>): (id: string) => boolean {
  const known = new Map<string, boolean>()
  return (id) => {
    const before = known.get(id)
    if (before !== undefined) return before
    const found = ask((library) => library.isPractice(id))
    known.set(id, found)
    return found
  }
}

/** Rows of events of some types in a range of numbers, `end` excluded, a batch at a time. */
export function* readRange(
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
    from = rows.length < BATCH || !last ? until : seqOf(last) + 1
  }
}
