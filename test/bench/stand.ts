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
import { readAlerts } from '#electron/vendors/alertmanager/read-alerts.ts'
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

/** A source as it is used for an Alertmanager, with a text where the network would be. */
export function createTextSource(bodyOf: () => string): Source {
  const config = alertmanagerConfigSchema.parse({
    type: 'alertmanager',
    name: SOURCE_ID,
    url: 'http://127.0.0.1:9093',
  })
  return createPolledSource(config, clock, {
    type: 'alertmanager',
    product: 'Alertmanager',
    readAlerts: (basis) =>
      Promise.resolve(
        readAlerts(bodyOf(), basis, {
          host: '127.0.0.1:9093',
          receivedAt: clock.now(),
          silences: new Map(),
          derive: (...parts) => ids.derive(...parts),
        }),
      ),
    readInstance: () => Promise.resolve(ok('2026-01-15T00:00:00.000Z')),
    readSelfAlerts: () => Promise.resolve([]),
    inspect: () => Promise.resolve(ok({ findings: [], labels: [] })),
    close: () => Promise.resolve(),
  })
}

/** An engine as the hosts run it, on a journal on the disk. */
export interface Stand {
  readonly engine: Engine
  readonly journal: SqliteJournal
  /** Lets the source answer with this text, and waits until what it brought is durable. */
  poll(body: string): Promise<void>
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
export async function startStand(directory: string, first: string | null = '[]'): Promise<Stand> {
  let body = first ?? '[]'
  const source = createTextSource(() => body)
  const { engine, journal } = createBenchEngine(directory, { clock, source, channels: [] })
  const pollNow = createPoller(engine)
  const poll = (text: string) => {
    body = text
    return pollNow()
  }
  if (first !== null) {
    engine.start()
    await poll(first)
  }
  return { engine, journal, poll, stop: () => engine.stop() }
}
