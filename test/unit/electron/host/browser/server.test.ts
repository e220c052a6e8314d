import { once } from 'node:events'
import { mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startServer, type BrowserServer } from '#electron/host/browser/server.ts'
import { loadToken } from '#electron/host/browser/token.ts'
import { serverMessageSchema, type ServerMessage } from '#shared/contract/index.ts'
import { silentLogger, startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { hasModes, unlookedModes } from '#test/fixtures/owner-only.ts'
import { ada } from '#test/fixtures/persons.ts'
import { ownerCaller } from '#shared/domain/person/caller.ts'
import { personActor } from '#shared/domain/actor/person.ts'

let folder: string
let test: TestEngine
let server: BrowserServer
let key: string
let cookie: string
const logged: object[] = []

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
  const token = loadToken(folder)
  server = await startServer({
    engine: test.engine,
    caller: () => ownerCaller(ada),
    logger: { ...silentLogger, warn: (fields) => logged.push(fields) },
    token,
    port: 0,
    cockpit,
  })
  key = token.value
  cookie = `deckwatch-${String(server.port)}=${key}`
})

afterEach(async () => {
  await server.close()
  await test.engine.stop()
  rmSync(folder, { recursive: true })
})

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

describe('the door', () => {
  it('lets in who brings the key, moves it into a cookie and out of the address', async () => {
    const answer = await get(`/?key=${key}`)
    expect(answer.status).toBe(302)
    expect(answer.headers['location']).toBe('/')
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/)
    const page = await get('/', { cookie })
    expect(page.status).toBe(200)
    const nonce = /nonce-([A-Za-z0-9_-]+)'/.exec(
      String(page.headers['content-security-policy']),
    )?.[1]
    expect(page.body).toContain(`content="${nonce ?? 'none'}"`)
    expect(String(page.headers['content-security-policy'])).not.toContain('unsafe')
    expect((await get('/assets/app.js', { cookie })).status).toBe(200)
  })

  it.each([
    ['no cookie', {}, 401],
    ['a wrong cookie', { cookie: 'deckwatch-1=x' }, 401],
    ['a foreign host (DNS rebinding)', { host: 'evil.example', cookie: 'SET' }, 403],
    ['a foreign origin', { origin: 'https://evil.example', cookie: 'SET' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:1', cookie: 'SET' }, 403],
  ])('refuses %s, counts and logs it without what was sent', async (_name, headers, status) => {
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === 'SET' ? cookie : value]),
    ) as Record<string, string>
    expect((await get('/', sent)).status).toBe(status)
    expect((await get('/assets/app.js', sent)).status).toBe(status)
    expect(Object.values(server.refused())).toEqual([2])
    expect(JSON.stringify(logged)).not.toContain('evil')
  })

  it('serves the worker that keeps the cockpit, to who has the key, under a strict policy', async () => {
    expect((await get('/service-worker.js')).status).toBe(401)
    const { status, headers, body } = await get('/service-worker.js', { cookie })
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('text/javascript')
    expect(headers['cache-control']).toBe('no-cache')
    expect(headers['content-security-policy']).toBe("default-src 'none'; connect-src 'self'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(body).toMatch(
      /^self\.deckwatchShell=\{"version":"[\w-]{16}","assets":\["\/assets\/app\.js"\]\};\n/,
    )
    expect(body).not.toContain(key)
  })

  it('refuses a wrong key, path traversal, unknown paths and bodies', async () => {
    expect((await get('/?key=nope')).status).toBe(401)
    expect((await get('/assets/../../token', { cookie })).status).toBeGreaterThanOrEqual(400)
    expect((await get('/assets/%2e%2e/%2e%2e/token', { cookie })).body).not.toContain(key)
    expect((await get('/nothing', { cookie })).status).toBe(404)
    const large = await get(
      '/',
      { cookie, 'content-type': 'application/json' },
      'POST',
      `"${'x'.repeat(5_000)}"`,
    )
    expect(large.status).toBeGreaterThanOrEqual(400)
  })

  it(`keeps the token for its owner only, and over a restart${unlookedModes}`, () => {
    if (hasModes) expect(statSync(join(folder, 'token')).mode & 0o777).toBe(0o600)
    expect(loadToken(folder).value).toBe(key)
    writeFileSync(join(folder, 'token'), 'short')
    expect(loadToken(folder).value).not.toBe('short')
    expect(readFileSync(join(folder, 'token'), 'utf8').trim()).toHaveLength(43)
  })
})

describe('the socket', () => {
  function connect(headers: Record<string, string>): WebSocket {
    return new WebSocket(`ws://127.0.0.1:${String(server.port)}/engine`, { headers })
  }
  const origin = () => `http://127.0.0.1:${String(server.port)}`

  function collect(socket: WebSocket): {
    readonly messages: ServerMessage[]
    until(type: ServerMessage['type']): Promise<ServerMessage>
  } {
    const messages: ServerMessage[] = []
    const waiting: (() => void)[] = []
    socket.on('message', (data: Buffer) => {
      messages.push(serverMessageSchema.parse(JSON.parse(data.toString('utf8'))))
      for (const wake of waiting.splice(0)) wake()
    })
    return {
      messages,
      async until(type) {
        for (;;) {
          const found = messages.find((message) => message.type === type)
          if (found) return found
          await new Promise<void>((resolve) => {
            waiting.push(resolve)
          })
        }
      },
    }
  }

  it.each([
    ['without a cookie', (o: string) => ({ origin: o })],
    ['without an origin', () => ({ cookie: 'SET' })],
    ['from another page', () => ({ cookie: 'SET', origin: 'https://evil.example' })],
  ])('is refused %s', async (_name, headersOf) => {
    const headers = Object.fromEntries(
      Object.entries(headersOf(origin())).map(([n, v]) => [n, v === 'SET' ? cookie : v]),
    )
    const socket = connect(headers)
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toMatch(/40[13]/)
    expect(Object.values(server.refused())).toEqual([1])
  })

  it('greets with a snapshot, answers requests and sends numbered deltas', async () => {
    const socket = connect({ cookie, origin: origin() })
    const box = collect(socket)
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
    const socket = connect({ cookie, origin: origin() })
    const box = collect(socket)
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
    ['oversized-or-broken', 'y'.repeat(200_000)],
  ])('closes on a %s message', async (reason, text) => {
    const socket = connect({ cookie, origin: origin() })
    await once(socket, 'open')
    socket.send(text)
    await once(socket, 'close')
    expect(server.refused()).toEqual({ [reason]: 1 })
    expect(JSON.stringify(logged)).not.toContain('yyy')
  })

  it('says in words that an operation is unknown or its input wrong', async () => {
    const socket = connect({ cookie, origin: origin() })
    const box = collect(socket)
    await once(socket, 'open')
    socket.send(JSON.stringify({ type: 'request', id: 'request-1', name: '__proto__', input: {} }))
    expect(await box.until('response')).toMatchObject({
      outcome: { error: { code: 'unknown-operation' } },
    })
    socket.close()
    await once(socket, 'close')
  })
})
