import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MOST_COPIED } from '#electron/journal/append.ts'
import { tailProblem } from '#electron/journal/tail-words.ts'
import type { SqliteJournal } from '#electron/journal/sqlite.ts'
import {
  delivery,
  fired,
  memoryLogger,
  noted,
  opened,
  stillClock,
  temporaryFolder,
  valueOf,
} from '#test/contract/journal-fixtures.ts'
import { hasModes } from '#test/fixtures/owner-only.ts'

const NOTES = 20

let folder: ReturnType<typeof temporaryFolder>
let running: SqliteJournal
let clock: ReturnType<typeof stillClock>
/** The data directory as a process leaves it that is killed now. */
let killed: string

const file = (suffix: string) => join(killed, `journal.sqlite${suffix}`)
const note = (journal: SqliteJournal, from: number, to: number) => {
  for (let number = from; number <= to; number += 1) {
    valueOf(journal.append([noted(`note ${String(number)}`)], []))
  }
}
/** What is on the disk now, in a folder of its own: what a kill leaves behind. */
const kill = () => {
  killed = join(folder.path, `killed-${String(readdirSync(folder.path).length)}`)
  cpSync(join(folder.path, 'data'), killed, { recursive: true })
}
const flip = (path: string, part: number) => {
  const bytes = readFileSync(path)
  const at = Math.floor((bytes.length - 1) * part)
  bytes[at] = (bytes[at] ?? 0) ^ 0x10
  writeFileSync(path, bytes)
}
/** The notes that the next start finds, by their numbers. */
const reopen = (options: Parameters<typeof opened>[1] = {}) => {
  const journal = opened(killed, options)
  const { state, tail } = journal.load()
  expect(state.seq).toBe(0)
  const numbers = tail.map(({ id }) => Number(id.replace('note ', '')))
  return { journal, numbers, finding: journal.tail }
}
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

beforeEach(() => {
  folder = temporaryFolder()
  clock = stillClock()
  running = opened(join(folder.path, 'data'), { clock })
  note(running, 1, NOTES)
  kill()
})
afterEach(() => {
  running.close()
  folder.remove()
})

const remove = (suffix: string) => () => {
  rmSync(file(suffix))
}
const damages: readonly (readonly [string, 'damaged' | 'missing', () => void])[] = [
  ...[0.001, 0.1, 0.35, 0.5, 0.77, 0.99].map(
    (part) =>
      [
        `a flipped bit in the log at ${String(part)}`,
        'damaged',
        () => {
          flip(file('-wal'), part)
        },
      ] as const,
  ),
  ['no log', 'missing', remove('-wal')],
  [
    'neither log nor its index',
    'missing',
    () => {
      remove('-wal')()
      remove('-shm')()
    },
  ],
  [
    'an empty log',
    'damaged',
    () => {
      truncateSync(file('-wal'), 0)
    },
  ],
  [
    'a log that is cut in half',
    'damaged',
    () => {
      truncateSync(file('-wal'), Math.floor(statSync(file('-wal')).size / 2))
    },
  ],
]

describe('the end of a journal after a kill', () => {
  it('is there when nothing is damaged', () => {
    const { journal, numbers, finding } = reopen()
    expect(numbers).toEqual(upTo(NOTES))
    expect(finding).toBeNull()
    journal.close()
  })

  it('is there without the index of the log', () => {
    remove('-shm')()
    const { journal, numbers, finding } = reopen()
    expect(numbers).toEqual(upTo(NOTES))
    expect(finding).toBeNull()
    journal.close()
  })

  it.each(damages)('is restored with %s, and that is said', (_name, log, damage) => {
    damage()
    const logger = memoryLogger()
    const { journal, numbers, finding } = reopen({ logger })
    expect(numbers).toEqual(upTo(NOTES))
    expect(finding).toMatchObject({ kind: 'restored', log })
    expect(logger.lines.join()).toContain('The end of the journal was damaged')
    // It goes on from there, and is said once.
    valueOf(journal.append([noted(`note ${String(NOTES + 1)}`)], []))
    journal.close()
    const next = reopen()
    expect(next.numbers).toEqual(upTo(NOTES + 1))
    expect(next.finding).toBeNull()
    next.journal.close()
  })

  it.each(damages)('survives another kill and %s again', (_name, log, damage) => {
    damage()
    const first = opened(killed)
    note(first, NOTES + 1, NOTES + 50)
    const again = join(folder.path, 'again')
    cpSync(killed, again, { recursive: true })
    first.close()
    killed = again
    damage()
    const { journal, numbers, finding } = reopen()
    expect(numbers).toEqual(upTo(NOTES + 50))
    expect(finding).toMatchObject({ kind: 'restored', log })
    journal.close()
  })

  it('needs its copy for what was recorded in the last seconds alone', () => {
    clock.fire()
    kill()
    // Empty, so that damage to it does nothing.
    expect(statSync(file('-wal')).size).toBe(0)
    expect(statSync(file('-tail')).size).toBeLessThan(200)
    remove('-wal')()
    const { journal, numbers, finding } = reopen()
    expect(numbers).toEqual(upTo(NOTES))
    expect(finding).toBeNull()
    journal.close()
  })

  it('is restored from where the database ends', () => {
    clock.fire()
    note(running, NOTES + 1, NOTES + 26)
    kill()
    remove('-wal')()
    const { journal, numbers, finding } = reopen()
    expect(numbers).toEqual(upTo(NOTES + 26))
    expect(finding).toEqual({ kind: 'restored', log: 'missing', events: 26 })
    expect(tailProblem(finding!)).toMatchObject({
      code: 'journal-tail-restored',
      message: 'The last 26 records of the journal were restored from a copy.',
    })
    journal.close()
  })

  it('brings its deliveries back, and what became of them', () => {
    clock.fire()
    valueOf(running.append([noted('a'), noted('b')], [delivery('d1', 'a'), delivery('d2', 'b')]))
    valueOf(running.append([], [], [{ key: 'd1', state: 'sent', attempts: 1, nextAt: 0 }]))
    const before = running.waitingDeliveries('notification', 9)
    kill()
    remove('-wal')()
    const journal = opened(killed)
    expect(journal.waitingDeliveries('notification', 9)).toEqual(before)
    expect(journal.incidentEvents('incident-1', 1)).toMatchObject([{ id: 'b' }])
    journal.close()
  })

  it('is left alone where only the copy is damaged', () => {
    flip(file('-tail'), 0.5)
    const { journal, numbers, finding } = reopen()
    expect(numbers).toEqual(upTo(NOTES))
    expect(finding).toBeNull()
    journal.close()
  })

  it('is restored up to where the copy is damaged too, and the rest is counted as lost', () => {
    clock.fire()
    note(running, NOTES + 1, NOTES + 60)
    kill()
    remove('-wal')()
    flip(file('-tail'), 0.5)
    const { journal, numbers, finding } = reopen()
    const last = numbers.at(-1) ?? 0
    expect(numbers).toEqual(upTo(last))
    expect(last).toBeGreaterThan(NOTES)
    expect(last).toBeLessThan(NOTES + 60)
    expect(finding).toMatchObject({ kind: 'lost', last, recorded: NOTES + 60 })
    const lost = String(NOTES + 60 - last)
    const { message, hint } = tailProblem(finding!)
    expect(message).toBe(
      `The journal ends at event ${String(last)}, but ${String(NOTES + 60)} were recorded: the last ${lost} records are lost.`,
    )
    expect(hint).toContain('check the open incidents and do it again')
    expect(hint).toContain('journal.sqlite-tail.kept-20261121T063000Z')
    journal.close()
    const next = reopen()
    expect(next.finding).toBeNull()
    next.journal.close()
  })

  it('is counted, and not restored, from a storm on', () => {
    clock.fire()
    note(running, NOTES + 1, NOTES + 5)
    const storm = Array.from({ length: MOST_COPIED + 1 }, (_, index) => fired(index))
    valueOf(running.append(storm, []))
    note(running, NOTES + 6, NOTES + 8)
    kill()
    expect(statSync(file('-tail')).size).toBeLessThan(20_000)
    remove('-wal')()
    const { journal, numbers, finding } = reopen()
    expect(numbers).toEqual(upTo(NOTES + 5))
    const recorded = NOTES + 8 + storm.length
    expect(finding).toMatchObject({ kind: 'lost', last: NOTES + 5, recorded })
    journal.close()
  })

  it('is not said to be whole where the copy is cut off', () => {
    remove('-wal')()
    truncateSync(file('-tail'), Math.floor(statSync(file('-tail')).size / 2) - 10)
    const { journal, numbers, finding } = reopen()
    expect(finding).toMatchObject({ kind: 'lost', last: numbers.length, recorded: null })
    journal.close()
  })

  it('is said to be doubtful where neither log nor copy is left', () => {
    clock.fire()
    note(running, NOTES + 1, NOTES + 5)
    kill()
    remove('-wal')()
    remove('-tail')()
    const { journal, numbers, finding } = reopen()
    // What had been moved into the database is there: it is never more than the last seconds.
    expect(numbers).toEqual(upTo(NOTES))
    expect(finding).toEqual({
      kind: 'lost',
      log: 'missing',
      last: NOTES,
      recorded: null,
      keptAt: null,
    })
    expect(tailProblem(finding!).message).toBe(
      'Records at the end of the journal may be lost: it ends at event 20, and how many followed is unknown.',
    )
    journal.close()
  })

  it('is not put on an older copy of the journal, and what that lacks is counted', () => {
    const backup = join(folder.path, 'backup')
    clock.fire()
    cpSync(running.path, backup)
    note(running, NOTES + 1, NOTES + 10)
    clock.fire()
    note(running, NOTES + 11, NOTES + 12)
    kill()
    cpSync(backup, file(''))
    remove('-wal')()
    const { journal, numbers, finding } = reopen()
    expect(numbers).toEqual(upTo(NOTES))
    expect(finding).toMatchObject({ kind: 'lost', last: NOTES, recorded: NOTES + 12 })
    journal.close()
  })

  it('is not taken from another journal', () => {
    const other = join(folder.path, 'other')
    const another = opened(other)
    valueOf(another.append([noted('other 1'), noted('other 2')], []))
    another.close()
    cpSync(join(other, 'journal.sqlite'), file(''))
    remove('-wal')()
    const journal = opened(killed)
    expect(journal.load().tail.map(({ id }) => id)).toEqual(['other 1', 'other 2'])
    expect(journal.tail).toMatchObject({ kind: 'lost', last: 2, recorded: NOTES })
    journal.close()
  })

  it('keeps nobody from watching where the disk has no room to restore it', () => {
    clock.fire()
    valueOf(running.append([noted('long', { text: 'x'.repeat(200_000) })], []))
    kill()
    remove('-wal')()
    const journal = opened(killed, { maxPages: 1 })
    expect(journal.tail).toMatchObject({ kind: 'lost', last: NOTES, recorded: NOTES + 1 })
    expect(readdirSync(killed)).toContain('journal.sqlite-tail.kept-20261121T063000Z')
    journal.close()
  })
})

describe('the copy of the end of a journal', () => {
  it('is for its owner only, and gone after a clean stop', () => {
    if (hasModes) expect(statSync(file('-tail')).mode & 0o777).toBe(0o600)
    const journal = opened(killed)
    journal.close()
    expect(readdirSync(killed)).toEqual(['engine.lock', 'journal.sqlite'])
  })

  it('costs nothing but itself where it cannot be written', () => {
    opened(killed).close()
    mkdirSync(file('-tail'))
    const logger = memoryLogger()
    const journal = opened(killed, { logger })
    expect(logger.lines.join()).toContain('The copy of the end of the journal could not be begun')
    note(journal, NOTES + 1, NOTES + 3)
    expect(journal.load().tail).toHaveLength(NOTES + 3)
    rmdirSync(file('-tail'))
    journal.close()
  })

  it('is kept while somebody reads the journal, as the log is', () => {
    const reader = new DatabaseSync(running.path, { readOnly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM events').get()
    note(running, NOTES + 1, NOTES + 5)
    clock.fire()
    kill()
    expect(readFileSync(file('-tail'), 'utf8')).toContain(`"note ${String(NOTES + 5)}"`)
    const { journal, numbers } = reopen()
    expect(numbers).toEqual(upTo(NOTES + 5))
    journal.close()
    reader.exec('COMMIT')
    reader.close()
    // It is tried again by itself, although nothing was recorded since.
    clock.fire()
    kill()
    expect(statSync(file('-wal')).size).toBe(0)
  })
})
