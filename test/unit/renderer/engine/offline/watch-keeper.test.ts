// Before Dexie, which looks for the database when it is loaded.
import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '#test/setup/eventually.ts'
import { KEEP_AFTER_MS, WatchKeeper } from '#renderer/engine/offline/watch-keeper.ts'
import { LeavingDatabase } from '#renderer/engine/offline/leaving-database.ts'
import { toLeftRows } from '#renderer/engine/offline/left-watch.ts'
import { recallWatch } from '#renderer/engine/offline/recall-watch.ts'
import { emptyMirror, type Mirror } from '#renderer/engine/mirror/mirror.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import {
  emptyWatch,
  fromSnapshot,
  toSnapshot,
  type WatchState,
} from '#shared/domain/watch/state.ts'
import { alertWith, eventOf, incidentWith, triggered } from '#test/fixtures/watch-entities.ts'
import { FakePorts } from '../bridge/fake-engine.ts'
import { freshName, openTestDatabase } from './fake-browser.ts'

const opened: { close(): void }[] = []
afterEach(() => {
  for (const database of opened.splice(0)) database.close()
})

/** A page with a keeper, and what it holds. */
function page(name = freshName(), me = 'me') {
  const ports = new FakePorts()
  const { database } = openTestDatabase(name)
  const leaving = new LeavingDatabase(name)
  opened.push(database, leaving)
  const failures: string[] = []
  const keeper = new WatchKeeper({
    database,
    leaving,
    me,
    wall: ports.wall,
    steady: ports.steady,
    after: ports.after,
    failed: () => failures.push('failed'),
  })
  const hear = (watch: WatchState, over: Partial<Mirror> = {}) => {
    const lastHeard = { wall: ports.wall(), steady: ports.steady() }
    keeper.note({ mirror: { ...emptyMirror, watch, ...over }, lastHeard })
  }
  /** It goes in this instant: no write of it that is under way arrives any more. */
  const goAway = () => {
    const left = keeper.leave()
    leaving.leave({ watch: left && toLeftRows(left), drafts: [], timelines: [] })
  }
  /** What a page that is loaded now knows. */
  const recall = () => recallWatch(database, ports, leaving)
  return { name, ports, database, leaving, keeper, hear, goAway, recall, failures }
}

const two = evolve(emptyWatch, [triggered(1, 'a'), triggered(2, 'b')])
const pulse = {
  sourceId: 'am',
  ageMs: 40,
  latencyMs: 3,
  alerts: 2,
  intervalMs: 5_000,
  isPolling: false,
  pausedMs: null,
  remarks: [],
}

describe('the last known watch', () => {
  it('comes back as it was, with its age on the clock of the new page', async () => {
    const { ports, database, keeper, hear } = page()
    ports.now = 10_000
    hear(two, {
      pulses: new Map([['am', { value: pulse, receivedAt: 9_000 }]]),
      engineClock: { value: 77, receivedAt: 9_500 },
    })
    await keeper.write('now')

    // Another page: four minutes later, its steady clock began anew.
    const steady = 500
    const wall = ports.wall() + 240_000
    const recalled = await recallWatch(database, { wall: () => wall, steady: () => steady })
    expect(recalled?.mirror.watch).toEqual(two)
    expect(recalled?.lastHeard).toEqual({ wall: ports.wall(), steady: steady - 240_000 })
    expect(recalled?.mirror.pulses.get('am')?.receivedAt).toBe(steady - 241_000)
    expect(recalled?.mirror.engineClock).toEqual({ value: 77, receivedAt: steady - 240_500 })
  })

  it('is no younger than now when the clock was set back', async () => {
    const { ports, database, keeper, hear } = page()
    hear(two)
    await keeper.write('now')
    const recalled = await recallWatch(database, {
      wall: () => ports.wall() - 3_600_000,
      steady: () => 900,
    })
    expect(recalled?.lastHeard.steady).toBe(900)
  })

  it('is written a while after the first change, and then only what changed', async () => {
    const { ports, database, keeper, hear } = page()
    hear(two)
    ports.pass(KEEP_AFTER_MS - 1)
    await keeper.write('shared')
    const before = await database.entities.toArray()
    expect(before).toHaveLength(2)

    const three = evolve(two, [
      eventOf(3, { type: 'incident.acknowledged', incidentId: 'b' }),
      triggered(4, 'c'),
    ])
    // A mark on what must not be written again.
    await database.entities.update(['incidents', 'a'], { mark: 'untouched' })
    hear(three)
    await keeper.write('shared')
    const rows = await database.entities.toArray()
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatchObject({ id: 'a', mark: 'untouched' })
    expect((await recallWatch(database, ports))?.mirror.watch).toEqual(three)
  })

  it('forgets what is gone', async () => {
    const { ports, database, keeper, hear } = page()
    hear(two)
    await keeper.write('shared')
    const one = { ...two, seq: 9, incidents: new Map([...two.incidents].slice(1)) }
    hear(one)
    await keeper.write('shared')
    expect((await recallWatch(database, ports))?.mirror.watch).toEqual(one)
  })

  it('holds a storm, whole', async () => {
    const { ports, database, keeper, hear } = page()
    const many = Array.from({ length: 1_234 }, (_, index) => String(index))
    const storm = fromSnapshot({
      ...toSnapshot(emptyWatch),
      seq: 5,
      alerts: many.map((key) => alertWith({ key })),
      incidents: many.map((id) => incidentWith({ id })),
    })
    hear(storm)
    await keeper.write('shared')
    expect((await recallWatch(database, ports))?.mirror.watch).toEqual(storm)
  })

  it('is not shown when it is of a build that this one does not understand', async () => {
    const { ports, database, keeper, hear } = page()
    hear(two)
    await keeper.write('shared')
    await database.entities.put({ part: 'incidents', id: 'x', order: 9, value: { id: 'x' } })
    expect(await recallWatch(database, ports)).toBeNull()
  })

  it('is not there before anything was heard', async () => {
    const { ports, database, keeper } = page()
    await keeper.write('leaving')
    expect(await recallWatch(database, ports)).toBeNull()
  })

  it('says once that it cannot be written, and is left alone then', async () => {
    const { database, keeper, hear, failures } = page()
    database.close()
    hear(two)
    await keeper.write('now')
    await keeper.write('now')
    expect(failures).toEqual(['failed'])
  })
})

describe('a page that goes at once', () => {
  /** A page whose leaving database is open already, as it is soon after it was loaded. */
  const readyPage = async (name?: string, me?: string) => {
    const opening = page(name, me)
    await opening.leaving.open()
    await opening.database.open()
    return opening
  }

  it('leaves what it showed, though nothing of it was kept', async () => {
    const { hear, goAway, recall } = await readyPage()
    hear(two)
    goAway()
    expect((await recall())?.mirror.watch).toEqual(two)
  })

  it('leaves it whole in the middle of a write, and of a storm', async () => {
    const { keeper, hear, goAway, recall } = await readyPage()
    hear(two)
    await keeper.write('now')
    const many = Array.from({ length: 321 }, (_, index) => String(index))
    const storm: WatchState = {
      ...two,
      seq: 9,
      incidents: new Map(many.map((id) => [id, incidentWith({ id })])),
    }
    hear(storm)
    const writing = keeper.write('now')
    goAway()
    expect((await recall())?.mirror.watch).toEqual(storm)
    await writing
  })

  it('leaves no entities where all of them are kept, but when they were heard', async () => {
    const { ports, keeper, leaving, hear, goAway, recall } = await readyPage()
    hear(two)
    await keeper.write('now')
    ports.now += 5_000
    hear(two)
    goAway()
    expect(await leaving.watch.count()).toBe(1)
    const recalled = await recall()
    expect(recalled?.mirror.watch).toEqual(two)
    expect(recalled?.lastHeard.wall).toBe(ports.wall())
  })

  it('gives way to what another page has heard since, and is forgotten then', async () => {
    const first = await readyPage()
    first.hear(two)
    first.goAway()
    const next = await readyPage(first.name, 'next')
    next.ports.now += 20_000
    const three = evolve(two, [triggered(3, 'c')])
    next.hear(three)
    await next.keeper.write('shared')
    expect((await next.recall())?.mirror.watch).toEqual(three)
    await eventually(async () => {
      expect(await next.leaving.watch.count()).toBe(0)
    })
  })

  it('is not shown before what was kept after the clock was set back', async () => {
    const first = await readyPage()
    first.ports.wallOffset += 3_600_000
    first.hear(evolve(emptyWatch, [triggered(1, 'future')]))
    first.goAway()
    const next = await readyPage(first.name, 'next')
    next.hear(two)
    await next.keeper.write('now')
    expect((await next.recall())?.mirror.watch).toEqual(two)
  })

  it('is known as it was kept where what was left cannot be read', async () => {
    const { keeper, leaving, hear, goAway, recall, ports } = await readyPage()
    hear(two)
    await keeper.write('now')
    ports.now += 1_000
    hear(evolve(two, [triggered(3, 'c')]))
    goAway()
    await leaving.watch.put({
      part: 1,
      value: [{ part: 'incidents', id: 'x', order: 1, value: 5 }],
    })
    expect((await recall())?.mirror.watch).toEqual(two)
    await leaving.watch.put({ part: 1, value: 'of another build' })
    expect((await recall())?.mirror.watch).toEqual(two)
  })

  it('leaves nothing where a newer tab has taken the database over', async () => {
    const { database, leaving, hear, goAway } = await readyPage()
    hear(two)
    database.close()
    goAway()
    expect(await leaving.watch.count()).toBe(0)
  })
})

describe('two tabs', () => {
  it('leave the writing to the one that does it, until it goes or is silent', async () => {
    const a = page()
    const b = page(a.name, 'other')
    a.hear(two)
    await a.keeper.write('shared')
    const ofB = evolve(emptyWatch, [triggered(1, 'only')])
    b.hear(ofB)
    await b.keeper.write('shared')
    expect((await recallWatch(a.database, a.ports))?.mirror.watch).toEqual(two)

    await a.keeper.write('leaving')
    b.hear(ofB)
    await b.keeper.write('shared')
    expect((await recallWatch(a.database, a.ports))?.mirror.watch).toEqual(ofB)

    // The one that came back finds other rows than it left, and writes all of its own.
    a.ports.now += 60_000
    a.hear(two)
    await a.keeper.write('shared')
    expect((await recallWatch(a.database, a.ports))?.mirror.watch).toEqual(two)
  })

  it('writes what it heard last when the engine is lost, whoever wrote before', async () => {
    const a = page()
    const b = page(a.name, 'other')
    a.hear(two)
    await a.keeper.write('shared')
    const ofB = evolve(two, [triggered(3, 'c')])
    b.hear(ofB)
    await b.keeper.write('now')
    expect((await recallWatch(a.database, a.ports))?.mirror.watch).toEqual(ofB)
  })

  it.each(['now', 'leaving'] as const)(
    'do not lay what was heard long ago over what is newer, writing for %s',
    async (mode) => {
      const old = page()
      const live = page(old.name, 'other')
      old.hear(evolve(emptyWatch, [triggered(1, 'a')]))
      old.ports.now += 3_600_000
      live.ports.now += 3_600_000
      live.hear(two)
      await live.keeper.write('leaving')
      await old.keeper.write(mode)
      expect((await recallWatch(live.database, live.ports))?.mirror.watch).toEqual(two)
    },
  )

  it('write over what was heard in the future: the clock was set back', async () => {
    const a = page()
    const b = page(a.name, 'other')
    a.ports.wallOffset += 3_600_000
    a.hear(evolve(emptyWatch, [triggered(1, 'a')]))
    await a.keeper.write('leaving')
    b.hear(two)
    await b.keeper.write('shared')
    expect((await recallWatch(b.database, b.ports))?.mirror.watch).toEqual(two)
  })
})
