import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openKeptRuns } from '#electron/host/node/terminal/kept-runs.ts'
import { createLineCutter } from '#electron/host/node/terminal/lines.ts'
import { socketPath } from '#electron/host/node/terminal/places.ts'
import type { TerminalRun } from '#shared/domain/execution/terminal-run.ts'

const run = (letter: string, startedAt: number): TerminalRun => ({
  executionId: `terminal-${letter.repeat(32)}`,
  incidentId: 'i',
  shown: 'ls',
  host: 'h',
  folder: '/',
  user: 'ada',
  startedAt,
  pid: 1,
  result: null,
})

describe('runs that are kept', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deckwatch-runs-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  it('are listed from the oldest, without what cannot be read', () => {
    const runs = openKeptRuns(folder)
    runs.keep(run('b', 1))
    runs.keep(run('a', 2))
    writeFileSync(join(folder, 'broken.json'), '{')
    writeFileSync(join(folder, 'other.json'), JSON.stringify(run('c', 0)))
    writeFileSync(join(folder, `terminal-${'d'.repeat(32)}.json`), '{"more":1}')
    expect(runs.list().map(({ startedAt }) => startedAt)).toEqual([1, 2])
    runs.forget(run('b', 1).executionId)
    expect(runs.list()).toEqual([run('a', 2)])
  })
})

describe('the socket of terminals', () => {
  it('lies in the data directory, or elsewhere where the path is too long for a socket', () => {
    const temporary = () => '/tmp/deckwatch-x'
    expect(socketPath('/data/terminal', temporary)).toEqual({
      path: '/data/terminal/socket',
      temporary: null,
    })
    expect(socketPath(`/${'long'.repeat(40)}`, temporary)).toEqual({
      path: '/tmp/deckwatch-x/socket',
      temporary: '/tmp/deckwatch-x',
    })
  })

  it('is read line by line, and no longer than a line may be', () => {
    const cut = createLineCutter(5)
    expect(cut('ab')).toEqual([])
    expect(cut('c\nde\nf')).toEqual(['abc', 'de'])
    expect(cut('ghijk')).toBeNull()
  })
})
