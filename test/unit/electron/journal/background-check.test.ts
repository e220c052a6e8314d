import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import type { SqliteJournal } from '#electron/journal/sqlite.ts'
import { fired, opened, temporaryFolder, valueOf } from '#test/contract/journal-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
let journal: SqliteJournal
let suspect: string

/** A journal whose events are all in its snapshot, so that opening does not read them. */
beforeEach(() => {
  folder = temporaryFolder()
  suspect = join(folder.path, 'journal.sqlite.suspect')
  journal = opened(folder.path)
  const events = valueOf(
    journal.append(
      Array.from({ length: 3_000 }, (_, n) => fired(n)),
      [],
    ),
  )
  valueOf(journal.writeSnapshot(evolve(emptyWatch, events)))
})
afterEach(() => {
  journal.close()
  folder.remove()
})

const reopen = () => {
  journal.close()
  journal = opened(folder.path)
}

const sql = (text: string) => {
  const database = new DatabaseSync(journal.path)
  database.exec(text)
  database.close()
}

describe('the check beside the running engine', () => {
  it('finds a sound journal intact, also while it is written to', async () => {
    const checking = journal.checkInBackground()
    valueOf(journal.append([fired(5_000)], []))
    expect(await checking).toEqual({ ok: true, value: 'intact' })
    reopen()
    expect(await journal.checkInBackground()).toEqual({ ok: true, value: 'intact' })
    expect(existsSync(suspect)).toBe(false)
  })

  it('checks a journal without any event', async () => {
    const empty = opened(join(folder.path, 'empty'))
    expect(await empty.checkInBackground()).toEqual({ ok: true, value: 'intact' })
    empty.close()
  })

  it.each([
    [
      'a changed letter',
      "UPDATE events SET body = replace(body, 'value-1-', 'value-2-') WHERE seq = 1234",
      'event 1234 does not match its checksum',
    ],
    [
      'a changed time',
      'UPDATE events SET at = at + 1 WHERE seq = 7',
      'event 7 does not match its checksum',
    ],
    ['a missing event', 'DELETE FROM events WHERE seq = 2000', 'event 2000 is missing'],
  ])('finds %s that opening does not read', async (_name, change, reason) => {
    sql(change)
    reopen()
    const result = await journal.checkInBackground()
    expect(result).toMatchObject({ ok: false, error: { code: 'damaged' } })
    const error = result.ok ? null : result.error
    expect(error?.message).toBe(
      `The journal ${journal.path} is damaged: ${reason}. Deckwatch goes on recording in it.`,
    )
    expect(error?.hint).toContain(`Copy the folder ${folder.path} to another disk now.`)
    expect(existsSync(suspect)).toBe(true)
  })

  it('finds a broken structure, and the next start then does not use the journal', async () => {
    journal.close()
    const bytes = readFileSync(journal.path)
    journal = opened(folder.path)
    // Damage that happens under a running engine, in a page that it does not look at.
    bytes.fill(0xa5, 20 * 8_192, 20 * 8_192 + 200)
    writeFileSync(journal.path, bytes)
    const result = await journal.checkInBackground()
    expect(result.ok ? '' : result.error.message).toMatch(/structure is broken|malformed/)
    expect(existsSync(suspect)).toBe(true)
    journal.close()
    expect(() => opened(folder.path)).toThrow(/^damaged: /)
    expect(existsSync(suspect)).toBe(false)
  })

  it('clears the suspicion when all is well', async () => {
    writeFileSync(suspect, '')
    reopen()
    expect(await journal.checkInBackground()).toEqual({ ok: true, value: 'intact' })
    expect(existsSync(suspect)).toBe(false)
  })

  it('ends with the journal', async () => {
    const checking = journal.checkInBackground()
    journal.close()
    expect(await checking).toEqual({ ok: true, value: 'interrupted' })
  })
})
