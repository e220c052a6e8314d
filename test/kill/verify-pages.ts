import type { DatabaseSync } from 'node:sqlite'
import { deliveryKey } from '#shared/domain/page/schema.ts'
import type { Event } from '#shared/domain/watch/event.ts'

/** What became of the calls for a person, against what was promised. */
export interface PagesVerdict {
  readonly requested: number
  /** Handed over more than once, each time under the same key: what a receiver can recognise. */
  readonly repeatedUnderOneKey: number
  /** Deliveries that were requested and are not there, or count as sent and never were. */
  readonly lost: readonly string[]
  /** Handed over although no event asks for it. */
  readonly unasked: readonly string[]
  /** Calls that were requested twice, so that they went out under two keys. */
  readonly underNewKey: readonly string[]
  readonly waiting: number
}

/** @param ledger the keys that the receiver took. */
export function verifyPages(
  database: DatabaseSync,
  events: readonly Event[],
  ledger: readonly string[],
): PagesVerdict {
  const rows = new Map(
    database
      .prepare('SELECT key, state FROM deliveries')
      .all()
      .map((row) => [String(row['key']), String(row['state'])]),
  )
  const taken = new Set(ledger)
  const requested = events.flatMap(({ body }) =>
    body.type === 'page.requested'
      ? body.channels.map((channel) => deliveryKey(body.pageId, channel))
      : [],
  )
  const asked = new Set(requested)
  return {
    requested: requested.length,
    repeatedUnderOneKey: ledger.length - taken.size,
    lost: [
      ...requested.filter((key) => !rows.has(key)),
      ...[...rows].flatMap(([key, state]) => (state === 'sent' && !taken.has(key) ? [key] : [])),
    ],
    unasked: ledger.filter((key) => !asked.has(key)),
    underNewKey: calledTwice(events),
    waiting: [...rows.values()].filter((state) => state === 'waiting').length,
  }
}

/** Each of these makes an incident call for a person anew. */
const calls = new Set<Event['body']['type']>([
  'incident.triggered',
  'incident.retriggered',
  'incident.unacknowledged',
  'incident.reopened',
  'incident.snooze-ended',
])

function calledTwice(events: readonly Event[]): string[] {
  const callOf = new Map<string, number>()
  const told = new Set<string>()
  return events.flatMap(({ body, seq }) => {
    if ('incidentId' in body && body.incidentId !== null && calls.has(body.type)) {
      callOf.set(body.incidentId, seq)
    }
    if (body.type !== 'page.requested') return []
    return body.incidentIds.filter((id) => {
      const call = `${id} ${String(callOf.get(id))}`
      const isAgain = told.has(call)
      told.add(call)
      // A repeat is a call of its own, after its interval.
      return isAgain && body.reason !== 'repeat' && body.incidentId !== null
    })
  })
}
