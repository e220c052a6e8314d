import { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { commandEventId } from '#electron/engine/record/event-id.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { eventColumns, readEvent } from '#electron/journal/event-row.ts'
import { openJournal } from '#electron/journal/sqlite.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { emptyWatch, toSnapshot } from '#shared/domain/watch/state.ts'
import type { Command } from './commander.ts'
import { readLedger } from './ledger.ts'
import type { Lane } from './life.ts'
import { verifyClocks, type ClocksVerdict } from './verify-clocks.ts'
import { verifyPages, type PagesVerdict } from './verify-pages.ts'

/** What the journal says after the kills, against what was promised. */
export interface Verdict {
  readonly events: number
  /** Snapshots that were there to be loaded. */
  readonly snapshotSeq: number
  /** Acknowledged commands that are not in the journal, or not where their receipt says. */
  readonly lost: readonly string[]
  /** Event ids, command notes and alert episodes that were recorded more than once. */
  readonly duplicates: readonly string[]
  readonly isGapless: boolean
  /** True when the snapshot with its tail is the same as all events from the first. */
  readonly isSameAsReplay: boolean
  readonly pages: PagesVerdict
  readonly clocks: ClocksVerdict
}

/**
 * Reads a journal as the next engine would, and again event by event from zero.
 *
 * @throws when the journal cannot be opened.
 */
export function verify({ directory, ledger }: Lane, acknowledged: readonly Command[]): Verdict {
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const opened = openJournal({ directory, clock: createNodeClock(), logger, isNewAllowed: false })
  if (!opened.ok) throw new Error(opened.error.message)
  const journal = opened.value
  try {
    const { state, tail } = journal.load()
    const database = new DatabaseSync(journal.path, { readOnly: true })
    const events = allEvents(database)
    const pages = verifyPages(database, events, readLedger(ledger))
    database.close()
    const ids = createNodeIds()
    const lost = acknowledged.filter(({ request, seq }) => {
      const event = journal.findEvent(commandEventId(request.id, 0, ids))
      return event === null || event.seq > seq
    })
    return {
      events: events.length,
      snapshotSeq: state.seq,
      lost: lost.map(({ request }) => request.id),
      duplicates: duplicatesOf(events),
      pages,
      // What fell due since is for the next engine to say.
      clocks: verifyClocks(events, events.at(-1)?.at ?? 0),
      isGapless: events.every((event, index) => event.seq === index + 1),
      // Not by their texts: what was read from a snapshot names its fields in another order.
      isSameAsReplay: isDeepStrictEqual(
        toSnapshot(evolve(state, tail)),
        toSnapshot(evolve(emptyWatch, events)),
      ),
    }
  } finally {
    journal.close()
  }
}

function allEvents(database: DatabaseSync): Event[] {
  const rows = database.prepare(`SELECT ${eventColumns} FROM events ORDER BY seq`).all()
  return rows.map((row) => readEvent(row))
}

/** What may be there once only, whatever the events' ids are. */
function duplicatesOf(events: readonly Event[]): string[] {
  const seen = new Set<string>()
  return events.flatMap(({ id, body }) => {
    const names = [`id ${id}`]
    if (body.type === 'incident.noted') names.push(`note ${body.text}`)
    if (body.type === 'alert.fired') names.push(`episode ${body.alertId}`)
    if (body.type === 'incident.triggered') names.push(`incident ${body.incidentId}`)
    return names.filter((name) => seen.size === seen.add(name).size)
  })
}
