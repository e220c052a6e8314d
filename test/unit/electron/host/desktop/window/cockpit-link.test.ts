import { beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '#electron/engine/engine.ts'
import type { EngineStanding } from '#electron/host/desktop/engine-keeper.ts'
import { createIpcRegistrar } from '#electron/host/desktop/security/ipc-registrar.ts'
import { createCockpitLink, type CockpitLink } from '#electron/host/desktop/window/cockpit-link.ts'
import { desktopChannels } from '#shared/contract/desktop-bridge.ts'
import { SLICE_SIZE } from '#shared/contract/snapshot-slices.ts'
import type { ServerMessage } from '#shared/contract/index.ts'
import type { PushMessage } from '#shared/contract/messages.ts'
import { Emitter } from '#test/fixtures/electron-stand-in/emitter.ts'
import { silentLogger, startTestEngine } from '#test/fixtures/engine.ts'
import { ada } from '#test/fixtures/persons.ts'

let sent: string[]
let isAwake: boolean
let push: (message: PushMessage) => void
let link: CockpitLink

const running = (engine: Engine): EngineStanding => ({
  kind: 'running',
  running: { engine, owner: () => ada, people: () => [], stop: () => Promise.resolve() },
})

beforeEach(() => {
  sent = []
  isAwake = true
  const { engine, clock } = startTestEngine([])
  const ipcMain = new Emitter()
  link = createCockpitLink({
    registrar: createIpcRegistrar({ ipcMain, contentsId: () => 1, logger: silentLogger }),
    clock,
    sendToPage: (_channel, _number, text) => {
      sent.push((JSON.parse(String(text)) as ServerMessage).type)
    },
    isAwake: () => isAwake,
    tryAgain: () => undefined,
  })
  link.take(
    running({
      ...engine,
      viewFor: (person) => ({
        ...engine.viewFor(person),
        listen(listener) {
          push = listener
          return () => undefined
        },
      }),
    }),
  )
  const page = {
    sender: { id: 1 },
    senderFrame: { origin: 'deckwatch-app://cockpit', parent: null },
  }
  ipcMain.emit(desktopChannels.connect, page, 1)
  sent.length = 0
})

const pulse: PushMessage = { type: 'pulse', now: 0, pulses: [] }
const delta: PushMessage = { type: 'delta', events: [] }
const greeting = ['snapshot', 'status', 'pulse', 'measurements', 'services']

describe('the link to the page', () => {
  it('sends deltas only to a page that can be seen', () => {
    push(delta)
    isAwake = false
    push(delta)
    push(pulse)
    expect(sent).toEqual(['delta', 'pulse'])
  })

  it('gives a page that missed something all of it before it hears anything more', () => {
    isAwake = false
    push(delta)
    isAwake = true
    push(pulse)
    expect(sent).toEqual([...greeting, 'pulse'])
    push(delta)
    expect(sent.slice(greeting.length + 1)).toEqual(['delta'])
  })

  it('sends one snapshot instead of the deltas of a page that woke unnoticed', () => {
    isAwake = false
    push(delta)
    isAwake = true
    // More events than one slice holds: the snapshot comes once, for all of them.
    const at = {
      id: 'e',
      at: 0,
      type: 'quiet.ended',
      by: { kind: 'person', id: 'ada', name: 'ada' },
    }
    push({ type: 'delta', events: Array.from({ length: SLICE_SIZE + 1 }, () => at as never) })
    expect(sent).toEqual(greeting)
  })

  it('greets once when the window tells that it is seen again', () => {
    isAwake = false
    push(delta)
    isAwake = true
    link.wake()
    push(pulse)
    expect(sent).toEqual([...greeting, 'pulse'])
  })
})

describe('the link without an engine', () => {
  const journal = { message: 'The journal is damaged.', hint: 'Use a backup.', triedAt: 7 }

  function make() {
    const { engine, clock } = startTestEngine([])
    const ipcMain = new Emitter()
    const received: unknown[][] = []
    let asked = 0
    const made = createCockpitLink({
      registrar: createIpcRegistrar({ ipcMain, contentsId: () => 1, logger: silentLogger }),
      clock,
      sendToPage: (...message) => void received.push(message),
      isAwake: () => true,
      tryAgain: () => void (asked += 1),
    })
    const say = (channel: string, ...args: unknown[]) => {
      const senderFrame = { origin: 'deckwatch-app://cockpit', parent: null }
      ipcMain.emit(channel, { sender: { id: 1 }, senderFrame }, ...args)
    }
    return { link: made, engine, received, say, asked: () => asked }
  }

  it('ends each connection with the reason, until there is one', () => {
    const { link: made, engine, received, say } = make()
    made.take({ kind: 'missing', journal })
    say(desktopChannels.connect, 1)
    say(desktopChannels.connect, 2)
    expect(received).toEqual([
      [desktopChannels.closed, 1, journal],
      [desktopChannels.closed, 2, journal],
    ])
    received.length = 0
    made.take(running(engine))
    expect(received).toEqual([])
    say(desktopChannels.connect, 3)
    expect(received.map(([channel, number]) => [channel, number])).toContainEqual([
      desktopChannels.receive,
      3,
    ])
  })

  it('has the last connection wait while the engine is being started', () => {
    const { link: made, engine, received, say } = make()
    say(desktopChannels.connect, 1)
    say(desktopChannels.connect, 2)
    expect(received).toEqual([])
    made.take(running(engine))
    expect(new Set(received.map(([, number]) => number))).toEqual(new Set([2]))
  })

  it('answers nobody who has gone meanwhile', () => {
    const { link: made, received, say } = make()
    say(desktopChannels.connect, 1)
    say(desktopChannels.disconnect, 1)
    made.take({ kind: 'missing', journal })
    made.take({ kind: 'starting' })
    say(desktopChannels.connect, 2)
    made.drop()
    made.take({ kind: 'missing', journal })
    expect(received).toEqual([])
  })

  it('passes on that the page wants another attempt, and nothing with it', () => {
    const { say, asked } = make()
    say(desktopChannels.tryAgain)
    say(desktopChannels.tryAgain, { path: '/etc/passwd' })
    expect(asked()).toBe(1)
  })
})
