import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Delivery } from '#electron/engine/ports/delivery.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import {
  openJournal,
  type OpenJournalOptions,
  type SqliteJournal,
} from '#electron/journal/sqlite.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import type { Event, NewEvent } from '#shared/domain/watch/event.ts'

/** 2026-11-21 06:30:00 UTC, in ms: when the tests' journals are opened. */
export const OPENED_AT = Date.UTC(2026, 10, 21, 6, 30, 0)

/** A clock that stands still; `after` is never called back unless `fire` says so. */
export function stillClock(): Clock & { fire(): void } {
  let waiting: (() => void)[] = []
  return {
    now: () => OPENED_AT,
    monotonic: () => 0,
    after(_ms, callback) {
      waiting.push(callback)
      return () => {
        waiting = waiting.filter((other) => other !== callback)
      }
    },
    fire() {
      const due = waiting
      waiting = []
      for (const callback of due) callback()
    },
  }
}

/** A log to look into. */
export interface MemoryLogger extends Logger {
  readonly lines: readonly string[]
}

/** Keeps what is logged. */
export function memoryLogger(): MemoryLogger {
  const lines: string[] = []
  const keep = (level: string) => (fields: object, message: string) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`)
  }
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') }
}

/** A folder of its own for one test. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'deckwatch-journal-'))
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Options with stand-ins for what a test does not care about. */
export function optionsFor(
  directory: string,
  options: Partial<OpenJournalOptions> = {},
): OpenJournalOptions {
  return { directory, clock: stillClock(), logger: memoryLogger(), isNewAllowed: false, ...options }
}

/** Opens a journal that must open. */
export function opened(
  directory: string,
  options: Partial<OpenJournalOptions> = {},
): SqliteJournal {
  const result = openJournal(optionsFor(directory, options))
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** A note on an incident. */
export function noted(
  id: string,
  { incidentId = 'incident-1', text = 'a note', at = 1 } = {},
): NewEvent {
  return {
    id,
    at,
    actor: { kind: 'person', id: 'ada', name: 'Ada' },
    body: { type: 'incident.noted', incidentId, text },
  }
}

/** The beginning of an incident. */
export function triggered(id: string, incidentId: string): NewEvent {
  return {
    id,
    at: 1,
    actor: { kind: 'deckwatch' },
    body: {
      type: 'incident.triggered',
      incidentId,
      groupKey: `group of ${incidentId}`,
      group: { alertname: 'Slow' },
      title: 'Slow',
      severity: 'P1',
      startedAt: 1,
      decisions: [],
    },
  }
}

/** An alert of the size that real ones have: 8 labels, 3 annotations, the decisions of each stage. */
export function fired(number: number, run = ''): NewEvent {
  const name = String(number)
  const labels = Object.fromEntries(
    Array.from({ length: 8 }, (_, index) => [
      `label_${String(index)}`,
      `value-${String(index)}-${name}`,
    ]),
  )
  const key = `key-${name}-0123456789abcdef01234567`
  return {
    id: `event-${run}${name}-0123456789abcdef`,
    at: 1_700_000_000_000 + number,
    actor: { kind: 'source', id: 'am-eu' },
    body: {
      type: 'alert.fired',
      key,
      alertId: `${key}-1`,
      incidentId: `incident-${String(number % 50)}`,
      labels,
      annotations: {
        summary: `Requests to instance ${name} take longer than they should`,
        description: `${'The 99th percentile is above the objective. '.repeat(3)}${name}`,
        runbook_url: `https://runbooks.example.com/latency/${name}`,
      },
      startsAt: 1_700_000_000_000,
      sourceId: 'am-eu',
      observations: {
        'am-eu': {
          presence: 'present',
          startsAt: 1_700_000_000_000,
          generatorUrl: 'http://prometheus.example.com/graph?g0.expr=up',
          receivers: ['team-payments'],
          suppression: [],
        },
      },
      suppression: [],
      severity: 'P1',
      decisions: [
        'first-seen am',
        'common-word severity="critical"',
        'not-suppressed',
        'joined-incident',
        'page a new P0 incident (no channel is set up)',
      ],
    },
  }
}

/** A delivery that an event causes. */
export function delivery(key: string, eventId: string): Delivery {
  return { key, eventId, kind: 'page', channel: 'notification' }
}

/** The value of a success; a failure fails the test with its own words. */
export function valueOf<Value>(
  result: { ok: true; value: Value } | { ok: false; error: { message: string } },
): Value {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** The number of the newest event of a journal on the disk; 0 for none. */
export function newestSeq({ path }: SqliteJournal): number {
  const database = new DatabaseSync(path, { readOnly: true })
  const seq = Number(database.prepare('SELECT max(seq) AS seq FROM events').get()?.['seq'] ?? 0)
  database.close()
  return seq
}

/** Only what identifies the events, for short comparisons. */
export function ids(events: readonly Event[]): string[] {
  return events.map((event) => `${String(event.seq)} ${event.id}`)
}

const toDeckwatch = { actor: { kind: 'deckwatch' }, at: 1 } as const

/** One page about several incidents. Its id is `<page> requested`. */
export function summaryOf(pageId: string, incidentIds: readonly string[]): NewEvent[] {
  return [
    {
      ...toDeckwatch,
      id: `${pageId} requested`,
      body: {
        type: 'page.requested',
        recipient: OWNER_ID,
        pageId,
        incidentId: null,
        tag: 'summary',
        reason: 'asks',
        severity: 'P1',
        incidentIds: [...incidentIds],
        channels: ['desktop'],
      },
    },
  ]
}

/** What became of such a page; it names no incident. */
export function summarySent(id: string, pageId: string): NewEvent {
  return {
    ...toDeckwatch,
    id,
    body: { type: 'page.sent', pageId, incidentId: null, channel: 'desktop', attempts: 1 },
  }
}

/** Incidents whose pages were held at one time. */
export function heldTogether(id: string, incidentIds: readonly string[]): NewEvent {
  return {
    ...toDeckwatch,
    id,
    body: {
      type: 'page.held',
      recipient: OWNER_ID,
      incidentId: null,
      incidentIds: [...incidentIds],
      by: 'focus',
      until: null,
    },
  }
}
