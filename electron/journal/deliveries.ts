import type { DatabaseSync } from 'node:sqlite'
import type { WaitingDelivery } from '#electron/engine/ports/delivery.ts'

/**
 * Prepares the look at what waits to go out. Of those that may be tried at the same time, the one
 * that was written first comes first.
 */
export function prepareWaiting(
  database: DatabaseSync,
): (channel: string, limit: number) => readonly WaitingDelivery[] {
  const select = database.prepare(
    `SELECT key, kind, event_id, channel, created_seq, attempts, next_at FROM deliveries
     WHERE state = 'waiting' AND channel = ? ORDER BY next_at, created_seq LIMIT ?`,
  )
  return (channel, limit) =>
    select.all(channel, Math.max(0, limit)).map((row) => ({
      key: String(row['key']),
      kind: String(row['kind']),
      eventId: String(row['event_id']),
      channel: String(row['channel']),
      seq: Number(row['created_seq']),
      attempts: Number(row['attempts']),
      nextAt: Number(row['next_at']),
    }))
}
