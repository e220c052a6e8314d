import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createEngine, type Engine } from '#electron/engine/engine.ts'
import type { Channel } from '#electron/engine/ports/channel.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Source } from '#electron/engine/ports/source.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { openJournal, type SqliteJournal } from '#electron/journal/sqlite.ts'
import { createAlertReader } from '#electron/vendors/alertmanager/alert-reader.ts'
import { createClusterBook } from '#electron/polling/cluster-book.ts'
import type { HttpClient } from '#electron/http/client.ts'
import { createPolledSource } from '#electron/polling/polled-source.ts'
import { alertmanagerConfigSchema, configurationSchema } from '#test/fixtures/configuration.ts'
import { ok } from '#shared/domain/result/result.ts'
import { rights } from '#shared/domain/person/right.ts'

const silent = () => undefined
const logger: Logger = {
  info: silent,
  warn: silent,
  error: (...parts) => {
    console.error(...parts)
  },
}

/** The machine's clocks, but timers never fire: what is measured is what a bench asks for. */
const clock: Clock = { ...createNodeClock(), after: () => () => undefined }
const ids = createNodeIds()

/** The id of the source that the bench answers for. */
export const SOURCE_ID = 'bench'

/** The texts that an Alertmanager answers with. */
export interface Answers {
  /** Of `/api/v2/alerts`. */
  readonly alerts: string
  /** Of `/api/v2/alerts/groups`; null where no time intervals are configured. */
  readonly groups: string | null
}

const withoutIntervals = 'route:\n  receiver: oncall\nreceivers:\n- name: oncall\n'
const withIntervals = `route:
  receiver: oncall
  routes:
  - receiver: oncall
    matchers:
    - severity="none"
    mute_time_intervals:
    - nights
receivers:
- name: oncall
time_intervals:
- name: nights
  time_intervals:
  - times:
    - start_time: "00:00"
      end_time: "06:00"
`

/** A source as it is used for an Alertmanager, with texts where the network would be. */
export function createTextSource(answers: () => Answers): Source {
  const config = alertmanagerConfigSchema.parse({
    type: 'alertmanager',
    name: SOURCE_ID,
    url: 'http://127.0.0.1:9093',
  })
  const answerTo = (path: string): string => {
    const { alerts, groups } = answers()
    switch (path) {
      case '/api/v2/alerts':
        return alerts
      case '/api/v2/alerts/groups':
        return groups ?? ''
      case '/api/v2/status':
        return JSON.stringify({
          uptime: '2026-01-15T00:00:00.000Z',
          config: { original: groups === null ? withoutIntervals : withIntervals },
        })
      default:
        return '[]'
    }
  }
  // All that a reader asks of its client.
  const client: Pick<HttpClient, 'host' | 'get'> = {
    host: '127.0.0.1:9093',
    get: (path) => Promise.resolve(ok(answerTo(path))),
  }
  const reader = createAlertReader(
    config,
    client as HttpClient,
    { clock, ids },
    createClusterBook().join(),
  )
  return createPolledSource(config, clock, {
    type: 'alertmanager',
    product: 'Alertmanager',
    readAlerts: (basis, budget) => reader.readAlerts(basis, budget),
    async readInstance(budget) {
      const status = await reader.readStatus(budget)
      return status.ok ? ok(status.value.startedAt) : status
    },
    readSelfAlerts: () => Promise.resolve([]),
    inspect: () => Promise.resolve(ok({ findings: [], labels: [] })),
    close: () => Promise.resolve(),
  })
}

/** An engine as the hosts run it, on a journal on the disk. */
export interface Stand {
  readonly engine: Engine
  readonly journal: SqliteJournal
  /** Lets the source answer with these texts, and waits until what they brought is durable. */
  poll(body: string, groups?: string | null): Promise<void>
  stop(): Promise<void>
}

/** A new folder on the disk that the repository is on: `/tmp` is memory on some machines. */
export function createDataDirectory(): { readonly path: string; remove(): void } {
  const parent = join(import.meta.dirname, '../../.cache')
  mkdirSync(parent, { recursive: true })
  const path = mkdtempSync(join(parent, 'bench-'))
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Opens the journal of a data directory. @throws when it cannot be opened. */
export function openBenchJournal(directory: string): SqliteJournal {
  const journal = openJournal({ directory, clock, logger, isNewAllowed: true })
  if (!journal.ok) throw new Error(journal.error.message)
  return journal.value
}

/** What a bench may choose for its engine. */
interface Parts {
  readonly clock: Clock
  readonly source: Source
  readonly channels: readonly Channel[]
}

/** Makes an engine as the hosts make it, on the journal of a data directory; it does not run yet. */
export function createBenchEngine(
  directory: string,
  { clock, source, channels }: Parts,
): { readonly engine: Engine; readonly journal: SqliteJournal } {
  const journal = openBenchJournal(directory)
  const configuration = configurationSchema.parse({
    sources: [{ type: 'alertmanager', name: SOURCE_ID, url: 'http://127.0.0.1:9093' }],
    // One P0 after the other, faster than in any night: each is told by its name all the same.
    notifications: { summaryFrom: 100 },
  })
  const engine = createEngine(
    { clock, ids, journal, channels, presenter: { open: () => undefined }, logger },
    {
      configuration,
      sources: [source],
      isProvisional: false,
      owner: { id: 'bench', name: 'bench' },
      version: 'bench',
      config: { path: 'deckwatch.yaml', isPresent: true, loadedAt: clock.now(), problems: [] },
    },
  )
  return { engine, journal }
}

/** Lets an engine poll its source now, and waits until what that brought is durable. */
export function createPoller(engine: Engine): () => Promise<void> {
  let requests = 0
  return async () => {
    requests += 1
    const polled = await engine.execute(
      'source.poll',
      { sourceId: SOURCE_ID },
      {
        requestId: `bench-${requests}`,
        actor: { kind: 'person', id: 'bench', name: 'bench' },
        rights,
      },
    )
    if (!polled.ok) throw new Error(polled.error.message)
  }
}

/** Starts an engine whose source has answered once, with `first`; null: it has not been asked. */
export async function startStand(
  directory: string,
  first: string | null = '[]',
  groups: string | null = null,
): Promise<Stand> {
  let answers: Answers = { alerts: first ?? '[]', groups }
  const source = createTextSource(() => answers)
  const { engine, journal } = createBenchEngine(directory, { clock, source, channels: [] })
  const pollNow = createPoller(engine)
  const poll = (alerts: string, next: string | null = null) => {
    answers = { alerts, groups: next }
    return pollNow()
  }
  if (first !== null) {
    engine.start()
    await poll(first, groups)
  }
  return { engine, journal, poll, stop: () => engine.stop() }
}
