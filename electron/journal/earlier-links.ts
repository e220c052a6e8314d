import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { linkingTypes } from '#shared/domain/watch/event.ts'
import { inTransaction, lastSeq } from './append.ts'
import { eventColumns, readEvent } from './event-row.ts'
import { prepareLink } from './links.ts'
import { isDamage, JournalDamage } from './problem.ts'

/** Up to which event links were written for what an older version recorded; gone when all are. */
const LINKED_TO = 'journal/linked-to'

/** Events that are looked through in one transaction: about 20 ms. */
const BATCH = 20_000

/** Time for everything else between two of them, ms. */
const PAUSE_MS = 50

/** Links what an older version recorded without. */
export interface EarlierLinks {
  stop(): void
}

/**
 * Brings the links of a journal up to date that was written before there were any. The first events
 * at once, so that a journal of the usual size is complete when it is opened; the rest in pieces,
 * in order, so that a million events hold up nothing. A crash goes on where the last piece ended.
 * Until it is done, only lines that several incidents share are missing from timelines.
 *
 * @param onDamage is called when an event was found damaged; the rest stays without links.
 */
export function linkEarlier(
  database: DatabaseSync,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
  onDamage: () => void,
): EarlierLinks {
  const mark = database.prepare('SELECT value FROM marks WHERE key = ?')
  let cancel: (() => void) | null = null
  const step = () => {
    cancel = null
    try {
      if (linkBatch(database)) cancel = clock.after(PAUSE_MS, step)
    } catch (error) {
      // Not worth failing a start: the next one tries again.
      logger.warn({ isDamage: isDamage(error) }, 'Earlier events could not be linked to incidents.')
      if (isDamage(error)) onDamage()
    }
  }
  if (mark.get(LINKED_TO) !== undefined) step()
  return {
    stop() {
      cancel?.()
      cancel = null
    },
  }
}

/** True while there is more to do. */
function linkBatch(database: DatabaseSync): boolean {
  const value = Number(
    database.prepare('SELECT value FROM marks WHERE key = ?').get(LINKED_TO)?.['value'],
  )
  if (!Number.isSafeInteger(value)) throw new JournalDamage(`the mark ${LINKED_TO} is no number`)
  const until = value + BATCH
  const isLast = until >= lastSeq(database)
  const types = linkingTypes.map(() => '?').join(', ')
  const select = database.prepare(
    `SELECT ${eventColumns} FROM events
     WHERE seq > ? AND seq <= ? AND incident_id IS NULL AND type IN (${types}) ORDER BY seq`,
  )
  const link = prepareLink(database)
  inTransaction(database, () => {
    for (const row of select.iterate(value, until, ...linkingTypes)) link(readEvent(row))
    if (isLast) database.prepare('DELETE FROM marks WHERE key = ?').run(LINKED_TO)
    else {
      database.prepare('UPDATE marks SET value = ? WHERE key = ?').run(String(until), LINKED_TO)
    }
  })
  return !isLast
}
