import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PastIncidents } from '#electron/engine/ports/readings.ts'
import { createReader, type Reader } from '#electron/journal/readings/reader.ts'
import { readingsPath } from '#electron/journal/readings/store.ts'
import type { SqliteJournal } from '#electron/journal/sqlite.ts'
import { newestSeq, opened, temporaryFolder, valueOf } from '#test/contract/journal-fixtures.ts'
import {
  anyPastIncident,
  appendPastIncidents,
  pastIncident,
  pastIncidentId,
} from '#test/fixtures/past-incidents.ts'

const query = { ...anyPastIncident, limit: 10 }

describe('readings', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let journal: SqliteJournal
  let reader: Reader | null
  let lines: string[]

  beforeEach(() => {
    folder = temporaryFolder()
    journal = opened(folder.path)
    lines = []
    reader = null
  })
  afterEach(() => {
    reader?.close()
    journal.close()
    folder.remove()
  })

  const start = () => {
    reader = createReader(
      { directory: folder.path, journalPath: journal.path },
      (level, message, fields) => lines.push(`${level} ${message} ${JSON.stringify(fields)}`),
    )
  }
  const close = () => {
    reader?.close()
    reader = null
  }
  const append: Parameters<typeof appendPastIncidents>[0] = (events) => {
    valueOf(journal.append(events, []))
  }
  const recorded = () => newestSeq(journal)
  const untilRead = (seq: number): Omit<PastIncidents, 'read'> => {
    while (reader!.readOn());
    expect(reader!.position()).toBe(seq)
    return reader!.ask((library) => library.incidents(query, () => false))
  }

  it.each([
    ['is no database', () => 'this is no database'.repeat(1_000)],
    ['is empty', () => ''],
    ['is the database of another program', null],
  ])('are built again when their file %s', (_, content) => {
    appendPastIncidents(append, 40)
    const path = readingsPath(folder.path)
    if (content) writeFileSync(path, content())
    else {
      const other = new DatabaseSync(path)
      other.exec('CREATE TABLE incidents (mine TEXT)')
      other.close()
    }
    start()
    expect(untilRead(recorded())).toMatchObject({ total: 40 })
  })

  it('are built again when a page of them is damaged while they are closed', () => {
    start()
    appendPastIncidents(append, 400)
    untilRead(recorded())
    close()
    const path = readingsPath(folder.path)
    const bytes = Buffer.alloc(8_192, 0xa5)
    writeFileSync(path, bytes, { flag: 'r+' })
    rmSync(`${path}-wal`, { force: true })
    start()
    expect(untilRead(recorded())).toMatchObject({ total: 400 })
    expect(lines.join('\n')).toContain('begun anew')
  })

  it('are built again when what a row says makes no sense', () => {
    start()
    appendPastIncidents(append, 20)
    untilRead(recorded())
    close()
    const database = new DatabaseSync(readingsPath(folder.path))
    database.exec(`UPDATE incidents SET body = '{"past":1}'`)
    database.close()
    start()
    expect(() => reader!.ask((library) => library.incidents(query, () => false))).toThrow()
    expect(untilRead(recorded())).toMatchObject({ total: 20 })
  })

  it('are built again when they are of another version', () => {
    start()
    appendPastIncidents(append, 20)
    untilRead(recorded())
    close()
    const database = new DatabaseSync(readingsPath(folder.path))
    database.exec('PRAGMA user_version = 4711; DELETE FROM incidents')
    database.close()
    start()
    expect(untilRead(recorded())).toMatchObject({ total: 20 })
  })

  it('are built again when their file is taken away while they are in use', () => {
    start()
    appendPastIncidents(append, 30)
    untilRead(recorded())
    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(readingsPath(folder.path) + suffix, { force: true })
    }
    append(pastIncident(30))
    expect(untilRead(recorded())).toMatchObject({ total: 31 })
    expect(existsSync(readingsPath(folder.path))).toBe(true)
  })

  it('are built again for a journal that was begun anew, also a longer one', () => {
    start()
    appendPastIncidents(append, 30)
    untilRead(recorded())
    close()
    journal.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(journal.path + suffix, { force: true })
    journal = opened(folder.path)
    for (let number = 100; number < 150; number += 1) append(pastIncident(number))
    start()
    const page = untilRead(recorded())
    expect(page.total).toBe(50)
    expect(page.incidents[0]?.id).toBe(pastIncidentId(149))
  })

  it('are built again for a journal that lost its end and went on differently', () => {
    start()
    appendPastIncidents(append, 30)
    untilRead(recorded())
    close()
    journal.close()
    const database = new DatabaseSync(journal.path)
    database.exec('DELETE FROM events WHERE seq > 100')
    database.close()
    journal = opened(folder.path)
    for (let number = 50; number < 90; number += 1) append(pastIncident(number))
    start()
    const page = untilRead(recorded())
    expect(page.incidents[0]?.id).toBe(pastIncidentId(89))
    expect(lines.join('\n')).toContain('built again')
  })

  it('leave out an event that cannot be read, and go on behind it', () => {
    appendPastIncidents(append, 10)
    const database = new DatabaseSync(journal.path)
    database.exec(`UPDATE events SET body = '{}' WHERE incident_id = '${pastIncidentId(5)}'`)
    database.close()
    start()
    expect(untilRead(recorded())).toMatchObject({ total: 9 })
    expect(lines.join('\n')).toContain('An event cannot be read')
  })
})
