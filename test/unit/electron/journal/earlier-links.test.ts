import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewEvent } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import {
  heldTogether,
  ids,
  memoryLogger,
  noted,
  opened,
  stillClock,
  summaryOf,
  summarySent,
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

const sql = (text: string) => {
  const database = new DatabaseSync(join(folder.path, 'journal.sqlite'))
  database.exec(text)
  database.close()
}

/** A journal as the version before wrote it: without links. */
function oldJournal(events: readonly NewEvent[]): void {
  const journal = opened(folder.path)
  valueOf(journal.append(events, []))
  journal.close()
  sql(`
    DROP TABLE event_links;
    DROP TABLE subject_links;
    ALTER TABLE deliveries DROP COLUMN kind;
    ALTER TABLE deliveries ADD COLUMN body TEXT NOT NULL DEFAULT '';
    PRAGMA user_version = 1;
  `)
}

const story = [
  noted('n', { incidentId: 'a' }),
  ...summaryOf('p', ['a', 'b']),
  heldTogether('h', ['b']),
]
const openMark = () => {
  const database = new DatabaseSync(join(folder.path, 'journal.sqlite'), { readOnly: true })
  const row = database.prepare("SELECT value FROM marks WHERE key = 'journal/linked-to'").get()
  database.close()
  return row?.['value'] ?? null
}

describe('the journal of the version before', () => {
  it('has what several incidents share on each timeline as soon as it is opened', () => {
    oldJournal([...story, summarySent('s', 'p')])
    const journal = opened(folder.path)
    expect(ids(journal.incidentEvents('a', 9))).toEqual(['1 n', '2 p requested', '4 s'])
    expect(ids(journal.incidentEvents('b', 9))).toEqual(['2 p requested', '3 h', '4 s'])
    expect(openMark()).toBeNull()
    journal.close()
  })

  it('is linked in pieces when it is long, goes on after a restart, and links what comes meanwhile', () => {
    const many = Array.from({ length: 45_000 }, (_, index) => noted(`note ${String(index)}`))
    oldJournal([...many.slice(0, 21_000), ...story, ...many.slice(21_000)])
    const first = opened(folder.path)
    expect(openMark()).toBe('20000')
    expect(first.incidentEvents('b', 9)).toEqual([])
    // Its page was not come to yet.
    valueOf(first.append([summarySent('s', 'p')], []))
    first.close()

    const clock = stillClock()
    const second = opened(folder.path, { clock })
    expect(openMark()).toBe('40000')
    expect(ids(second.incidentEvents('b', 9))).toEqual(['21002 p requested', '21003 h'])
    clock.fire()
    expect(openMark()).toBeNull()
    expect(ids(second.incidentEvents('b', 9))).toEqual(['21002 p requested', '21003 h', '45004 s'])
    second.close()
  })

  it('opens although an event of several incidents is damaged, and is checked at the next start', () => {
    const events = [...story, summarySent('s', 'p')]
    oldJournal(events)
    const before = opened(folder.path)
    const { state, tail } = before.load()
    valueOf(before.writeSnapshot(evolve(state, tail)))
    before.close()
    sql(`
      DELETE FROM event_links;
      INSERT INTO marks VALUES ('journal/linked-to', '0');
      UPDATE events SET checksum = checksum + 1 WHERE id = 'h';
    `)
    const logger = memoryLogger()
    const journal = opened(folder.path, { logger })
    expect(logger.lines.join()).toContain('Earlier events could not be linked')
    expect(ids(journal.incidentEvents('a', 9))).toEqual(['1 n'])
    journal.close()
    expect(existsSync(join(folder.path, 'journal.sqlite.suspect'))).toBe(true)
  })
})
