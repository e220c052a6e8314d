import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Readings } from '#electron/engine/ports/readings.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { startReadings } from '#electron/journal/readings/readings.ts'
import { BATCH } from '#electron/journal/readings/follow.ts'
import { readingsPath } from '#electron/journal/readings/store.ts'
import type { SqliteJournal } from '#electron/journal/sqlite.ts'
import {
  memoryLogger,
  newestSeq,
  opened,
  temporaryFolder,
  valueOf,
  type MemoryLogger,
} from '#test/contract/journal-fixtures.ts'
import { hasModes } from '#test/fixtures/owner-only.ts'
import {
  anyPastIncident,
  appendPastIncidents,
  pastIncident,
} from '#test/fixtures/past-incidents.ts'

const never = new AbortController().signal
const query = { ...anyPastIncident, limit: 10 }

describe('readings beside a journal on the disk', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let journal: SqliteJournal
  let readings: Readings | null
  let logger: MemoryLogger

  beforeEach(() => {
    folder = temporaryFolder()
    journal = opened(folder.path)
    logger = memoryLogger()
    readings = null
  })
  afterEach(async () => {
    await readings?.close()
    journal.close()
    folder.remove()
  })

  const start = () => {
    readings = startReadings({
      journalPath: journal.path,
      directory: folder.path,
      clock: createNodeClock(),
      logger,
    })
    return readings
  }
  const close = async () => {
    await readings?.close()
    readings = null
  }
  const append: Parameters<typeof appendPastIncidents>[0] = (events) => {
    valueOf(journal.append(events, []))
    readings?.recorded()
  }
  const ask = async () => valueOf(await readings!.incidents(query, never))
  const untilRead = async (seq: number) => {
    for (;;) {
      const page = await ask()
      if (page.read >= seq) return page
    }
  }
  const recorded = () => newestSeq(journal)

  it('are a file for its owner only, and go on where they were', async () => {
    start()
    appendPastIncidents(append, 100)
    await untilRead(recorded())
    await close()
    const { ino, mode } = statSync(readingsPath(folder.path))
    if (hasModes) expect(mode & 0o777).toBe(0o600)
    start()
    expect(await ask()).toMatchObject({ total: 100, read: recorded() })
    expect(statSync(readingsPath(folder.path)).ino).toBe(ino)
    expect(logger.lines).toEqual([])
  })

  it('are built from nothing while events are appended, and say how far they are', async () => {
    appendPastIncidents(append, 3_000)
    start()
    const seen: number[] = []
    for (let number = 3_000; number < 3_200; number += 1) {
      append(pastIncident(number))
      const page = await ask()
      expect(page.read % BATCH === 0 || page.read === recorded()).toBe(true)
      seen.push(page.read)
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen[0]).toBeLessThan(recorded())
    expect(await untilRead(recorded())).toMatchObject({ total: 3_200 })
  })

  it('let the journal close last, which leaves no write-ahead log behind', async () => {
    start()
    appendPastIncidents(append, 50)
    await ask()
    await close()
    journal.close()
    expect(existsSync(`${journal.path}-wal`)).toBe(false)
    journal = opened(folder.path)
  })

  it('say in words that they cannot be used, where the folder does not let them', async () => {
    appendPastIncidents(append, 10)
    start()
    await close()
    const path = readingsPath(folder.path)
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    // A folder of that name with something in it: it is nobody's to delete.
    mkdirSync(path)
    writeFileSync(join(path, 'kept'), 'mine')
    start()
    const answer = await readings!.incidents(query, never)
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'unavailable', message: 'Past incidents cannot be looked up now.' },
    })
    expect(existsSync(join(path, 'kept'))).toBe(true)
    rmSync(path, { recursive: true })
  })

  it('fail what waits when they are closed, and everything afterwards', async () => {
    appendPastIncidents(append, 10)
    const closed = start()
    const waiting = closed.incidents(query, never)
    await closed.close()
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(await closed.incidents(query, never)).toMatchObject({ ok: false })
  })

  it('give up a query that is cancelled while it waits', async () => {
    appendPastIncidents(append, 10)
    start()
    const abort = new AbortController()
    const waiting = readings!.incidents(query, abort.signal)
    abort.abort()
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(await untilRead(recorded())).toMatchObject({ total: 10 })
  })
})
