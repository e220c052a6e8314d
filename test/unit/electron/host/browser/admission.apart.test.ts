import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { createAdmission } from '#electron/host/browser/admission.ts'
import { openDoor } from '#electron/host/browser/door/door.ts'
import { IDLE_FOR_MS, type Session } from '#electron/host/browser/door/sessions.ts'
import { ownerGuest } from '#electron/host/browser/door/owner-sign-in.ts'
import { beginSession } from '#renderer/engine/door/handshake.ts'
import { DOOR_WITHIN_MS } from '#shared/contract/door.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'

// As on a machine whose editors have used up all that can be watched.
vi.mock('node:fs', async (original) => ({
  ...(await original<object>()),
  watch() {
    throw new Error('ENOSPC: System limit for number of file watchers reached')
  },
}))

const host = '127.0.0.1:4280'
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-admission-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function setUp() {
  const clock = createFakeClock()
  const door = openDoor({ dataDirectory: folder, clock, logger: silentLogger })
  const refusals: string[] = []
  const refused = (reason: string) => void refusals.push(reason)
  const admission = createAdmission({ door, clock, logger: silentLogger, refused })
  const admitted: Session[] = []
  function connect() {
    const sent: string[] = []
    const closed: number[] = []
    const socket = Object.assign(new EventEmitter(), {
      readyState: 1,
      OPEN: 1,
      send: (text: string) => void sent.push(text),
      close: (code: number) => void closed.push(code),
    })
    admission.receive(socket as unknown as WebSocket, { host, browser: 'x' }, (session) => {
      admitted.push(session)
    })
    return { socket, sent, closed }
  }
  /** Signs a browser in over a socket. */
  async function letIn({ socket, sent }: ReturnType<typeof connect>) {
    const code = door.invitations.create(ownerGuest, clock.now())
    const handshake = beginSession(code, { host, now: () => clock.now() })
    socket.emit('message', Buffer.from(JSON.stringify(handshake.hello)))
    const proof = await handshake.receive(sent[0] ?? '')
    if (proof.kind !== 'send') throw new Error(proof.kind)
    socket.emit('message', Buffer.from(JSON.stringify(proof.message)))
    const session = admitted.at(-1)
    if (!session) throw new Error('It was not let in')
    return session.id
  }
  return { clock, door, admission, refusals, connect, letIn }
}

it('waits 10 s for who says nothing', async () => {
  const { clock, admission, refusals, connect } = setUp()
  const { closed } = connect()
  await clock.advance(DOOR_WITHIN_MS - 1)
  expect(closed).toEqual([])
  await clock.advance(1)
  expect(closed).toEqual([1008])
  expect(refusals).toEqual(['slow'])
  admission.close()
})

it('closes a revoked session within a second where no folder can be watched', async () => {
  const { clock, door, admission, connect, letIn } = setUp()
  const connection = connect()
  const { sent, closed } = connection
  door.sessions.revoke(await letIn(connection), clock.now())
  await clock.advance(1_000)
  expect(sent.at(-1)).toBe(JSON.stringify({ type: 'refused', reason: 'revoked' }))
  expect(closed).toEqual([4_401])
  admission.close()
})

it('counts a connection that is open as use, for as long as it is', async () => {
  const { clock, door, admission, connect, letIn } = setUp()
  const connection = connect()
  const id = await letIn(connection)
  for (let day = 0; day < 40; day += 1) {
    clock.jump(24 * 3_600_000)
    await clock.advance(1_000)
  }
  expect(door.sessions.find(id, host, clock.now())).toMatchObject({ ok: true })
  connection.socket.emit('close')
  clock.jump(IDLE_FOR_MS + 24 * 3_600_000)
  await clock.advance(1_000)
  expect(door.sessions.find(id, host, clock.now())).toEqual({ ok: false, error: 'expired' })
  admission.close()
})
