import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventChecksum } from '#electron/journal/event-row.ts'
import { openJournal } from '#electron/journal/sqlite.ts'
import { latestVersion, migrations } from '#electron/journal/schema.ts'
import {
  fired,
  ids,
  memoryLogger,
  noted,
  opened,
  optionsFor,
  temporaryFolder,
  valueOf,
} from '#test/contract/journal-fixtures.ts'
import { hasModes, unlookedModes } from '#test/fixtures/owner-only.ts'

/** The schema's version today. */
const version = latestVersion(migrations)

let folder: ReturnType<typeof temporaryFolder>
let directory: string

beforeEach(() => {
  folder = temporaryFolder()
  directory = join(folder.path, 'nested', 'data')
})
afterEach(() => {
  folder.remove()
})

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

const problem = (at = directory) => {
  const result = openJournal(optionsFor(at))
  if (result.ok) {
    result.value.close()
    throw new Error('It opened')
  }
  return result.error
}

describe('the first start', () => {
  it(`creates the folder and the journal for their owner only${unlookedModes}`, () => {
    const journal = opened(directory)
    valueOf(journal.append([noted('a')], []))
    expect(journal.startedNew).toBeNull()
    if (hasModes) expect(mode(directory)).toBe('700')
    for (const name of [
      'journal.sqlite',
      'journal.sqlite-wal',
      'journal.sqlite-shm',
      'engine.lock',
    ]) {
      const path = join(directory, name)
      expect(existsSync(path), name).toBe(true)
      if (hasModes) expect([name, mode(path)]).toEqual([name, '600'])
    }
    journal.close()
  })

  it('begins again when an earlier first start was cut short', () => {
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, 'journal.sqlite.unfinished'), 'half of a')
    writeFileSync(join(directory, 'journal.sqlite.unfinished-wal'), 'database')
    const journal = opened(directory)
    expect(journal.startedNew).toBeNull()
    journal.close()
  })
})

describe('the guarantees of the database', () => {
  it('are those of the decision record', () => {
    const journal = opened(directory)
    journal.close()
    const database = new DatabaseSync(join(directory, 'journal.sqlite'), { readOnly: true })
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(database.prepare('PRAGMA application_id').get()).toEqual({ application_id: 0x4465636b })
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: version })
    const plan = database
      .prepare(
        'EXPLAIN QUERY PLAN SELECT * FROM events WHERE incident_id = ? ORDER BY seq DESC LIMIT 5',
      )
      .all('x')
    expect(plan.map((row) => row['detail'])).toEqual([
      'SEARCH events USING INDEX events_by_incident (incident_id=?)',
    ])
    database.close()
  })
})

describe('a folder that cannot be used', () => {
  it('is named when a file is in its way', () => {
    mkdirSync(join(folder.path, 'nested'))
    writeFileSync(directory, '')
    expect(problem()).toEqual({
      code: 'unwritable',
      message: `Deckwatch cannot keep its journal in ${directory}: a file is in the way of the folder.`,
      hint: 'Make it writable for this user, or use --data with another folder.',
    })
  })

  it('is named when a file is in the way of a folder above it', () => {
    writeFileSync(join(folder.path, 'nested'), '')
    expect(problem().message).toContain('a file is in the way of the folder')
  })

  it('is named when something else has the name of the journal', () => {
    mkdirSync(join(directory, 'journal.sqlite'), { recursive: true })
    expect(problem()).toMatchObject({ code: 'unwritable' })
    expect(statSync(join(directory, 'journal.sqlite')).isDirectory()).toBe(true)
  })

  it('is named when the file system refuses, whoever asks', () => {
    // Nobody may create a folder in /sys, not even root.
    expect(problem('/sys/deckwatch')).toMatchObject({ code: 'unwritable' })
  })

  it('is named when the lock file is something else, and the file is left alone', () => {
    mkdirSync(directory, { recursive: true })
    const lock = join(directory, 'engine.lock')
    writeFileSync(lock, 'this is not a lock file, it is a letter. '.repeat(100))
    const { code, message, hint } = problem()
    expect(code).toBe('unwritable')
    expect(message).toContain(`${lock} is not Deckwatch's lock file`)
    expect(hint).toContain('Delete that file')
    expect(readFileSync(lock, 'utf8')).toContain('it is a letter')
  })

  it.runIf(hasModes)(`keeps the permissions that somebody gave it${unlookedModes}`, () => {
    mkdirSync(directory, { recursive: true })
    chmodSync(directory, 0o750)
    opened(directory).close()
    expect(mode(directory)).toBe('750')
  })
})

describe('schema versions', () => {
  const withTeams = [
    ...migrations,
    { version: version + 1, sql: 'CREATE TABLE teams (name TEXT PRIMARY KEY) STRICT' },
    { version: version + 2, sql: "INSERT INTO teams SELECT 'team of ' || count(*) FROM events" },
  ]

  it('brings an older journal to the current one with all that it has', () => {
    const old = opened(directory)
    valueOf(old.append([noted('a'), fired(1)], []))
    old.close()
    const journal = opened(directory, { migrations: withTeams })
    expect(ids(journal.load().tail)).toEqual(['1 a', `2 ${fired(1).id}`])
    journal.close()
    const database = new DatabaseSync(journal.path, { readOnly: true })
    expect(database.prepare('SELECT name FROM teams').all()).toEqual([{ name: 'team of 2' }])
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: version + 2 })
    database.close()
  })

  it('undoes a step that fails and can be used as before', () => {
    const old = opened(directory)
    valueOf(old.append([noted('a')], []))
    old.close()
    const broken = [
      ...migrations,
      {
        version: version + 1,
        sql: 'CREATE TABLE teams (name TEXT); INSERT INTO nowhere VALUES (1)',
      },
    ]
    expect(() => openJournal(optionsFor(directory, { migrations: broken }))).toThrow('nowhere')
    const journal = opened(directory)
    expect(ids(journal.load().tail)).toEqual(['1 a'])
    journal.close()
    const database = new DatabaseSync(journal.path, { readOnly: true })
    expect(database.prepare("SELECT * FROM sqlite_schema WHERE name = 'teams'").all()).toEqual([])
    database.close()
  })

  it('refuses a journal of a newer version and leaves it as it is', () => {
    opened(directory, { migrations: withTeams }).close()
    const before = readFileSync(join(directory, 'journal.sqlite'))
    const { code, message, hint } = problem()
    expect(code).toBe('newer-version')
    expect(message).toContain(
      `written by a newer Deckwatch (schema version ${String(version + 2)}, this one knows ${String(version)})`,
    )
    expect(hint).toContain('--data')
    expect(readFileSync(join(directory, 'journal.sqlite')).equals(before)).toBe(true)
    opened(directory, { migrations: withTeams }).close()
  })

  it('refuses an event of a type that only a newer version knows', () => {
    const journal = opened(directory)
    const { id, at, actor, body } = noted('a')
    valueOf(journal.append([{ id, at, actor, body }], []))
    journal.close()
    // What a newer version would have written.
    const text = JSON.stringify({ actor, body: { ...body, type: 'incident.praised' } })
    const database = new DatabaseSync(join(directory, 'journal.sqlite'))
    database
      .prepare('UPDATE events SET type = ?, body = ?, checksum = ? WHERE seq = 1')
      .run('incident.praised', text, eventChecksum(1, id, at, text))
    database.close()
    const { code, message } = problem()
    expect(code).toBe('newer-version')
    expect(message).toContain('event 1 is of a type that this version does not know')
  })
})

describe('the end of the last run', () => {
  it('is said when it was not a clean one', () => {
    const journal = opened(directory)
    valueOf(journal.append([noted('a')], []))
    journal.close()
    const clean = memoryLogger()
    opened(directory, { logger: clean }).close()
    expect(clean.lines).toEqual([])

    const running = opened(directory)
    // What is on the disk while it runs is what a kill leaves.
    const killed = join(folder.path, 'killed')
    cpSync(directory, killed, { recursive: true })
    running.close()
    const unclean = memoryLogger()
    opened(killed, { logger: unclean }).close()
    expect(unclean.lines).toEqual([
      'info The last run was ended by force; all that it had recorded is there. {}',
    ])
  })

  it('may be told twice', () => {
    const journal = opened(directory)
    journal.close()
    journal.close()
    opened(directory).close()
  })
})
