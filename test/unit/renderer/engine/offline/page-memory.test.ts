// Before Dexie, which looks for the database when it is loaded.
import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '#test/setup/eventually.ts'
import type { OfflineDatabase } from '#renderer/engine/offline/database.ts'
import { keepDrafts } from '#renderer/engine/offline/drafts.ts'
import { createLooked } from '#renderer/engine/offline/looked.ts'
import { LeavingDatabase } from '#renderer/engine/offline/leaving-database.ts'
import { keepPageSettings } from '#renderer/engine/offline/page-settings.ts'
import { createTimelineShelf } from '#renderer/engine/offline/timelines.ts'
import { createUiStore } from '#renderer/engine/page/ui-store.ts'
import { freshName, openTestDatabase } from './fake-browser.ts'

const DAY = 24 * 3_600_000
const opened: { close(): void }[] = []
afterEach(() => {
  for (const database of opened.splice(0)) database.close()
})
function open() {
  const { database } = openTestDatabase()
  opened.push(database)
  return database
}
/** Where the pages of this database leave what they have not kept. */
function leavingOf({ name }: OfflineDatabase) {
  const leaving = new LeavingDatabase(name)
  opened.push(leaving)
  return leaving
}
const ignore = () => undefined
const failed = () => {
  throw new Error('the storage failed')
}

describe('drafts', () => {
  const openPage = async (database: OfflineDatabase, at: number) => {
    const ui = createUiStore()
    const leaving = leavingOf(database)
    const keeper = keepDrafts({
      database,
      leaving,
      ui,
      wall: () => at,
      failed,
      read: ignore,
      saved: ignore,
    })
    await keeper.recall()
    return ui
  }

  it('outlive the page, key by key, and go with what was sent', async () => {
    const database = open()
    const ui = await openPage(database, DAY)
    ui.setState({
      drafts: new Map([
        ['a', 'res'],
        ['b', 'other'],
      ]),
    })
    ui.setState({
      drafts: new Map([
        ['a', 'restarted'],
        ['b', 'other'],
      ]),
    })
    await eventually(async () => {
      expect(await database.drafts.toArray()).toMatchObject([
        { incidentId: 'a', text: 'restarted' },
        { incidentId: 'b', text: 'other' },
      ])
    })
    const after = await openPage(database, DAY)
    expect(after.getState().drafts.get('a')).toBe('restarted')
    after.setState({ drafts: new Map([['b', 'other']]) })
    await eventually(async () => {
      expect(await database.drafts.count()).toBe(1)
    })
  })

  it('do not overwrite what is being written already', async () => {
    const database = open()
    await database.drafts.put({ incidentId: 'a', text: 'old', at: DAY })
    const ui = createUiStore()
    const leaving = leavingOf(database)
    const keeper = keepDrafts({
      database,
      leaving,
      ui,
      wall: () => DAY,
      failed,
      read: ignore,
      saved: ignore,
    })
    ui.setState({ drafts: new Map([['a', 'new']]) })
    await keeper.recall()
    expect(ui.getState().drafts.get('a')).toBe('new')
  })

  it('are given up after a month, and left alone where they cannot be read', async () => {
    const database = open()
    await database.drafts.bulkPut([
      { incidentId: 'old', text: 'x', at: 0 },
      { incidentId: 'odd', text: 5, at: 40 * DAY },
    ])
    const ui = await openPage(database, 40 * DAY)
    expect(ui.getState().drafts.size).toBe(0)
    expect(await database.drafts.toCollection().primaryKeys()).toEqual(['odd'])
  })
})

describe('drafts of a page that goes at once', () => {
  const page = async (database: OfflineDatabase, at = DAY) => {
    const leaving = leavingOf(database)
    await leaving.open()
    const ui = createUiStore()
    // What it writes after it went fails, and nobody is there to hear of it.
    const ports = {
      database,
      leaving,
      ui,
      wall: () => at,
      failed: ignore,
      read: ignore,
      saved: ignore,
    }
    const keeper = keepDrafts(ports)
    await keeper.recall()
    const leave = () => {
      leaving.leave({ watch: null, drafts: keeper.leave(), timelines: [] })
      // Nothing that this page still writes arrives.
      database.close()
    }
    return { ui, leave }
  }
  const drafts = (texts: Record<string, string>) => ({ drafts: new Map(Object.entries(texts)) })

  it('come back, and those that were sent do not', async () => {
    const name = freshName()
    const one = openTestDatabase(name).database
    opened.push(one)
    const before = await page(one)
    before.ui.setState(drafts({ a: 'sent soon', b: 'stays' }))
    await eventually(async () => {
      expect(await one.drafts.count()).toBe(2)
    })
    before.ui.setState(drafts({ b: 'stays, longer', c: 'new' }))
    before.leave()

    const two = openTestDatabase(name).database
    opened.push(two)
    const after = await page(two)
    expect(Object.fromEntries(after.ui.getState().drafts)).toEqual({ b: 'stays, longer', c: 'new' })
    expect(await two.drafts.count()).toBe(2)
  })

  it('give way to what another page wrote on since', async () => {
    const name = freshName()
    const one = openTestDatabase(name).database
    const before = await page(one)
    before.ui.setState(drafts({ a: 'old' }))
    before.leave()

    const two = openTestDatabase(name).database
    opened.push(two)
    await two.drafts.put({ incidentId: 'a', text: 'newer', at: DAY + 1 })
    const after = await page(two, DAY + 2)
    expect(after.ui.getState().drafts.get('a')).toBe('newer')
  })
})

describe('the folded sections', () => {
  it('stay as they were chosen', async () => {
    const database = open()
    const ui = createUiStore()
    await keepPageSettings({ database, ui, failed })
    ui.setState({ collapsed: new Set(['snoozed']) })
    await eventually(async () => {
      expect(await database.settings.count()).toBe(1)
    })
    const after = createUiStore()
    await keepPageSettings({ database, ui: after, failed })
    expect([...after.getState().collapsed]).toEqual(['snoozed'])
  })

  it('are those of everybody where what was kept is no section', async () => {
    const database = open()
    await database.settings.put({ name: 'collapsed', value: ['attic'] })
    const ui = createUiStore()
    const { collapsed } = ui.getState()
    await keepPageSettings({ database, ui, failed })
    expect(ui.getState().collapsed).toBe(collapsed)
  })
})

describe('timelines', () => {
  const timeline = { entries: [], marks: [], span: null, hasOlder: true, hasNewer: false }

  it('are read without the engine; the oldest readings go', async () => {
    const database = open()
    let now = 0
    const shelf = createTimelineShelf({ database, leaving: leavingOf(database) }, () => (now += 1))
    shelf.keep('first', timeline)
    await eventually(async () => {
      expect(await shelf.recall('first')).toEqual(timeline)
    })
    for (let count = 0; count < 100; count += 1) shelf.keep(`i${String(count)}`, timeline)
    await eventually(async () => {
      expect(await database.timelines.count()).toBe(100)
      expect(await shelf.recall('first')).toBeNull()
    })
  })

  it('that are not kept when the page goes are left behind, and taken over where they are newer', async () => {
    const name = freshName()
    const { database } = openTestDatabase(name)
    const leaving = leavingOf(database)
    await leaving.open()
    const shelf = createTimelineShelf({ database, leaving }, () => 5)
    shelf.keep('a', timeline)
    shelf.keep('b', timeline)
    const timelines = shelf.leave()
    expect(timelines.map(({ incidentId }) => incidentId)).toEqual(['a', 'b'])
    leaving.leave({ watch: null, drafts: [], timelines })
    // Nothing that this page still writes arrives.
    database.close()

    const next = openTestDatabase(name).database
    opened.push(next)
    const newer = { ...timeline, hasOlder: false }
    await next.timelines.clear()
    await next.timelines.put({ incidentId: 'b', at: 6, timeline: newer })
    const after = createTimelineShelf({ database: next, leaving: leavingOf(next) }, () => 7)
    expect(await after.recall('a')).toEqual(timeline)
    expect(await after.recall('b')).toEqual(newer)
    expect(await next.timelines.count()).toBe(2)
    expect(await leaving.timelines.count()).toBe(0)
    expect(after.leave()).toEqual([])
  })

  it('are simply not there without a database', async () => {
    const shelf = createTimelineShelf(null, () => 0)
    shelf.keep('a', timeline)
    expect(await shelf.recall('a')).toBeNull()
    const closed = open()
    closed.close()
    const ports = { database: closed, leaving: leavingOf(closed) }
    expect(await createTimelineShelf(ports, () => 0).recall('a')).toBeNull()
  })
})

describe('when an incident was looked at last', () => {
  it('outlives the page, each incident by itself', async () => {
    const database = open()
    const looked = createLooked(database)
    expect(await looked.last('a')).toBeNull()
    looked.leave('a', { seq: 7, at: DAY })
    looked.leave('b', { seq: 8, at: DAY })
    looked.leave('a', { seq: 9, at: 2 * DAY })
    expect(await looked.last('a')).toEqual({ seq: 9, at: 2 * DAY })
    await eventually(async () => {
      expect(await createLooked(database).last('a')).toEqual({ seq: 9, at: 2 * DAY })
    })
    expect(await createLooked(database).last('b')).toEqual({ seq: 8, at: DAY })
  })

  it('is kept of the incidents that were left last', async () => {
    const database = open()
    const looked = createLooked(database)
    for (let index = 0; index < 310; index += 1) {
      looked.leave(`i${String(index)}`, { seq: index, at: DAY })
    }
    await eventually(async () => {
      expect(await createLooked(database).last('i309')).not.toBeNull()
    })
    expect(await createLooked(database).last('i0')).toBeNull()
    expect(await createLooked(database).last('i10')).not.toBeNull()
  })

  it('lasts as long as the page where nothing can be kept, or nothing can be read', async () => {
    const looked = createLooked(null)
    looked.leave('a', { seq: 7, at: DAY })
    expect(await looked.last('a')).toEqual({ seq: 7, at: DAY })
    const database = open()
    await database.settings.put({ name: 'looked', value: 'nonsense' })
    expect(await createLooked(database).last('a')).toBeNull()
    database.close()
    expect(await createLooked(database).last('a')).toBeNull()
  })
})
