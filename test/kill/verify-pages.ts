import type { DatabaseSync } from 'node:sqlite'
import { notificationPolicySchema } from '#shared/domain/configuration/schema.ts'
import { isLatestPage } from '#shared/domain/incident/paging.ts'
import { needsResponse } from '#shared/domain/incident/schema.ts'
import { deliveryKey, type DropReason, type Page } from '#shared/domain/page/schema.ts'
import { severities } from '#shared/domain/severity/schema.ts'
import { incidentOf, type Event } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { LASTING } from './storm.ts'
import { emptyWatch, type WatchState } from '#shared/domain/watch/state.ts'

/** What became of the calls for a person, against what was promised. */
export interface PagesVerdict {
  readonly requested: number
  /** Handed over more than once, each time under the same key: what a receiver can recognise. */
  readonly repeatedUnderOneKey: number
  /** Deliveries that were requested and are not there, or count as sent and never were. */
  readonly lost: readonly string[]
  /** Dropped although they were wanted, or without a word. */
  readonly droppedForNothing: readonly string[]
  /** Handed over although no event asks for it. */
  readonly unasked: readonly string[]
  /** Calls that were requested twice, so that they went out under two keys. */
  readonly underNewKey: readonly string[]
  readonly waiting: number
  /** Alerts that stay, by their service: those whose incident a receiver has been told of. */
  readonly lastingTold: readonly string[]
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
    droppedForNothing: droppedForNothing(events, rows),
    unasked: ledger.filter((key) => !asked.has(key)),
    underNewKey: calledTwice(events),
    waiting: [...rows.values()].filter((state) => state === 'waiting').length,
    lastingTold: lastingTold(events, taken),
  }
}

/** Nobody acts on the incidents of these alerts, and they never end. */
function lastingTold(events: readonly Event[], taken: ReadonlySet<string>): readonly string[] {
  const told = new Set(
    events.flatMap(({ body }) => {
      if (body.type !== 'page.requested') return []
      const isTaken = body.channels.some((channel) => taken.has(deliveryKey(body.pageId, channel)))
      return isTaken ? body.incidentIds : []
    }),
  )
  return events.flatMap(({ body }) =>
    body.type === 'incident.triggered' &&
    body.group['alertname'] === LASTING &&
    told.has(body.incidentId)
      ? [body.group['service'] ?? '']
      : [],
  )
}

/** Dropped deliveries without an event that says so, and those whose reason was not true. */
function droppedForNothing(events: readonly Event[], rows: ReadonlyMap<string, string>): string[] {
  const explained = new Set<string>()
  const untrue: string[] = []
  let state = emptyWatch
  let next = 0
  for (const [index, { body }] of events.entries()) {
    if (body.type !== 'page.dropped') continue
    state = evolve(state, events.slice(next, index))
    next = index
    const key = deliveryKey(body.pageId, body.channel)
    explained.add(key)
    const page = state.pages.get(body.pageId)
    if (page && body.reason !== reasonToDrop(page, state)) untrue.push(`${key} ${body.reason}`)
  }
  const dropped = [...rows].flatMap(([key, is]) => (is === 'dropped' ? [key] : []))
  return [...dropped.filter((key) => !explained.has(key)), ...untrue]
}

/** Here nobody asks for quiet, and the channel is always on. */
function reasonToDrop({ id, incidentIds }: Page, { incidents }: WatchState): DropReason | null {
  const asking = incidentIds
    .map((incidentId) => incidents.get(incidentId))
    .filter((incident) => incident !== undefined)
    .filter(needsResponse)
  if (asking.length === 0) return 'over'
  return asking.some((incident) => isLatestPage(incident, id)) ? null : 'replaced'
}

/** Each of these makes an incident call for a person anew. */
const calls = new Set<Event['body']['type']>([
  'incident.triggered',
  'incident.retriggered',
  'incident.unacknowledged',
  'incident.reopened',
  'incident.snooze-ended',
])

/** Nothing is told again sooner, ms. */
const SHORTEST_REPEAT_MS = Math.min(
  ...severities.map((severity) => notificationPolicySchema.parse({})[severity].repeat),
)

/** The incidents that were told of one call twice within its interval, by name or in summaries. */
function calledTwice(events: readonly Event[]): string[] {
  const callOf = new Map<string, number>()
  const toldAt = new Map<string, number>()
  const lastPage = new Map<string, string>()
  const incidentsOf = new Map<string, readonly string[]>()
  return events.flatMap(({ body, seq, at }) => {
    // Who was told of an alert that flaps is not called anew when it is back.
    const isSameCall = body.type === 'incident.retriggered' && body.isFlapping
    const called = calls.has(body.type) && !isSameCall ? incidentOf(body) : null
    if (called !== null) {
      callOf.set(called, seq)
    }
    // What reached nobody was not told; there is one channel here.
    if (body.type === 'page.dropped' || (body.type === 'page.failed' && body.isFinal)) {
      for (const id of incidentsOf.get(body.pageId) ?? []) {
        if (lastPage.get(id) === body.pageId) callOf.set(id, seq)
      }
    }
    if (body.type !== 'page.requested') return []
    incidentsOf.set(body.pageId, body.incidentIds)
    return body.incidentIds.filter((id) => {
      lastPage.set(id, body.pageId)
      const call = `${id} ${String(callOf.get(id))}`
      const before = toldAt.get(call)
      toldAt.set(call, at)
      return before !== undefined && at - before < SHORTEST_REPEAT_MS
    })
  })
}
