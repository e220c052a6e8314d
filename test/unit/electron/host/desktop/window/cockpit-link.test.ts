import { beforeEach, describe, expect, it } from 'vitest'
import { createIpcRegistrar } from '#electron/host/desktop/security/ipc-registrar.ts'
import { createCockpitLink, type CockpitLink } from '#electron/host/desktop/window/cockpit-link.ts'
import { desktopChannels } from '#shared/contract/desktop-bridge.ts'
import { SLICE_SIZE } from '#shared/contract/snapshot-slices.ts'
import type { ServerMessage } from '#shared/contract/index.ts'
import type { PushMessage } from '#shared/contract/messages.ts'
import { Emitter } from '#test/fixtures/electron-stand-in/emitter.ts'
import { silentLogger, startTestEngine } from '#test/fixtures/engine.ts'
import { ada } from '#test/fixtures/persons.ts'
import { ownerCaller } from '#shared/domain/person/caller.ts'

let sent: string[]
let isAwake: boolean
let push: (message: PushMessage) => void
let link: CockpitLink

beforeEach(() => {
  sent = []
  isAwake = true
  const { engine, clock } = startTestEngine([])
  const ipcMain = new Emitter()
  link = createCockpitLink({
    registrar: createIpcRegistrar({ ipcMain, contentsId: () => 1, logger: silentLogger }),
    engine: {
      ...engine,
      listen(listener) {
        push = listener
        return () => undefined
      },
    },
    caller: () => ownerCaller(ada),
    clock,
    sendToPage: (_channel, _number, text) => {
      sent.push((JSON.parse(String(text)) as ServerMessage).type)
    },
    isAwake: () => isAwake,
  })
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
