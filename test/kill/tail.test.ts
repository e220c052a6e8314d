import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { commandEventId } from '#electron/engine/record/event-id.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { tailProblem } from '#electron/journal/tail-words.ts'
import { opened, temporaryFolder } from '#test/contract/journal-fixtures.ts'

const program = fileURLToPath(new URL('tail-program.ts', import.meta.url))
const NOTES = 400
const reportSchema = z.object({ acknowledged: z.number() })

/** Lets an engine acknowledge notes and kills it at the last of them. */
async function noteAndDie(directory: string): Promise<void> {
  const child = fork(program, [directory, String(NOTES)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  child.on('message', (message) => {
    if (reportSchema.parse(message).acknowledged === NOTES) child.kill('SIGKILL')
  })
  const [, signal]: unknown[] = await once(child, 'close')
  expect(signal).toBe('SIGKILL')
}

const flip = (part: number) => (log: string) => {
  const bytes = readFileSync(log)
  const at = Math.floor((bytes.length - 1) * part)
  bytes[at] = (bytes[at] ?? 0) ^ 0x10
  writeFileSync(log, bytes)
}

const damages: readonly (readonly [string, (log: string) => void])[] = [
  ['nothing', () => undefined],
  ['a bit flipped early in its log', flip(0.02)],
  ['a bit flipped in the middle of its log', flip(0.5)],
  ['a bit flipped late in its log', flip(0.95)],
  [
    'its log removed',
    (log) => {
      rmSync(log)
    },
  ],
  [
    'its log cut in half',
    (log) => {
      truncateSync(log, Math.floor(statSync(log).size / 2))
    },
  ],
  [
    'the index of its log removed',
    (log) => {
      rmSync(log.replace(/-wal$/, '-shm'))
    },
  ],
]

it.each(damages)('a killed journal with %s has every acknowledged note', async (_name, damage) => {
  const folder = temporaryFolder()
  await noteAndDie(folder.path)
  damage(join(folder.path, 'journal.sqlite-wal'))
  const journal = opened(folder.path)
  const ids = createNodeIds()
  const lost = Array.from({ length: NOTES }, (_, index) => index + 1).filter(
    (number) => journal.findEvent(commandEventId(`note ${String(number)}`, 0, ids)) === null,
  )
  expect(lost).toEqual([])
  if (journal.tail) expect(tailProblem(journal.tail).hint).toContain('Nothing is lost.')
  journal.close()
  folder.remove()
})

it('a killed journal without log and copy says that its last seconds may be lost', async () => {
  const folder = temporaryFolder()
  // The second life moves what the first one recorded into the database.
  for (let life = 0; life < 2; life += 1) await noteAndDie(folder.path)
  for (const suffix of ['-wal', '-tail']) rmSync(join(folder.path, `journal.sqlite${suffix}`))
  const journal = opened(folder.path)
  const last = journal.load().tail.at(-1)?.seq ?? 0
  expect(last).toBeGreaterThanOrEqual(NOTES)
  expect(journal.tail).toMatchObject({ kind: 'lost', recorded: null, last })
  journal.close()
  folder.remove()
})
