import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDoor, type Door } from '#electron/host/browser/door/door.ts'
import { ownerGuest } from '#electron/host/browser/door/owner-sign-in.ts'
import { openDoorSocket, signIn, type OpenWire } from '#renderer/engine/door/door-socket.ts'
import { neverIn, type DoorRecord, type KeyStore } from '#renderer/engine/door/key-store.ts'
import type { Refusal } from '#renderer/engine/bridge/ports.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { eventually } from '#test/setup/eventually.ts'
import { createFakeClock, type FakeClock } from '#test/fixtures/fake-clock.ts'

const host = '127.0.0.1:4280'
let folder: string
let clock: FakeClock
let door: Door
let kept: DoorRecord

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-door-'))
  clock = createFakeClock()
  door = openDoor({ dataDirectory: folder, clock, logger: silentLogger })
  kept = neverIn
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const keys: KeyStore = {
  read: () => Promise.resolve(kept),
  write(record) {
    kept = record
    return Promise.resolve()
  },
}

/** What the host says on the newest wire. */
let say: (text: string) => void = () => undefined
const wire: OpenWire = (handlers) => {
  const knock = door.knock(host, 'a browser')
  say = (text) => {
    queueMicrotask(() => {
      handlers.received(text)
    })
  }
  queueMicrotask(() => {
    handlers.opened()
  })
  return {
    send(text) {
      const answer = knock.receive(text)
      if (answer) say(JSON.stringify(answer.message))
    },
    close: () => undefined,
  }
}
const ports = { wire, keys, host, now: () => clock.now() }

const nothingBefore = () => Promise.resolve()
const signInAnew = (before: Parameters<typeof signIn>[2] = nothingBefore) =>
  signIn(ports, door.invitations.create(ownerGuest, clock.now()), before)

/** A tab whose connection is let in. */
async function openTab() {
  const opened = Promise.withResolvers<undefined>()
  const closed = Promise.withResolvers<Refusal | undefined>()
  openDoorSocket(ports, 'me', {
    opened: () => {
      opened.resolve(undefined)
    },
    received: () => undefined,
    closed: closed.resolve,
  })
  await opened.promise
  return { refuse: say, closed: closed.promise }
}

const revoked = JSON.stringify({ type: 'refused', reason: 'revoked' })

it('is told that its session was revoked', async () => {
  await signInAnew()
  const tab = await openTab()
  tab.refuse(revoked)
  expect(await tab.closed).toBe('revoked')
})

it('goes on with the session that another tab began, when the older one is revoked', async () => {
  await signInAnew()
  const tab = await openTab()
  await signInAnew()
  tab.refuse(revoked)
  // Without a reason it comes back, with the newer session; with one that would be erased.
  expect(await tab.closed).toBeUndefined()
})

it('is signed in only once what was to be done before is done', async () => {
  const cleared = Promise.withResolvers<undefined>()
  let person = ''
  const signedIn = signInAnew(async (record) => {
    ;({ person } = record)
    await cleared.promise
  })
  await eventually(() => {
    expect(person).toBe('me')
  })
  expect(kept).toBe(neverIn)
  cleared.resolve(undefined)
  await signedIn
  expect(kept).toMatchObject({ state: 'in', person: 'me' })
})
