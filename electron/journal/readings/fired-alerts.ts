import { DatabaseSync } from 'node:sqlite'
import { MAX_FIRED, type FiredAlert } from '#shared/domain/history/fired.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { journalFiles } from '../files.ts'
import { openBeforeLibrary } from './before.ts'
import { followJournal } from './follow.ts'
import { createReadings } from './schema.ts'

/**
 * The alerts that a journal has seen fire, read from the journal itself into memory: whoever has it
 * open goes on undisturbed, and readings of another version do not matter.
 *
 * @param directory the data directory.
 * @param onProgress called with the number of the event that was read last, now and then.
 */
export function readFiredAlerts(
  directory: string,
  onProgress: (seq: number) => void = () => undefined,
): Result<readonly FiredAlert[], string> {
  const database = new DatabaseSync(':memory:')
  try {
    createReadings(database)
    const follower = followJournal(database, journalFiles(directory).journal, () => undefined)
    try {
      while (follower.readBatch()) onProgress(follower.position)
      return ok(openBeforeLibrary(database).fired(MAX_FIRED, []).alerts)
    } finally {
      follower.close()
    }
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'unknown')
  } finally {
    database.close()
  }
}
