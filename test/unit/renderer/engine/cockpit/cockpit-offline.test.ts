// Before Dexie, which looks for the database when it is loaded.
import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '#test/setup/eventually.ts'
import type { ClientPorts } from '#renderer/engine/bridge/ports.ts'
import { sleeplessClock } from '#renderer/engine/bridge/sleepless-clock.ts'
import { SocketClient } from '#renderer/engine/bridge/socket-client.ts'
import { OfflineDatabase } from '#renderer/engine/offline/database.ts'
import { onlyTab } from '#renderer/engine/offline/tabs.ts'
import type { Announcement } from '#renderer/engine/cockpit/announcements.ts'
import { createCockpit } from '#renderer/engine/cockpit/cockpit.ts'
import { LOST_AFTER_MS } from '#shared/contract/messages.ts'
import { incidentWith, triggered } from '#test/fixtures/watch-entities.ts'
import { emptySnapshot, FakePorts, pulseAt } from '../bridge/fake-engine.ts'
import { freshName } from '../offline/fake-browser.ts'

const HOUR_MS = 3_600_000

const opened: OfflineDatabase[] = []
afterEach(() => {
  for (const database of opened.splice(0)) database.close()
})

/** A page on a browser that keeps things; `leave` is what the browser calls when it goes. */
function openPage(name: string, at = 0) {
  const ports = new FakePorts()
  ports.now = at
  let leave: () => void = () => undefined
  const cockpit = createCockpit(new SocketClient(ports), ports, {
    open: (events) => {
      const database = new OfflineDatabase(name, events)
      opened.push(database)
      return database
    },
    tabs: onlyTab('me'),
    person: 'me',
    listenLeaving: (callback) => {
      leave = callback
    },
  })
  const said: Announcement[] = []
  cockpit.announcements.add((announcement) => said.push(announcement))
  return { ports, cockpit, said, leave: () => leave() }
}

/** The ports of a page whose machine may sleep. */
function withSleep(fake: FakePorts): ClientPorts {
  const { wall, after, random, newId, openSocket } = fake
  return { wall, after, random, newId, openSocket, steady: sleeplessClock(fake) }
}

/** A page that heard of an incident and was left. */
async function pageThatWasLeft() {
  const name = freshName()
  const page = openPage(name)
  page.ports.greet()
  page.ports.say({ type: 'delta', events: [triggered(1, 'a')] })
  page.leave()
  const [database] = opened
  await eventually(async () => {
    expect(await database?.heard.count()).toBe(1)
  })
  return { name, ...page }
}

describe('a page loaded without its engine', () => {
  it('shows what was known last, as old as it is, and never as current', async () => {
    const { name } = await pageThatWasLeft()
    const { ports, cockpit } = openPage(name, 240_000)
    ports.socket.handlers.closed()
    await eventually(() => {
      expect(cockpit.mirror.getState().watch?.incidents.has('a')).toBe(true)
    })
    const { connection } = cockpit.mirror.getState()
    expect(connection).toMatchObject({ phase: 'lost', lastHeard: { steady: 0 } })
    expect(cockpit.ui.getState().selectedId).toBe('a')
    ports.pass(300)
    expect(cockpit.mirror.getState().connection).toMatchObject({
      isTrying: true,
      lastHeard: { steady: 0 },
    })
  })

  it('shows it too while an engine hangs, and drops it for the first snapshot', async () => {
    const { name } = await pageThatWasLeft()
    const { ports, cockpit } = openPage(name)
    await eventually(() => {
      ports.pass(1_000)
      expect(cockpit.mirror.getState().watch?.incidents.has('a')).toBe(true)
    })
    expect(cockpit.mirror.getState().connection).toMatchObject({ phase: 'lost', isTrying: true })
    ports.socket.handlers.opened()
    ports.say({
      ...emptySnapshot,
      state: {
        ...emptySnapshot.state,
        incidents: [incidentWith({ id: 'a' }), incidentWith({ id: 'worse', severity: 'P0' })],
      },
    })
    expect(cockpit.mirror.getState().connection).toEqual({ phase: 'open' })
    // Nobody chose what was selected: the most urgent one is.
    expect(cockpit.ui.getState().selectedId).toBe('worse')
  })

  it('leaves it out when the engine was faster', async () => {
    const { name } = await pageThatWasLeft()
    const { ports, cockpit } = openPage(name)
    ports.greet()
    await cockpit.offline.recall()
    ports.pass(2_000)
    ports.say(pulseAt(1))
    expect(cockpit.mirror.getState().watch?.incidents.size).toBe(0)
    ports.pass(LOST_AFTER_MS)
    expect(cockpit.mirror.getState().watch?.incidents.size).toBe(0)
  })
})

describe('a machine that sleeps', () => {
  it('finds what it knew a night older, on the screen and in what it keeps', async () => {
    const fake = new FakePorts()
    const ports = withSleep(fake)
    const name = freshName()
    const open = (events: ConstructorParameters<typeof OfflineDatabase>[1]) => {
      const database = new OfflineDatabase(name, events)
      opened.push(database)
      return database
    }
    let leave: () => void = () => undefined
    const listenLeaving = (callback: () => void) => {
      leave = callback
    }
    const keeps = { open, tabs: onlyTab('me'), person: 'me', listenLeaving }
    const { mirror, engineNow, steady } = createCockpit(new SocketClient(ports), ports, keeps)
    fake.greet()
    fake.say(pulseAt(fake.wall()))
    const heardAt = fake.wall()
    fake.pass(LOST_AFTER_MS)
    fake.wallOffset += 8 * HOUR_MS
    expect(engineNow()).toBe(heardAt + LOST_AFTER_MS + 8 * HOUR_MS)
    const { connection } = mirror.getState()
    const lastHeard = connection.phase === 'lost' ? connection.lastHeard : null
    expect(steady() - (lastHeard?.steady ?? Infinity)).toBe(LOST_AFTER_MS + 8 * HOUR_MS)
    leave()
    await eventually(async () => {
      expect(await opened[0]?.heard.toArray()).toMatchObject([{ heardAt, isReleased: true }])
    })
  })

  it('looks at once whether the engine is there when it wakes', () => {
    const fake = new FakePorts()
    const client = new SocketClient(withSleep(fake))
    fake.greet()
    fake.wallOffset += HOUR_MS
    client.nudge()
    expect(client.connection()).toMatchObject({ phase: 'lost', isTrying: true })
  })
})

describe('what is done while the engine is lost', () => {
  it('waits, is said, and goes out when it is back; the draft went with the note', async () => {
    const { cockpit, ports, said } = openPage(freshName())
    ports.greet()
    ports.say({ type: 'delta', events: [triggered(1, 'a')] })
    ports.pass(LOST_AFTER_MS)
    cockpit.actions.setDraft('a', 'seen')
    await cockpit.actions.acknowledge('a')
    await cockpit.actions.sendNote('a')
    await cockpit.actions.acknowledge('a')
    expect(cockpit.ui.getState().drafts.size).toBe(0)
    expect(cockpit.ui.getState().work.get('a')?.refusal?.error.message).toContain('Already queued')
    expect(said.map(({ text }) => text)).toEqual([
      expect.stringContaining('New incident'),
      expect.stringContaining('queued until it returns'),
      'Queued: Acknowledge, Incident a',
      'Queued: Note, Incident a',
      expect.stringContaining('Already queued.'),
    ])

    ports.pass(1_000)
    ports.greet()
    for (const name of ['incident.acknowledge', 'incident.note']) {
      await eventually(() => {
        expect(ports.socket.sent.at(-1)).toMatchObject({ type: 'request', name })
      })
      const sent = ports.socket.sent.at(-1)
      const id = sent?.type === 'request' ? sent.id : ''
      ports.say({ type: 'response', id, outcome: { ok: true, value: { seq: 2 } } })
    }
    await eventually(() => {
      expect(cockpit.offline.state.getState().kept).toEqual([])
    })
    expect(said.slice(-2).map(({ text }) => text)).toEqual([
      'Delivered. Acknowledged: Incident a',
      'Delivered. Note added: Incident a',
    ])
  })

  it('can be taken back: the text of a note becomes a draft again', async () => {
    const { cockpit, ports } = openPage(freshName())
    ports.greet()
    ports.say({ type: 'delta', events: [triggered(1, 'a')] })
    ports.pass(LOST_AFTER_MS)
    cockpit.actions.setDraft('a', 'seen')
    await cockpit.actions.sendNote('a')
    const [note] = cockpit.offline.state.getState().kept
    await cockpit.actions.withdraw(note!)
    expect(cockpit.offline.state.getState().kept).toEqual([])
    expect(cockpit.ui.getState().drafts.get('a')).toBe('seen')
  })

  it('asks before resolving what fired when it was seen last', async () => {
    const { cockpit, ports } = openPage(freshName())
    ports.greet()
    ports.say({
      ...emptySnapshot,
      state: { ...emptySnapshot.state, incidents: [incidentWith({ id: 'a' })] },
    })
    ports.pass(LOST_AFTER_MS)
    await cockpit.actions.resolve('a')
    expect(cockpit.ui.getState().dialog).toMatchObject({ kind: 'resolve', incidentId: 'a' })
    expect(cockpit.offline.state.getState().kept).toEqual([])
    await cockpit.actions.resolve('a', true)
    expect(cockpit.offline.state.getState().kept).toMatchObject([
      { name: 'incident.resolve', input: { evenIfFiring: true } },
    ])
  })

  it('is refused in words where it concerns the watch itself', async () => {
    const { cockpit, ports } = openPage(freshName())
    ports.greet()
    ports.pass(LOST_AFTER_MS)
    await cockpit.actions.doNotDisturb(9e15)
    expect(cockpit.ui.getState().watchRefusal?.code).toBe('engine-unreachable')
    expect(cockpit.offline.state.getState().kept).toEqual([])
  })
})

describe('what a person may not see any more', () => {
  it('is erased where it was kept, and shown no longer', async () => {
    const name = freshName()
    const { ports, cockpit } = openPage(name)
    ports.greet()
    ports.say({ type: 'delta', events: [triggered(1, 'secret'), triggered(2, 'open')] })
    cockpit.actions.select('secret')
    const [database] = opened
    const timeline = { entries: [], marks: [], span: null, hasOlder: false, hasNewer: false }
    for (const id of ['secret', 'open']) {
      cockpit.offline.timelines.keep(id, timeline)
      cockpit.actions.setDraft(id, 'a draft')
    }
    await eventually(async () => {
      expect(await database!.timelines.count()).toBe(2)
    })

    const state = { ...emptySnapshot.state, seq: 3, incidents: [incidentWith({ id: 'open' })] }
    ports.say({ type: 'snapshot', state, withheld: ['secret'] })
    const { selectedId, departed, drafts } = cockpit.ui.getState()
    expect([selectedId, departed]).toEqual(['open', null])
    expect([...drafts.keys()]).toEqual(['open'])
    await eventually(async () => {
      expect(await database!.timelines.toCollection().primaryKeys()).toEqual(['open'])
    })
    // What comes late is not kept either.
    cockpit.offline.timelines.keep('secret', timeline)
    expect(await cockpit.offline.timelines.recall('secret')).toBeNull()
    await eventually(async () => {
      expect(await database!.timelines.toCollection().primaryKeys()).toEqual(['open'])
      const kept = await database!.entities.toArray()
      expect(JSON.stringify(kept)).not.toContain('secret')
    })

    // Given back, it is kept as anything.
    ports.say({ type: 'snapshot', state: { ...state, seq: 4 } })
    cockpit.offline.timelines.keep('secret', timeline)
    await eventually(async () => {
      expect(await database!.timelines.count()).toBe(2)
    })
  })
})
