import type { SqliteJournal } from '#electron/journal/sqlite.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import type { EventBody, NewEvent } from '#shared/domain/watch/event.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'

/** Events of one incident of the history: from its trigger until it is closed. */
export const EVENTS_AN_INCIDENT = 8
/** Incidents that go into one transaction. */
const BATCH = 1_000
/** When the year begins, ms since the epoch, UTC. */
const YEAR_BEGAN = Date.UTC(2025, 0, 15)
const MINUTE_MS = 60_000

const source: Actor = { kind: 'source', id: 'bench' }
const person: Actor = { kind: 'person', id: 'ada', name: 'ada' }
const deckwatch: Actor = { kind: 'deckwatch' }

/**
 * Writes `count` past incidents, {@link EVENTS_AN_INCIDENT} events each, through the journal's own
 * `append`. `from` numbers the first, so that two parts of a history do not meet.
 */
export function appendHistory(
  journal: SqliteJournal,
  { from, count }: { readonly from: number; readonly count: number },
): void {
  for (let start = 0; start < count; start += BATCH) {
    const numbers = Array.from(
      { length: Math.min(BATCH, count - start) },
      (_, i) => from + start + i,
    )
    const appended = journal.append(numbers.flatMap(incidentEvents), [])
    if (!appended.ok) throw new Error(appended.error.message)
  }
}

/** Writes a snapshot as it is after this many incidents of history: all of them are closed. */
export function snapshotHistory(journal: SqliteJournal, count: number): void {
  const newest = Array.from({ length: 100 }, (_, index) => count - 100 + index)
  const events = newest.flatMap(incidentEvents)
  const state = evolve(
    emptyWatch,
    events.map((event, index) => ({ ...event, seq: index + 1 })),
  )
  const written = journal.writeSnapshot({ ...state, seq: count * EVENTS_AN_INCIDENT })
  if (!written.ok) throw new Error(written.error.message)
}

function incidentEvents(number: number): readonly NewEvent[] {
  const incidentId = `history-${number}`
  const began = YEAR_BEGAN + number * 4 * MINUTE_MS
  const cluster = `eu-west-${number % 7}`
  const service = `service-${number % 40}`
  const group = { alertname: 'ErrorBudgetBurn', cluster, service }
  const decisions = ['first-seen bench', 'common-word severity="page"', 'not-suppressed']
  const subject = (pod: number) => ({
    key: `key-${number}-${pod}`,
    alertId: `alert-${number}-${pod}`,
    incidentId,
  })
  const fired = (pod: number): EventBody => ({
    type: 'alert.fired',
    ...subject(pod),
    labels: { ...group, pod: `${service}-7c9f6b5-${pod}`, severity: 'page' },
    annotations: { summary: `${service} burns its error budget 14 times too fast` },
    startsAt: began,
    sourceId: 'bench',
    observations: {
      bench: {
        presence: 'present',
        startsAt: began,
        generatorUrl: 'http://prometheus:9090/graph?g0.expr=ErrorBudgetBurn&g0.tab=1',
        receivers: ['oncall'],
        suppression: [],
      },
    },
    suppression: [],
    severity: 'P1',
    decisions: [...decisions],
  })
  const resolved = (pod: number): EventBody => ({
    type: 'alert.resolved',
    ...subject(pod),
    sourceId: 'bench',
    reason: 'gone',
  })
  const story: readonly (readonly [Actor, EventBody])[] = [
    [
      source,
      {
        type: 'incident.triggered',
        incidentId,
        groupKey: `group-${number}`,
        group,
        title: `${service} burns its error budget 14 times too fast`,
        severity: 'P1',
        startedAt: began,
        decisions: [...decisions],
      },
    ],
    [source, fired(0)],
    [source, fired(1)],
    [person, { type: 'incident.acknowledged', incidentId }],
    [source, resolved(0)],
    [source, resolved(1)],
    [source, { type: 'incident.resolved', incidentId, stillFiring: 0 }],
    [deckwatch, { type: 'incident.closed', incidentId }],
  ]
  return story.map(([actor, body], index) => ({
    id: `history-event-${number}-${index}`,
    at: began + index * 10_000,
    actor,
    body,
  }))
}
