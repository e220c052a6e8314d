import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDoor, type Door } from '#electron/host/browser/door/door.ts'
import type * as PrivateFiles from '#electron/files/private-files.ts'
import { writePrivateFile } from '#electron/files/private-files.ts'
import { createOwnerSignIn, ownerGuest } from '#electron/host/browser/door/owner-sign-in.ts'
import { openSessions } from '#electron/host/browser/door/sessions.ts'
import {
  beginSession,
  proveSession,
  type CockpitHandshake,
} from '#renderer/engine/door/handshake.ts'
import type { SignedIn } from '#renderer/engine/door/key-store.ts'
import { ROTATE_AFTER_MS } from '#shared/contract/door.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createFakeClock, type FakeClock } from '#test/fixtures/fake-clock.ts'

const disk = vi.hoisted(() => ({ isFull: false }))
vi.mock('#electron/files/private-files.ts', async (original) => {
  const real = await original<typeof PrivateFiles>()
  return {
    ...real,
    writePrivateFile(path: string, text: string) {
      if (disk.isFull) throw new Error('ENOSPC: no space left on device, write')
      real.writePrivateFile(path, text)
    },
  }
})

const host = '127.0.0.1:4280'
let folder: string
let clock: FakeClock
let door: Door

beforeEach(() => {
  disk.isFull = false
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-door-'))
  clock = createFakeClock()
  door = openDoor({ dataDirectory: folder, clock, logger: silentLogger })
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const knowing = (later = 0) => ({ host, now: () => clock.now() + later })
const signIn = (code: string) => shakeHands(beginSession(code, knowing()))
const prove = (record: SignedIn, later = 0) => shakeHands(proveSession(record, knowing(later)))

/** What the two say to one another; the record of a browser that was let in, or why it was not. */
async function shakeHands(handshake: CockpitHandshake): Promise<SignedIn | string> {
  const knock = door.knock(host, 'a browser')
  const challenge = knock.receive(JSON.stringify(handshake.hello))
  const proof = await handshake.receive(JSON.stringify(challenge?.message))
  if (proof.kind !== 'send') return proof.kind
  const answer = knock.receive(JSON.stringify(proof.message))
  const step = await handshake.receive(JSON.stringify(answer?.message))
  return step.kind === 'in' ? step.record : step.kind === 'closed' ? step.reason : step.kind
}

async function signedIn(): Promise<SignedIn> {
  const record = await signIn(door.invitations.create(ownerGuest, clock.now()))
  if (typeof record === 'string') throw new Error(record)
  return record
}

describe('a full disk', () => {
  it('keeps nobody out who is signed in, also with a new key', async () => {
    const first = await signedIn()
    disk.isFull = true
    const second = await prove(first, ROTATE_AFTER_MS + 1)
    if (typeof second === 'string') throw new Error(second)
    expect(second.key).not.toBe(first.key)
    expect(await prove(second)).toBe(second)
    expect(await prove(first)).toBe('unknown')
    disk.isFull = false
    expect(await prove(second)).toBe(second)
    door = openDoor({ dataDirectory: folder, clock, logger: silentLogger })
    expect(await prove(second)).toBe(second)
  })

  it('uses up no link', async () => {
    const code = door.invitations.create(ownerGuest, clock.now())
    disk.isFull = true
    await expect(signIn(code)).rejects.toThrow('ENOSPC')
    disk.isFull = false
    expect(await signIn(code)).toMatchObject({ state: 'in' })
    expect(await signIn(code)).toBe('bad-code')
    expect(door.sessions.list(clock.now())).toHaveLength(1)
  })

  it('is got over by the page that signs the owner in', async () => {
    const page = createOwnerSignIn(door, clock, 4280, silentLogger)
    disk.isFull = true
    await clock.advance(31 * 60_000)
    page.renew()
    expect(page.pageOf('incident-1')).toBe(page.page)
    disk.isFull = false
    await clock.advance(60_000)
    expect(await signIn(codeOf(page.page))).toMatchObject({ state: 'in' })
    page.close()
    expect(existsSync(page.page)).toBe(false)
  })
})

describe('files that are not as they should be', () => {
  it('are as good as a mark that a session was revoked, whatever they hold', async () => {
    const record = await signedIn()
    // Such as one that root has made, which this account cannot read.
    mkdirSync(join(door.places.sessions, `${record.session}.revoked`))
    expect(door.sessions.isRevoked(record.session)).toBe(true)
    expect(await prove(record)).toBe('revoked')
  })

  it('are no invitation, and hide no other', async () => {
    const code = 'c'.repeat(43)
    const name = createHash('sha256').update(code).digest('hex')
    mkdirSync(join(door.places.invitations, `${name}.json`))
    expect(await signIn(code)).toBe('bad-code')
    door.invitations.create(ownerGuest, clock.now())
    expect(door.invitations.list(clock.now())).toHaveLength(1)
    expect(door.invitations.revoke('me')).toBe(1)
  })

  it('do not sign a browser out, and hide no other session', async () => {
    const record = await signedIn()
    const path = join(door.places.sessions, `${record.session}.json`)
    rmSync(path)
    mkdirSync(path)
    await expect(prove(record)).rejects.toThrow('EISDIR')
    await signedIn()
    expect(door.sessions.list(clock.now())).toHaveLength(1)
  })

  it('are not left behind by a write that fails', () => {
    expect(() => {
      writePrivateFile(door.places.sessions, 'a folder is in the way')
    }).toThrow()
    expect(readdirSync(door.places.folder).filter((name) => name.startsWith('.'))).toEqual([])
  })
})

it('cannot be talked into a session that is revoked while it is used', async () => {
  const record = await signedIn()
  const found = door.sessions.find(record.session, host, clock.now())
  if (!found.ok) throw new Error(found.error)
  openSessions(door.places.sessions).revoke('me', clock.now())
  // Written back by the host, which had read it before.
  door.sessions.use(found.value, found.value.key, undefined, clock.now())
  expect(await prove(record)).toBe('revoked')
  expect(door.sessions.list(clock.now())).toEqual([])
})

it('takes back the owner’s links of a host that was killed: who took its place may have seen them', async () => {
  const killed = createOwnerSignIn(door, createFakeClock(clock.now()), 4280, silentLogger)
  const codes = [codeOf(killed.page), codeOf(killed.pageOf('incident-1'))]
  const page = createOwnerSignIn(door, clock, 4280, silentLogger)
  for (const code of codes) expect(await signIn(code)).toBe('bad-code')
  expect(await signIn(codeOf(page.page))).toMatchObject({ state: 'in' })
  page.close()
})

function codeOf(page: string): string {
  return /#sign-in=([\w-]+)/.exec(readFileSync(page, 'utf8'))?.[1] ?? 'none'
}
