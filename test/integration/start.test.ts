import { closeSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeHome, startDeckwatch, type Home } from '#test/fixtures/deckwatch-process.ts'

/** What a start that is refused says: a sentence and what to do, never a stack. */
async function refusal(home: Home, options: Parameters<typeof startDeckwatch>[1] = {}) {
  const error: unknown = await startDeckwatch(home, options).then(
    async (started) => {
      await started.stop()
      return new Error('it started')
    },
    (reason: unknown) => reason,
  )
  const text = error instanceof Error ? error.message : String(error)
  expect(text).not.toMatch(/^\s+at /m)
  return text
}

describe('a start that cannot be', () => {
  let home: Home
  beforeEach(() => {
    home = makeHome()
  })
  afterEach(() => {
    home.remove()
  })

  it('names the other engine on the same data, and the port that is taken', async () => {
    const first = await startDeckwatch(home)
    expect(await refusal(home)).toMatch(/code 4:[^]*Another Deckwatch \(process \d+[^]*--data/)
    const other = makeHome()
    expect(await refusal(other, { port: first.port })).toMatch(
      /code 5:[^]*cannot be used[^]*--port/,
    )
    other.remove()
    await first.stop()
  })

  it('keeps a damaged journal aside, and begins a new one only when told to', async () => {
    await (await startDeckwatch(home)).stop()
    const file = openSync(join(home.data, 'journal.sqlite'), 'r+')
    writeSync(file, 'this is no database any more', 0)
    closeSync(file)
    expect(await refusal(home)).toMatch(/code 4:[^]*damaged[^]*--new-journal/)
    expect(await refusal(home)).toMatch(/code 4:[^]*no journal[^]*--new-journal/)
    expect(readdirSync(home.data).join()).toMatch(/journal\.sqlite\.damaged-/)
    const begun = await startDeckwatch(home, { args: ['--new-journal'] })
    await begun.stop()
    expect(readdirSync(home.data).join()).toMatch(/journal\.sqlite\.damaged-/)
    await (await startDeckwatch(home)).stop()
  })

  it('says which option it does not know', async () => {
    expect(await refusal(home, { args: ['--prot', '1'] })).toMatch(/code 2:[^]*--prot[^]*--help/)
    expect(await refusal(home, { port: 99_999 })).toMatch(/code 2:[^]*0 to 65535/)
  })
})
