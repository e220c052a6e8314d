import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startEngine } from '#electron/host/node/start-engine.ts'
import { noted, opened, temporaryFolder, valueOf } from '#test/contract/journal-fixtures.ts'
import { silentLogger } from '#test/fixtures/engine.ts'

let folder: ReturnType<typeof temporaryFolder>
let killed: string

beforeEach(() => {
  folder = temporaryFolder()
  killed = join(folder.path, 'killed')
  const data = join(folder.path, 'data')
  // An event in the database, and three more that are in the log alone.
  const first = opened(data)
  valueOf(first.append([noted('a')], []))
  first.close()
  const running = opened(data)
  for (const id of ['b', 'c', 'd']) valueOf(running.append([noted(id)], []))
  cpSync(data, killed, { recursive: true })
  running.close()
})
afterEach(() => {
  folder.remove()
})

/** The problems with the journal that a cockpit is shown, and how many events there are. */
async function start() {
  const started = await startEngine({
    configPath: join(folder.path, 'deckwatch.yaml'),
    dataDirectory: killed,
    isNewJournalAllowed: false,
    version: 'test',
    logger: silentLogger,
    channels: () => [],
    presenter: { open: () => undefined },
  })
  if (!started.ok) throw new Error(started.error.message)
  const { engine } = started.value
  const { problems } = engine.status.value()
  await started.value.stop()
  return problems.filter(({ code }) => code.startsWith('journal'))
}

it('says in the cockpit what was restored of the journal, and at the next start nothing', async () => {
  rmSync(join(killed, 'journal.sqlite-wal'))
  expect(await start()).toMatchObject([
    {
      code: 'journal-tail-restored',
      message: 'The last 3 records of the journal were restored from a copy.',
      hint: 'Its write-ahead log was missing when Deckwatch started. Nothing is lost. Check the disk, and what else changes files in the data folder.',
    },
  ])
  expect(await start()).toEqual([])
})

it('says in the cockpit what is lost of the journal', async () => {
  for (const suffix of ['-wal', '-tail']) rmSync(join(killed, `journal.sqlite${suffix}`))
  const [problem, ...others] = await start()
  expect(others).toEqual([])
  expect(problem).toMatchObject({
    code: 'journal-tail-lost',
    message:
      'Records at the end of the journal may be lost: it ends at event 1, and how many followed is unknown.',
  })
  expect(problem?.hint).toContain('check the open incidents and do it again')
  expect(await start()).toEqual([])
})
