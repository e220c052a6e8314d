import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { PastIncidents } from '#electron/engine/ports/readings.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { readInto } from '#electron/journal/readings/reading.ts'
import { startReadings } from '#electron/journal/readings/readings.ts'
import { readingsPath } from '#electron/journal/readings/store.ts'
import { memoryLogger, opened, temporaryFolder, valueOf } from '#test/contract/journal-fixtures.ts'
import { createMemoryBook } from '#test/fixtures/memory-readings.ts'
import { anyPastIncident, appendPastIncidents } from '#test/fixtures/past-incidents.ts'
import { readJournal } from '#test/fixtures/read-journal.ts'
import { seededRandom } from './random.ts'

const LIVES = 16
/** Incidents that are there before the first life: reading them anew takes several batches. */
const BEFORE = 1_500
/** Longest life after that, ms. */
const LONGEST_MS = 500
const SEED = 20_261_128

const program = fileURLToPath(new URL('readings-program.ts', import.meta.url))
const random = seededRandom(SEED)

/** Killed while it opens, or, from its first answer on, while it works. */
async function liveAndDie(
  directory: string,
  first: number,
  from: 'opening' | 'ready',
): Promise<void> {
  const child = fork(program, [directory, String(first)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const ended = once(child, 'close')
  const heard = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (message === from) resolve()
    })
  })
  await Promise.race([heard, ended])
  await pause(random() * LONGEST_MS)
  child.kill('SIGKILL')
  const [, signal]: unknown[] = await ended
  expect(signal).toBe('SIGKILL')
}

/** What may befall the readings between two lives. */
const mishaps: readonly ((directory: string) => void)[] = [
  () => undefined,
  (directory) => {
    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(readingsPath(directory) + suffix, { force: true })
    }
  },
  (directory) => {
    rmSync(`${readingsPath(directory)}-wal`, { force: true })
  },
  (directory) => {
    if (!existsSync(readingsPath(directory))) return
    writeFileSync(readingsPath(directory), Buffer.alloc(4_096, 0x5a), { flag: 'r+' })
  },
]

it('readings agree with the journal, whenever they are killed and whatever befalls them', async () => {
  const folder = temporaryFolder()
  const journal = opened(folder.path)
  appendPastIncidents((events) => {
    valueOf(journal.append(events, []))
  }, BEFORE)
  journal.close()

  const incidents = () => {
    const database = new DatabaseSync(join(folder.path, 'journal.sqlite'), { readOnly: true })
    const counted = database
      .prepare(`SELECT count(*) AS count FROM events WHERE type = 'incident.triggered'`)
      .get()
    database.close()
    return Number(counted?.['count'])
  }
  for (let life = 0; life < LIVES; life += 1) {
    await liveAndDie(folder.path, incidents(), random() < 0.3 ? 'opening' : 'ready')
    mishaps[life % mishaps.length]?.(folder.path)
  }

  const again = opened(folder.path)
  const readings = startReadings({
    journalPath: again.path,
    directory: folder.path,
    clock: createNodeClock(),
    logger: memoryLogger(),
  })
  const events = readJournal(folder.path)
  const page = async (before: number | null): Promise<PastIncidents> => {
    for (;;) {
      const answer = await readings.incidents(
        { ...anyPastIncident, before, limit: 500 },
        new AbortController().signal,
      )
      if (answer.ok && answer.value.read === events.length) return answer.value
    }
  }
  const listed = []
  for (let before: number | null = null; ;) {
    const { incidents: some, next } = await page(before)
    listed.push(...some)
    if (next === null) break
    before = next
  }
  await readings.close()
  again.close()

  const book = createMemoryBook()
  for (const event of events) readInto(book, event)
  expect(listed).toEqual(book.incidents().map(({ past }) => past))
  folder.remove()
})
