import type { ExportedIncident } from './export-record.ts'

type Entry = ExportedIncident['timeline']['entries'][number]

/** Said and recorded at times that differ by less than this, ms, read the same. */
const SAME_MS = 1_000

/** True for what was recorded later than it was said, so that both times are worth a word. */
export function isLate({ at, recordedAt }: Pick<Entry, 'at' | 'recordedAt'>): boolean {
  return Date.parse(recordedAt) - Date.parse(at) >= SAME_MS
}
