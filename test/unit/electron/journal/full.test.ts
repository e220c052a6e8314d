import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import {
  delivery,
  fired,
  ids,
  memoryLogger,
  noted,
  opened,
  stillClock,
  temporaryFolder,
  valueOf,
} from '#test/contract/journal-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>

beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

const storm = Array.from({ length: 1_000 }, (_, index) => fired(index))

describe('a full disk', () => {
  it('is said, nothing of the batch is written, and the journal can be used', () => {
    const journal = opened(folder.path, { maxPages: 40 })
    valueOf(journal.append([noted('before')], []))
    const result = journal.append([...storm, noted('n')], [delivery('d1', 'n')])
    expect(result).toEqual({
      ok: false,
      error: {
        code: 'journal-full',
        message: `The disk that holds the journal (${folder.path}) is full: nothing was recorded.`,
        hint: 'Free some space there. Recording goes on by itself as soon as there is room.',
      },
    })
    expect(journal.findEvent('n')).toBeNull()
    expect(ids(journal.load().tail)).toEqual(['1 before'])
    // What still fits is recorded, under the next number.
    expect(ids(valueOf(journal.append([noted('after')], [delivery('d1', 'after')])))).toEqual([
      '2 after',
    ])
    journal.close()
  })

  it('is over as soon as there is room', () => {
    const small = opened(folder.path, { maxPages: 40 })
    expect(small.append(storm, [])).toMatchObject({ ok: false, error: { code: 'journal-full' } })
    small.close()
    const journal = opened(folder.path)
    expect(valueOf(journal.append(storm, []))).toHaveLength(1_000)
    journal.close()
  })

  it('leaves the snapshot that was there', () => {
    const roomy = opened(folder.path)
    const events = valueOf(roomy.append(storm, []))
    const early = evolve(emptyWatch, events.slice(0, 2))
    valueOf(roomy.writeSnapshot(early))
    roomy.close()

    const journal = opened(folder.path, { maxPages: 1 })
    const result = journal.writeSnapshot(evolve(emptyWatch, events))
    expect(result).toMatchObject({ ok: false, error: { code: 'journal-full' } })
    const loaded = journal.load()
    expect(loaded.state).toEqual(early)
    expect(loaded.tail).toHaveLength(998)
    journal.close()
  })

  it('costs a mark, which is logged, and not the engine', () => {
    const logger = memoryLogger()
    const journal = opened(folder.path, { maxPages: 1, logger })
    journal.marks.write('drill', 'x'.repeat(100_000))
    expect(journal.marks.read('drill')).toBeNull()
    expect(logger.lines).toEqual([
      'warn A mark could not be written to the journal. {"code":"journal-full","key":"drill"}',
    ])
    journal.close()
  })
})

describe('a disk that fails', () => {
  it('is said when another program has damaged the journal while it was open', () => {
    const journal = opened(folder.path)
    valueOf(journal.append([noted('a')], []))
    const other = new DatabaseSync(journal.path)
    other.exec("UPDATE events SET body = replace(body, 'a note', 'a mote')")
    other.close()
    expect(() => journal.findEvent('a')).toThrow('event 1 does not match its checksum')
    expect(() => journal.incidentEvents('incident-1', 1)).toThrow('event 1')
    // The next start looks at everything before it uses it.
    expect(existsSync(join(folder.path, 'journal.sqlite.suspect'))).toBe(true)
    journal.close()
  })

  it('is said when the journal is held by another program', () => {
    const journal = opened(folder.path)
    const other = new DatabaseSync(journal.path)
    other.exec('BEGIN IMMEDIATE')
    const result = journal.append([noted('a')], [])
    expect(result).toMatchObject({ ok: false, error: { code: 'journal-failed' } })
    expect(result.ok ? '' : result.error.message).toContain('database is locked')
    other.exec('ROLLBACK')
    other.close()
    expect(ids(valueOf(journal.append([noted('a')], [])))).toEqual(['1 a'])
    journal.close()
  })
})

describe('the write-ahead log', () => {
  it('is moved into the database after a while, off the path of an append', () => {
    const clock = stillClock()
    const journal = opened(folder.path, { clock })
    valueOf(journal.append(storm, []))
    const events = () => {
      // Without its log: what is in the database file alone.
      const database = new DatabaseSync(`file:${journal.path}?immutable=1`, { readOnly: true })
      const count = database.prepare('SELECT count(*) AS count FROM events').get()
      database.close()
      return count?.['count']
    }
    expect(events()).toBe(0)
    clock.fire()
    expect(events()).toBe(1_000)
    journal.close()
  })
})
