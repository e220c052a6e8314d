import { readFileSync, renameSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction, lastSeq, prepareInsert } from './append.ts'
import { freeName, type JournalFiles } from './files.ts'
import { checkIndexes } from './integrity.ts'
import { isRefusedAccess, JournalDamage } from './problem.ts'
import { readTailText, type TailBase, type TailBlock, type TailText } from './tail-text.ts'

/** Why the end of a journal is not there. */
export type LogDamage = 'missing' | 'damaged'

/** What became of the end of a journal whose write-ahead log was damaged or missing. */
export type TailFinding =
  /** All of it is there again. */
  | { readonly kind: 'restored'; readonly log: LogDamage; readonly events: number }
  | {
      readonly kind: 'lost'
      readonly log: LogDamage
      /** The number of the last event that is there. */
      readonly last: number
      /** The number of the last one that was recorded; null when nobody knows. */
      readonly recorded: number | null
      /** Where the copy is kept; null when there was none. */
      readonly keptAt: string | null
    }

interface Ended {
  /** True when the last engine on it ended well. */
  readonly isClosed: boolean
  /** True when the write-ahead log was there before SQLite opened the journal. */
  readonly hadLog: boolean
  /** ms since the epoch, UTC. */
  readonly now: number
}

/** The event that the journal ends with now; null for none. */
export function endOf(database: DatabaseSync): TailBase {
  const row = database
    .prepare('SELECT seq, id, checksum FROM events ORDER BY seq DESC LIMIT 1')
    .get()
  return row
    ? { seq: Number(row['seq']), id: String(row['id']), checksum: Number(row['checksum']) }
    : null
}

/**
 * Compares the journal with the copy of its tail and puts back what is missing. What cannot be put
 * back is lost, is counted as far as the copy tells, and the copy is kept.
 *
 * @returns null when nothing is missing.
 * @throws {JournalDamage} or what SQLite says when the journal is damaged besides.
 */
export function recoverTail(
  database: DatabaseSync,
  files: JournalFiles,
  { isClosed, hadLog, now }: Ended,
): TailFinding | null {
  const last = lastSeq(database)
  const log = hadLog ? 'damaged' : 'missing'
  const copy = readCopy(files.tail)
  if (copy === null) {
    // SQLite leaves the log of a process that was killed: somebody took both away.
    const isSuspect = last > 0 && !isClosed && !hadLog
    return isSuspect ? { kind: 'lost', log, last, recorded: null, keptAt: null } : null
  }
  const recorded = lastOf(copy)
  if (recorded <= last) return null
  const restored = isOfThis(database, copy, last) ? restore(database, copy.blocks, last) : 0
  const isComplete = last + restored === recorded
  if (isComplete && copy.isWhole) return { kind: 'restored', log, events: restored }
  const keptAt = freeName(`${files.tail}.kept-`, now)
  renameSync(files.tail, keptAt)
  // What the copy has last may not be what was recorded last.
  return {
    kind: 'lost',
    log,
    last: last + restored,
    recorded: isComplete ? null : recorded,
    keptAt,
  }
}

/** Null where there is none, or none that can be read. */
function readCopy(path: string): TailText | null {
  try {
    return readTailText(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

function lastOf({ base, blocks }: TailText): number {
  return blocks.reduce(
    (last, { events, leftOutUpTo }) => Math.max(last, events.at(-1)?.seq ?? leftOutUpTo ?? 0),
    base?.seq ?? 0,
  )
}

/**
 * True where the copy goes on from this journal, and not from an older copy of it that was put in its
 * place, or from another one.
 */
function isOfThis(database: DatabaseSync, { base, blocks }: TailText, last: number): boolean {
  const find = database.prepare('SELECT 1 FROM events WHERE seq = ? AND id = ? AND checksum = ?')
  const known = [base ?? [], blocks.flatMap(({ events }) => events)]
    .flat()
    .filter(({ seq }) => seq <= last)
  if (known.length === 0) return base === null && last === 0
  return known.every(({ seq, id, checksum }) => find.get(seq, id, checksum) !== undefined)
}

/** Puts back what follows without a gap, in one transaction; returns how many events that is. */
function restore(database: DatabaseSync, blocks: readonly TailBlock[], last: number): number {
  // An index that knows what its table does not would refuse it in silence.
  checkIndexes(database)
  const insert = prepareInsert(database)
  try {
    return inTransaction(database, () => {
      let next = last + 1
      let isMissing = false
      for (const block of blocks) {
        const fresh = block.events.filter(({ seq }) => seq >= next)
        isMissing ||= fresh.length > 0
        // What a whole part of the log says of deliveries is newer than the copy of it.
        if (!isMissing) continue
        if (fresh[0] !== undefined && fresh[0].seq !== next) break
        for (const event of fresh) {
          if (!insert.event(event)) {
            throw new JournalDamage(`event ${String(event.seq)} is there under another number`)
          }
        }
        for (const delivery of block.deliveries) insert.delivery(delivery)
        for (const outcome of block.outcomes) insert.outcome(outcome)
        next += fresh.length
      }
      return next - last - 1
    })
  } catch (error) {
    // A disk that takes nothing must not keep the watch from starting: the copy is kept.
    if (isRefusedAccess(error)) return 0
    throw error
  }
}
