import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '#electron/journal/sqlite.ts'
import {
  ids,
  memoryLogger,
  noted,
  opened,
  optionsFor,
  temporaryFolder,
  valueOf,
} from '#test/contract/journal-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
const children: ChildProcess[] = []

beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  folder.remove()
})

/** Another process that tries to hold the journal. */
function start(stderr: 'inherit' | 'ignore') {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(new URL('holder.ts', import.meta.url)),
      folder.path,
    ],
    { stdio: ['pipe', 'pipe', stderr] },
  )
  children.push(child)
  return child
}

/** Another process that holds the journal. */
async function hold(): Promise<ChildProcess> {
  const child = start('inherit')
  await once(child.stdout, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const problem = () => {
  const result = openJournal(optionsFor(folder.path))
  if (result.ok) {
    result.value.close()
    throw new Error('It opened')
  }
  return result.error
}

describe('the lock against a second engine', () => {
  it('names the other process and since when', async () => {
    const child = await hold()
    expect(problem()).toEqual({
      code: 'locked',
      message: `Another Deckwatch (process ${String(child.pid)}, since 2026-11-21 06:30:00 UTC) already uses ${folder.path}.`,
      hint: 'Stop it, or use --data with another folder.',
    })
  })

  it('holds as well when the side file is missing or garbled', async () => {
    await hold()
    const owner = join(folder.path, 'engine.lock.owner')
    const contents = [
      null,
      '',
      '\u0000\u0001{{{',
      '{"pid":"rm","since":null}',
      '{"pid":12,"since":1e300}',
    ]
    const messages = contents.map((content) => {
      rmSync(owner, { force: true })
      if (content !== null) writeFileSync(owner, content)
      const { code, message } = problem()
      expect(code).toBe('locked')
      return message
    })
    const plain = `Another Deckwatch already uses ${folder.path}.`
    expect(messages.slice(0, 4)).toEqual([plain, plain, plain, plain])
    expect(messages[4]).toContain('(process 12, since an unknown time)')
  })

  it('is given back by SIGKILL, and what was recorded is there', async () => {
    const child = await hold()
    await kill(child)
    expect(existsSync(join(folder.path, 'journal.sqlite-wal'))).toBe(true)
    const logger = memoryLogger()
    const journal = opened(folder.path, { logger })
    expect(ids(journal.load().tail)).toEqual([`1 of ${String(child.pid)}`])
    expect(logger.lines).toHaveLength(1)
    expect(ids(valueOf(journal.append([noted('a')], [])))).toEqual(['2 a'])
    journal.close()
  })

  it('holds within one process, and its refusal does not give it away', async () => {
    const journal = opened(folder.path)
    expect(problem()).toMatchObject({ code: 'locked' })
    // A refused open that closed a handle of the file would have released the lock on POSIX.
    expect(problem()).toMatchObject({ code: 'locked' })
    const other = start('ignore')
    const [code] = await once(other, 'exit')
    expect(code).toBe(1)
    journal.close()
    await hold()
  })

  it('is given back by close and after an open that was refused', () => {
    const journal = opened(folder.path)
    const owner = join(folder.path, 'engine.lock.owner')
    expect(JSON.parse(readFileSync(owner, 'utf8'))).toMatchObject({ pid: process.pid })
    journal.close()
    expect(existsSync(owner)).toBe(false)
    writeFileSync(join(folder.path, 'journal.sqlite'), 'oops')
    expect(problem()).toMatchObject({ code: 'damaged' })
    opened(folder.path, { isNewAllowed: true }).close()
  })
})
