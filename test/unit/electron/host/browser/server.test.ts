import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { runAccess } from '#electron/host/browser/access/run.ts'
import { openDoor, type Door } from '#electron/host/browser/door/door.ts'
import type { Guest } from '#electron/host/browser/door/guest.ts'
import { ownerGuest } from '#electron/host/browser/door/owner-sign-in.ts'
import { startServer, type BrowserServer } from '#electron/host/browser/server.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { ROTATE_AFTER_MS } from '#shared/contract/door.ts'
import {
  serverMessageSchema,
  type PushMessage,
  type ServerMessage,
} from '#shared/contract/index.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { openSocketAt, proveAt, signInAt, type Knocked } from '#test/fixtures/door-client.ts'
import { silentLogger, startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { hasModes } from '#test/fixtures/owner-only.ts'
import { ada, bo } from '#test/fixtures/persons.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { inviteCode } from '#test/fixtures/sign-in.ts'

let folder: string
let test: TestEngine
let server: BrowserServer
let door: Door
let owner: Knocked
const logged: object[] = []
const closers: (() => void)[] = []
/** Who listens to the engine. */
const told = new Set<(message: PushMessage) => void>()

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-host-'))
  const cockpit = join(folder, 'cockpit')
  mkdirSync(join(cockpit, 'assets'), { recursive: true })
  writeFileSync(join(cockpit, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  writeFileSync(join(cockpit, 'assets', 'app.js'), 'export {}')
  writeFileSync(join(cockpit, 'service-worker.js'), 'addEventListener("fetch", () => {})')
  const source = createScriptedSource('am')
  source.show([signal({ alertname: 'HighErrorRate', severity: 'critical' })])
  test = startTestEngine([source])
  await test.clock.advance(0)
  logged.length = 0
  const clock = createNodeClock()
  door = openDoor({ dataDirectory: folder, clock, logger: silentLogger })
  told.clear()
  server = await startServer({
    engine: {
      ...test.engine,
      viewFor(person) {
        const view = test.engine.viewFor(person)
        return {
          ...view,
          listen(listener) {
            told.add(listener)
            return view.listen(listener)
          },
        }
      },
    },
    logger: { ...silentLogger, warn: (fields) => logged.push(fields) },
    door,
    directory: { owner: () => ada, people: () => [{ ...ada, runs: false }] },
    clock,
    port: 0,
    cockpit,
  })
})

afterEach(async () => {
  for (const close of closers.splice(0)) close()
  await server.close()
  await test.engine.stop()
  rmSync(folder, { recursive: true })
})

/** A browser that was signed in with a fresh link. */
async function signedIn(guest: Guest = ownerGuest): Promise<Knocked> {
  const knocked = await signInAt({ port: server.port }, inviteCode(folder, guest))
  closers.push(() => {
    knocked.socket.terminate()
  })
  return knocked
}

const boActs: Guest = {
  person: { kind: 'invited', ...bo },
  rights: ['read', 'act'],
}

const ownerLooks: Guest = { person: { kind: 'owner' }, rights: ['read'] }

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

async function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body = '',
): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.setEncoding('utf8')
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return { status: response.statusCode ?? 0, headers: response.headers, body: text }
}

/** Waits for a message of a kind. */
async function until(
  { socket, messages }: Knocked,
  type: ServerMessage['type'],
): Promise<ServerMessage> {
  for (;;) {
    const found = messages
      .map((text) => serverMessageSchema.parse(JSON.parse(text)))
      .find((message) => message.type === type)
    if (found) return found
    await once(socket, 'deckwatch')
  }
}

describe('the shell', () => {
  it('is there for everybody, under a strict policy, and holds nothing', async () => {
    const page = await get('/')
    expect(page.status).toBe(200)
    expect(page.headers['set-cookie']).toBeUndefined()
    const nonce = /nonce-([A-Za-z0-9_-]+)'/.exec(
      String(page.headers['content-security-policy']),
    )?.[1]
    expect(page.body).toContain(`content="${nonce ?? 'none'}"`)
    expect(String(page.headers['content-security-policy'])).not.toContain('unsafe')
    expect(page.body).not.toContain('HighErrorRate')
    expect((await get('/assets/app.js')).status).toBe(200)
    const worker = await get('/service-worker.js')
    expect(worker.headers['content-type']).toContain('text/javascript')
    expect(worker.headers['cache-control']).toBe('no-cache')
    expect(worker.headers['content-security-policy']).toBe("default-src 'none'; connect-src 'self'")
    expect(worker.body).toMatch(
      /^self\.deckwatchShell=\{"version":"[\w-]{16}","assets":\["\/assets\/app\.js"\]\};\n/,
    )
  })

  it.each([
    ['a foreign host (DNS rebinding)', { host: 'evil.example' }],
    ['localhost, which may be another address', { host: 'localhost:PORT' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ])('refuses %s, counts and logs it without what was sent', async (_name, headers) => {
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value.replace('PORT', String(server.port)),
      ]),
    )
    expect((await get('/', sent)).status).toBe(403)
    expect((await get('/assets/app.js', sent)).status).toBe(403)
    expect(Object.values(server.refused())).toEqual([2])
    expect(JSON.stringify(logged)).not.toContain('evil')
  })

  it('refuses path traversal, unknown paths and bodies', async () => {
    for (const path of ['/assets/../../sign-in/host-key.pem', '/assets/%2e%2e/%2e%2e/x']) {
      const answer = await get(path)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.body).not.toContain('PRIVATE')
    }
    expect((await get('/nothing')).status).toBe(404)
    const json = { 'content-type': 'application/json' }
    const large = await get('/', json, 'POST', `"${'x'.repeat(5_000)}"`)
    expect(large.status).toBeGreaterThanOrEqual(400)
  })

  it('takes the cookie of older versions away', async () => {
    const cookie = `deckwatch-${String(server.port)}=key`
    expect(String((await get('/', { cookie })).headers['set-cookie'])).toContain('Max-Age=0')
  })
})

describe('the door', () => {
  it('lets a browser in with a link, once', async () => {
    const code = inviteCode(folder)
    const first = await signInAt({ port: server.port }, code)
    expect(first.record).toMatchObject({ state: 'in', person: 'me' })
    first.socket.terminate()
    const second = await signInAt({ port: server.port }, code)
    expect(second.refusal).toBe('bad-code')
    expect(server.refused()).toEqual({ 'bad-code': 1 })
    expect(JSON.stringify(logged)).not.toContain(code)
  })

  it('lets a browser in again that proves its session, with keys that follow one another', async () => {
    const { record, socket } = await signedIn()
    socket.terminate()
    const again = await proveAt({ port: server.port }, record!)
    expect(again.record).toBe(record)
    again.socket.terminate()
    const later = { port: server.port, now: () => Date.now() + ROTATE_AFTER_MS + 1 }
    const renewed = await proveAt(later, record!)
    expect(renewed.record?.key).not.toBe(record!.key)
    renewed.socket.terminate()
    // Until the new one was used the old one is good: its announcement may have been lost.
    const old = await proveAt({ port: server.port }, record!)
    expect(old.record).toBeDefined()
    old.socket.terminate()
    const next = await proveAt({ port: server.port }, renewed.record!)
    expect(next.record).toBeDefined()
    next.socket.terminate()
    const outdated = await proveAt({ port: server.port }, record!)
    expect(outdated.refusal).toBe('unknown')
  })

  it('is closed to a proof for another address, session or key', async () => {
    const mine = await signedIn()
    const theirs = await signedIn(boActs)
    const at = { port: server.port }
    const elsewhere = await proveAt({ ...at, host: '127.0.0.1:1' }, mine.record!)
    // The host's own proof is for its address, so such a cockpit does not even answer.
    expect(elsewhere.refusal).toBe('other-host')
    const stolen = await proveAt(at, { ...mine.record!, session: theirs.record!.session })
    expect(stolen.refusal).toBe('unknown')
    const invented = await proveAt(at, { ...mine.record!, session: '../../host-key.x' })
    expect(invented.record).toBeUndefined()
  })

  it('keeps nothing on disk that opens it, all of it for its owner alone', async () => {
    const code = inviteCode(folder)
    await signedIn()
    const files = readdirSync(join(folder, 'sign-in'), { recursive: true, withFileTypes: true })
    for (const file of files) {
      const path = join(file.parentPath, file.name)
      if (hasModes) expect(statSync(path).mode & 0o077, path).toBe(0)
      if (file.isFile()) expect(readFileSync(path, 'utf8') + file.name).not.toContain(code)
    }
    expect(files.filter((file) => file.isFile()).length).toBeGreaterThan(2)
  })

  it('bounds how often somebody can guess, and lets nobody in meanwhile', async () => {
    const guess = 'A'.repeat(43)
    for (let count = 0; count < 20; count += 1) {
      const { socket, refusal } = await signInAt({ port: server.port }, guess)
      expect(refusal).toBe('bad-code')
      socket.terminate()
    }
    const code = inviteCode(folder)
    expect((await signInAt({ port: server.port }, code)).refusal).toBe('too-many')
    // The code was not used up by that.
    expect(door.invitations.take(code, Date.now())).not.toBeNull()
    // Told of now and then: who goes on and on must not fill the disk.
    expect(logged.length).toBeLessThan(7)
  })

  it('lets in who is signed in, whoever guesses meanwhile', async () => {
    const { record } = await signedIn()
    for (let count = 0; count < 20; count += 1) {
      const { socket } = await signInAt({ port: server.port }, 'A'.repeat(43))
      socket.terminate()
    }
    const again = await proveAt({ port: server.port }, record!)
    closers.push(() => {
      again.socket.terminate()
    })
    expect(again.record).toBe(record)
  })

  it('has room for who comes when others hold all the places', async () => {
    const holding: WebSocket[] = []
    while (holding.length < 32) {
      const socket = await openSocketAt(server.port)
      holding.push(socket)
      closers.push(() => {
        socket.terminate()
      })
    }
    const closed = once(holding[0]!, 'close')
    expect((await signedIn()).record).toBeDefined()
    const [code] = (await closed) as [number]
    expect(code).toBe(1013)
    expect(server.refused()).toEqual({ crowded: 1 })
    expect(holding.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(31)
  })

  it('refuses nobody, and goes on, where it cannot read its own files', async () => {
    const { record } = await signedIn()
    const path = join(door.places.sessions, `${record!.session}.json`)
    const kept = readFileSync(path, 'utf8')
    rmSync(path)
    mkdirSync(path)
    const lost = await proveAt({ port: server.port }, record!)
    expect(lost).toMatchObject({ messages: [] })
    expect([lost.record, lost.refusal]).toEqual([undefined, undefined])
    rmSync(path, { recursive: true })
    writeFileSync(path, kept)
    const again = await proveAt({ port: server.port }, record!)
    closers.push(() => {
      again.socket.terminate()
    })
    expect(again.record).toBe(record)
  })

  it.each([
    ['nothing but a request', JSON.stringify({ type: 'sync' })],
    [
      'a request of the contract',
      JSON.stringify({ type: 'request', id: 'x'.repeat(9), name: 'why', input: {} }),
    ],
    [
      'a proof before a challenge',
      JSON.stringify({ type: 'proof', session: 'a'.repeat(16), signature: 'b'.repeat(86) }),
    ],
    ['no JSON', 'hello'],
    ['something large', 'y'.repeat(8_000)],
  ])('answers %s with its close', async (_name, text) => {
    const socket = await openSocketAt(server.port)
    const said: unknown[] = []
    socket.on('message', (data) => said.push(data))
    socket.send(text)
    await once(socket, 'close')
    expect(said).toEqual([])
    expect(server.refused()).toEqual({ malformed: 1 })
    expect(JSON.stringify(logged)).not.toContain('yyy')
  })

  it.each([
    ['without an origin', { origin: '' }],
    ['from another page', { origin: 'https://evil.example' }],
    ['from another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ])('gives no socket to a request %s', async (_name, headers) => {
    await expect(openSocketAt(server.port, headers)).rejects.toThrow(/403/)
    expect(server.refused()).toEqual({ 'foreign-origin': 1 })
  })
})

describe('revoking', () => {
  it('refuses the session at once, and closes what is open', async () => {
    const { record, socket, messages } = await signedIn(boActs)
    const other = await signedIn()
    const closed = once(socket, 'close')
    expect(runAccess({ name: 'revoke', who: 'bo' }, folder, Date.now())).toMatchObject({ ok: true })
    await closed
    expect(messages.at(-1)).toBe(JSON.stringify({ type: 'refused', reason: 'revoked' }))
    expect((await proveAt({ port: server.port }, record!)).refusal).toBe('revoked')
    expect(other.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('carries nothing out that is on its way when the session ends', async () => {
    const { socket } = await signedIn(boActs)
    const [incident] = test.engine.state().incidents.values()
    runAccess({ name: 'revoke', who: 'bo' }, folder, Date.now())
    const input = { incidentId: incident!.id }
    socket.send(
      JSON.stringify({ type: 'request', id: 'request-1', name: 'incident.acknowledge', input }),
    )
    await once(socket, 'close')
    expect(test.engine.state().incidents.get(incident!.id)?.acknowledged).toBeNull()
  })

  it('takes links back that were not used', async () => {
    const code = inviteCode(folder, boActs)
    runAccess({ name: 'revoke', who: 'bo' }, folder, Date.now())
    expect((await signInAt({ port: server.port }, code)).refusal).toBe('bad-code')
  })
})

describe('two people on one host', () => {
  it('are recorded each under their own id, whatever they claim', async () => {
    const [incident] = test.engine.state().incidents.values()
    const input = { incidentId: incident!.id }
    const theirs = await signedIn(boActs)
    const status = await until(theirs, 'status')
    expect(status).toMatchObject({
      status: { you: { ...bo, rights: ['read', 'act'] }, owner: 'ada' },
    })
    theirs.socket.send(
      JSON.stringify({
        type: 'request',
        id: 'request-of-bo',
        name: 'incident.acknowledge',
        input: { ...input, actor: ada, person: ada, rights: ['configure'] },
        actor: ada,
        rights: ['configure'],
      }),
    )
    await until(theirs, 'response')
    const mine = await signedIn()
    mine.socket.send(
      JSON.stringify({
        type: 'request',
        id: 'request-of-ada',
        name: 'incident.note',
        input: { ...input, text: 'x' },
      }),
    )
    expect(await until(mine, 'response')).toMatchObject({ outcome: { ok: true } })
    const noted = await until(mine, 'delta')
    expect(noted).toMatchObject({ events: [{ actor: personActor(ada, 'cockpit') }] })
    expect([...test.engine.state().incidents.values()][0]?.acknowledged?.by).toEqual(
      personActor(bo, 'cockpit'),
    )
  })

  it('a wall display can look, and nothing else', async () => {
    const wall = await signedIn(ownerLooks)
    const [incident] = test.engine.state().incidents.values()
    const input = { incidentId: incident!.id }
    wall.socket.send(
      JSON.stringify({ type: 'request', id: 'request-1', name: 'incident.acknowledge', input }),
    )
    expect(await until(wall, 'response')).toMatchObject({
      outcome: { ok: false, error: { code: 'not-permitted' } },
    })
    expect(test.engine.state().incidents.get(incident!.id)?.acknowledged).toBeNull()
  })
})

describe('a notification that was pressed on this machine', () => {
  it('moves the pages of its owner, and nobody else’s', async () => {
    const mine = await signedIn()
    const theirs = await signedIn(boActs)
    const wall = await signedIn(ownerLooks)
    for (const each of [mine, theirs, wall]) await until(each, 'snapshot')
    for (const tell of told) tell({ type: 'open', incidentId: 'incident-1' })
    await until(mine, 'open')
    for (const each of [theirs, wall]) {
      each.messages.length = 0
      each.socket.send(JSON.stringify({ type: 'sync' }))
      await until(each, 'snapshot')
      expect(each.messages.join()).not.toContain('"open"')
    }
  })

  it('opens a window although somebody else looks at a page', async () => {
    const look = JSON.stringify({ type: 'presence', hasFocus: true })
    for (const guest of [boActs, ownerLooks]) (await signedIn(guest)).socket.send(look)
    const mine = await signedIn()
    expect(server.hasFocus()).toBe(false)
    mine.socket.send(look)
    await expect.poll(() => server.hasFocus()).toBe(true)
  })
})

describe('the socket', () => {
  beforeEach(async () => {
    owner = await signedIn()
  })

  it('greets with a snapshot, answers requests and sends numbered deltas', async () => {
    const { socket } = owner
    const box = { until: (type: ServerMessage['type']) => until(owner, type) }
    const snapshot = await box.until('snapshot')
    if (snapshot.type !== 'snapshot') throw new Error('not a snapshot')
    const [incident] = snapshot.state.incidents
    socket.send(
      JSON.stringify({
        type: 'request',
        id: 'request-0001',
        name: 'incident.acknowledge',
        input: { incidentId: incident?.id },
      }),
    )
    const response = await box.until('response')
    expect(response).toMatchObject({ id: 'request-0001', outcome: { ok: true } })
    const delta = await box.until('delta')
    expect(delta).toMatchObject({
      events: [{ seq: snapshot.state.seq + 1, actor: { name: 'ada' } }],
    })
    socket.close()
    await once(socket, 'close')
  })

  it.each([
    ['half a minute ago', -30_000, true],
    ['in an hour', 3_600_000, false],
  ])('records when a command that was kept was given: %s', async (_name, offset, isBelieved) => {
    const { socket } = owner
    const box = { until: (type: ServerMessage['type']) => until(owner, type) }
    const snapshot = await box.until('snapshot')
    if (snapshot.type !== 'snapshot') throw new Error('not a snapshot')
    const givenAt = Date.now() + offset
    socket.send(
      JSON.stringify({
        type: 'request',
        id: 'request-0001',
        name: 'incident.acknowledge',
        input: { incidentId: snapshot.state.incidents[0]?.id },
        givenAt,
      }),
    )
    const delta = await box.until('delta')
    if (delta.type !== 'delta') throw new Error('not a delta')
    const said = personActor(ada, 'cockpit')
    const actor = isBelieved ? { ...said, saidAt: givenAt } : said
    expect(delta.events[0]).toMatchObject({ at: test.clock.now() })
    expect(delta.events[0]?.actor).toEqual(actor)
    expect([...test.engine.state().incidents.values()][0]?.acknowledged?.by).toEqual(actor)
    socket.close()
    await once(socket, 'close')
  })

  it.each([
    ['malformed', 'not json'],
    ['malformed', JSON.stringify({ type: 'request', id: 'x' })],
    ['oversized-or-broken', 'y'.repeat(1_100_000)],
  ])('closes on a %s message', async (reason, text) => {
    const { socket } = owner
    socket.send(text)
    await once(socket, 'close')
    expect(server.refused()).toEqual({ [reason]: 1 })
    expect(JSON.stringify(logged)).not.toContain('yyy')
  })

  it('says in words that an operation is unknown or its input wrong', async () => {
    const { socket } = owner
    const box = { until: (type: ServerMessage['type']) => until(owner, type) }
    socket.send(JSON.stringify({ type: 'request', id: 'request-1', name: '__proto__', input: {} }))
    expect(await box.until('response')).toMatchObject({
      outcome: { error: { code: 'unknown-operation' } },
    })
    socket.close()
    await once(socket, 'close')
  })
})
