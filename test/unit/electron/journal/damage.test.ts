import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '#electron/journal/sqlite.ts'
import {
  fired,
  ids,
  noted,
  opened,
  optionsFor,
  temporaryFolder,
  valueOf,
} from '#test/contract/journal-fixtures.ts'

const PAGE = 8_192
const KEPT = 'journal.sqlite.damaged-20261121T063000Z'

let folder: ReturnType<typeof temporaryFolder>
let path: string
let keptAt: string

beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'journal.sqlite')
  keptAt = join(folder.path, KEPT)
  const journal = opened(folder.path)
  valueOf(
    journal.append(
      Array.from({ length: 200 }, (_, index) => fired(index)),
      [],
    ),
  )
  journal.close()
})
afterEach(() => {
  folder.remove()
})

const sql = (text: string) => {
  const database = new DatabaseSync(path)
  database.exec(text)
  database.close()
}

const change = (work: (bytes: Buffer) => void) => {
  const bytes = readFileSync(path)
  work(bytes)
  writeFileSync(path, bytes)
}

const problem = () => {
  const result = openJournal(optionsFor(folder.path))
  if (result.ok) {
    result.value.close()
    throw new Error('It opened')
  }
  return result.error
}

const cases: readonly (readonly [string, () => void, string])[] = [
  [
    'not a database',
    () => {
      writeFileSync(path, '<html>proxy error</html>'.repeat(99))
    },
    'the file is not a database',
  ],
  [
    'a few bytes',
    () => {
      writeFileSync(path, 'oops')
    },
    'the file is cut off',
  ],
  [
    'empty',
    () => {
      truncateSync(path, 0)
    },
    'the file is empty',
  ],
  [
    'only zeros',
    () => {
      change((bytes) => bytes.fill(0))
    },
    'the file is not a database',
  ],
  [
    'cut off in the middle of a page',
    () => {
      truncateSync(path, 10 * PAGE + 100)
    },
    'malformed',
  ],
  [
    'cut off between pages',
    () => {
      truncateSync(path, 10 * PAGE)
    },
    'malformed',
  ],
  [
    'flipped in a page of the tree',
    () => {
      change((bytes) => bytes.fill(0xa5, 5 * PAGE, 5 * PAGE + 64))
    },
    'structure is broken',
  ],
  [
    'flipped in the schema page',
    () => {
      change((bytes) => bytes.fill(0xff, 100, 400))
    },
    'malformed',
  ],
  [
    'flipped in one letter of an event',
    () => {
      change((bytes) => {
        const at = bytes.indexOf('value-3-77"')
        expect(at).toBeGreaterThan(0)
        bytes[at] = 'w'.charCodeAt(0)
      })
    },
    'event 78 does not match its checksum',
  ],
  [
    'without a table',
    () => {
      sql('DROP TABLE marks')
    },
    'the table marks is missing',
  ],
  [
    'without the events',
    () => {
      sql('DROP TABLE deliveries; DROP TABLE events')
    },
    'the table events',
  ],
  [
    'without an index',
    () => {
      sql('DROP INDEX events_by_incident')
    },
    'the index events_by_incident is missing',
  ],
  [
    'without an event in the middle',
    () => {
      sql('DELETE FROM events WHERE seq = 100')
    },
    'event 100 is missing',
  ],
  [
    'without its schema version',
    () => {
      sql('PRAGMA user_version = 0')
    },
    'its schema version is missing',
  ],
  [
    'of another program',
    () => {
      sql('PRAGMA application_id = 7')
    },
    'not a journal of Deckwatch',
  ],
]

describe('a damaged journal', () => {
  it.each(cases)('is kept aside and said so when it is %s', (_name, damage, reason) => {
    damage()
    const before = readFileSync(path)
    const found = problem()
    expect(found).toMatchObject({ code: 'damaged', keptAt })
    expect(found.message).toContain(reason)
    expect(found.message).toContain(`It is kept as ${keptAt}, nothing was deleted.`)
    expect(found.hint).toContain('--new-journal')
    expect(existsSync(path)).toBe(false)
    expect(readFileSync(keptAt).equals(before)).toBe(true)

    // Never a fresh start without a word, however often it is tried.
    for (let tries = 0; tries < 2; tries += 1) {
      const still = problem()
      expect(still).toMatchObject({ code: 'kept-aside', keptAt, hint: found.hint })
      expect(still.message).toContain(keptAt)
      expect(existsSync(path)).toBe(false)
    }

    const journal = opened(folder.path, { isNewAllowed: true })
    expect(journal.startedNew).toEqual({ keptAt })
    expect(journal.load().tail).toEqual([])
    expect(ids(valueOf(journal.append([noted('a')], [])))).toEqual(['1 a'])
    journal.close()

    const next = opened(folder.path)
    expect(next.startedNew).toBeNull()
    next.close()
    expect(readFileSync(keptAt).equals(before)).toBe(true)
  })

  it('is replaced at once where a new one is allowed', () => {
    writeFileSync(path, 'oops')
    const journal = opened(folder.path, { isNewAllowed: true })
    expect(journal.startedNew).toEqual({ keptAt })
    journal.close()
    expect(readFileSync(keptAt, 'utf8')).toBe('oops')
  })

  it('does not take the name of an earlier one', () => {
    writeFileSync(path, 'first')
    expect(problem().keptAt).toBe(keptAt)
    writeFileSync(path, 'second')
    expect(problem().keptAt).toBe(`${keptAt}-2`)
    expect(readFileSync(keptAt, 'utf8')).toBe('first')
    expect(problem()).toMatchObject({ code: 'kept-aside', keptAt: `${keptAt}-2` })
  })

  it('takes its companions with it', () => {
    writeFileSync(path, 'oops')
    writeFileSync(`${path}-wal`, 'log')
    writeFileSync(`${path}-shm`, 'index')
    problem()
    expect(readFileSync(`${keptAt}-wal`, 'utf8')).toBe('log')
    expect(readFileSync(`${keptAt}-shm`, 'utf8')).toBe('index')
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it('is used again when a backup takes its place', () => {
    const backup = join(folder.path, 'backup')
    copyFileSync(path, backup)
    truncateSync(path, 5 * PAGE)
    problem()
    renameSync(backup, path)
    const journal = opened(folder.path)
    expect(journal.load().tail).toHaveLength(200)
    journal.close()
  })
})

describe('a journal whose database is gone', () => {
  it('is not begun anew in silence while a log of it is left', () => {
    rmSync(path)
    writeFileSync(`${path}-wal`, 'log')
    expect(problem()).toMatchObject({ code: 'damaged', keptAt })
    expect(readdirSync(folder.path)).toContain(`${KEPT}-wal`)
    expect(problem()).toMatchObject({ code: 'kept-aside', keptAt })
    const journal = opened(folder.path, { isNewAllowed: true })
    expect(journal.startedNew).toEqual({ keptAt })
    journal.close()
  })

  it('has its log brought to it when setting it aside was cut short', () => {
    renameSync(path, keptAt)
    writeFileSync(`${path}-wal`, 'log')
    expect(problem()).toMatchObject({ code: 'kept-aside', keptAt })
    expect(readFileSync(`${keptAt}-wal`, 'utf8')).toBe('log')
  })
})
