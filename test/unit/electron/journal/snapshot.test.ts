import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { emptyWatch, toSnapshot, type WatchState } from '#shared/domain/watch/state.ts'
import {
  fired,
  memoryLogger,
  noted,
  opened,
  temporaryFolder,
  triggered,
  valueOf,
} from '#test/contract/journal-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
let events: readonly Event[]

/** A journal with snapshots after 1, 2, 3 and 4 of its 5 events. */
beforeEach(() => {
  folder = temporaryFolder()
  const journal = opened(folder.path)
  events = valueOf(
    journal.append([triggered('t', 'incident-1'), fired(1), fired(2), noted('a'), noted('b')], []),
  )
  for (const seq of [1, 2, 3, 4]) valueOf(journal.writeSnapshot(stateAt(seq)))
  journal.close()
})
afterEach(() => {
  folder.remove()
})

const stateAt = (seq: number): WatchState => evolve(emptyWatch, events.slice(0, seq))

const sql = (text: string) => {
  const database = new DatabaseSync(`${folder.path}/journal.sqlite`)
  const rows = database.prepare(text).all()
  database.close()
  return rows
}

/** Loads in a fresh process's stead, and checks that nothing of the truth was lost. */
const loadedFrom = () => {
  const logger = memoryLogger()
  const journal = opened(folder.path, { logger })
  const { state, tail } = journal.load()
  expect(toSnapshot(evolve(state, tail))).toEqual(toSnapshot(stateAt(5)))
  journal.close()
  return { seq: state.seq, warnings: logger.lines }
}

describe('snapshots', () => {
  it('are kept by two', () => {
    expect(sql('SELECT seq FROM snapshots ORDER BY seq')).toEqual([{ seq: 3 }, { seq: 4 }])
    expect(loadedFrom()).toEqual({ seq: 4, warnings: [] })
  })

  it.each([
    ['cut off', 'body = substr(body, 1, 100)'],
    ['changed by a letter', "body = replace(body, 'Slow', 'Slim')"],
    ['given another checksum', 'checksum = checksum + 1'],
    [
      'about another event',
      'body = (SELECT body FROM snapshots WHERE seq = 3), checksum = (SELECT checksum FROM snapshots WHERE seq = 3)',
    ],
  ])('make room for the older one when %s', (_name, change) => {
    sql(`UPDATE snapshots SET ${change} WHERE seq = 4`)
    expect(loadedFrom()).toEqual({
      seq: 3,
      warnings: ['warn A snapshot is unreadable; an older one or the events are used. {"seq":4}'],
    })
  })

  it('are not needed', () => {
    sql("UPDATE snapshots SET body = 'oops'")
    expect(loadedFrom()).toMatchObject({ seq: 0 })
    sql('DELETE FROM snapshots')
    expect(loadedFrom()).toEqual({ seq: 0, warnings: [] })
  })

  it('of another version are left alone', () => {
    sql('UPDATE snapshots SET version = version + 1')
    expect(loadedFrom()).toEqual({ seq: 0, warnings: [] })
  })

  it('that know more than the journal show that events are missing', () => {
    sql('DELETE FROM events WHERE seq > 3')
    expect(() => opened(folder.path)).toThrow('the events after number 3 are missing')
  })
})

describe('a long journal without a snapshot', () => {
  it('is replayed in pieces and ends in the same state', () => {
    const journal = opened(folder.path)
    const more = Array.from({ length: 45_000 }, (_, index) => noted(`n${String(index)}`))
    valueOf(journal.append(more, []))
    journal.close()
    sql('DELETE FROM snapshots')
    const logger = memoryLogger()
    const again = opened(folder.path, { logger })
    const { state, tail } = again.load()
    expect(state.seq).toBe(40_000)
    expect(tail).toHaveLength(5_005)
    expect(evolve(state, tail).incidents.get('incident-1')?.notes).toBe(45_002)
    expect(logger.lines).toEqual([
      'info No recent snapshot: the journal is replayed. {"events":45005}',
    ])
    again.close()
  })
})
