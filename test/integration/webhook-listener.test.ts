import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Heard, TakeHeard } from '#electron/engine/ports/listener.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createListener, listenerPlaces } from '#electron/listener/index.ts'
import {
  MAX_BODY_BYTES,
  startListenerServer,
  type ListenerServer,
  type ListenerServerOptions,
} from '#electron/listener/server.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createFakeClock, type FakeClock } from '#test/fixtures/fake-clock.ts'
import { eventually } from '#test/setup/eventually.ts'

const PATH = '/a-path-that-nobody-guesses'
const SECRET = 'a secret of both'
const deployed = { type: 'deployment', service: 'payments', version: 'v2.1.3', by: 'Ada' }

let heard: Heard[]
let clock: FakeClock
let servers: ListenerServer[]

beforeEach(() => {
  heard = []
  servers = []
  clock = createFakeClock()
})
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()))
})

const take: TakeHeard = (each) => {
  const isKnown = heard.some(({ key }) => key === each.key)
  if (!isKnown) heard.push(each)
  return ok({ isKnown })
}

async function listen(more: Partial<ListenerServerOptions> = {}): Promise<ListenerServer> {
  const server = await startListenerServer({
    clock,
    logger: silentLogger,
    host: '127.0.0.1',
    port: 0,
    path: PATH,
    secret: null,
    isReplayRefused: false,
    take,
    ...more,
  })
  servers.push(server)
  return server
}

const signed = () => listen({ secret: () => Promise.resolve(SECRET) })
const beyond = () => listen({ secret: () => Promise.resolve(SECRET), isReplayRefused: true })

async function send(
  { port }: Pick<ListenerServer, 'port'>,
  body: unknown,
  {
    path = PATH,
    headers = {},
    method = 'POST',
  }: Partial<Record<'path' | 'method', string>> & {
    headers?: Readonly<Record<string, string>>
  } = {},
): Promise<{ status: number; text: string }> {
  const answer = await fetch(`http://127.0.0.1:${String(port)}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  })
  return { status: answer.status, text: (await answer.text()).trim() }
}

const hmac = (text: string, secret = SECRET) =>
  `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`

function timed(body: unknown, seconds: number, secret = SECRET): Readonly<Record<string, string>> {
  const timestamp = String(seconds)
  return {
    'x-deckwatch-timestamp': timestamp,
    'x-deckwatch-signature': hmac(`${timestamp}.${JSON.stringify(body)}`, secret),
  }
}
const seconds = () => Math.floor(clock.now() / 1_000)

describe('the webhook listener', () => {
  it('takes a change, and the same one again without a second record', async () => {
    const server = await listen()
    expect(await send(server, deployed)).toEqual({ status: 200, text: 'Recorded.' })
    expect(await send(server, deployed)).toEqual({ status: 200, text: 'Known already.' })
    expect(heard).toMatchObject([
      { kind: 'change', change: { kind: 'deployment', service: 'payments', version: 'v2.1.3' } },
    ])
    expect(server.counts()).toMatchObject({ taken: 2, lastTakenAt: clock.now() })
  })

  it('says nothing about where it listens', async () => {
    const server = await listen()
    for (const path of ['/', '/hooks', `${PATH}/`, `${PATH}?a=1`, `${PATH.slice(0, -1)}X`]) {
      expect(await send(server, deployed, { path })).toEqual({ status: 404, text: 'Not here.' })
    }
    // A page of a browser, and a method or a kind of content that it does not take.
    const origin = { origin: 'https://evil.example' }
    expect(await send(server, deployed, { headers: origin })).toMatchObject({ status: 404 })
    expect(await send(server, null, { method: 'GET' })).toMatchObject({ status: 405 })
    const plain = { 'content-type': 'text/plain' }
    expect(await send(server, deployed, { headers: plain })).toMatchObject({ status: 415 })
    expect(heard).toEqual([])
    expect(server.counts().refused.misdirected).toBe(8)
  })

  it('says what it understands', async () => {
    const server = await listen()
    const refusal = async (body: unknown) => {
      const { status, text } = await send(server, body)
      expect(status).toBe(422)
      return text
    }
    expect(await refusal({ type: 'deploy' })).toContain('"type" is one of deployment, config')
    expect(await refusal('{')).toContain('The body is no JSON.')
    expect(await refusal([])).toContain('"type" is one of')
    expect(await refusal({ type: 'deployment' })).toContain('title: say what changed')
    expect(await refusal({ ...deployed, at: '2026-11-21' })).toContain('at: is no time')
    expect(await refusal({ ...deployed, at: '2030-01-01T00:00:00Z' })).toContain('future')
    expect(await refusal({ type: 'maintenance', title: 'x' })).toContain('until: say when it ends')
    expect(await refusal({ ...deployed, service: 'a\u202eb' })).toContain('service: has characters')
    expect(heard).toEqual([])
  })

  it('is not to blame for what cannot be recorded, and has it sent again', async () => {
    const server = await listen({
      take: () => fail({ code: 'not-recorded', message: 'The disk at /home/ada is full.' }),
    })
    const { status, text } = await send(server, deployed)
    expect(status).toBe(503)
    expect(text).not.toContain('/home')
  })
})

describe('signatures', () => {
  it('are needed once there is a secret, and a wrong one is told nothing', async () => {
    const server = await signed()
    const body = JSON.stringify(deployed)
    const no = { status: 401, text: 'The signature is missing or not valid.' }
    const wrong: Readonly<Record<string, string>>[] = [
      {},
      { 'x-deckwatch-signature': hmac(body, 'another') },
      { 'x-deckwatch-signature': hmac(`${body} `) },
      { 'x-deckwatch-signature': 'sha256=00' },
      { 'x-deckwatch-signature': hmac(body).slice(7) },
      { 'x-gitlab-token': 'another' },
      timed(deployed, seconds() - 301),
      timed(deployed, seconds() + 301),
      { ...timed(deployed, seconds()), 'x-deckwatch-timestamp': String(seconds() + 1) },
      { ...timed(deployed, seconds()), 'x-deckwatch-timestamp': 'NaN' },
    ]
    for (const headers of wrong) expect(await send(server, body, { headers })).toEqual(no)
    expect(heard).toEqual([])
    expect(server.counts().refused.unsigned).toBe(wrong.length)
    const right = { 'x-deckwatch-signature': hmac(body) }
    expect(await send(server, body, { headers: right })).toMatchObject({ status: 200 })
  })

  it('are taken from GitHub, of what GitHub says', async () => {
    const server = await beyond()
    const body = JSON.stringify({
      action: 'created',
      deployment_status: {
        id: 7,
        state: 'success',
        environment: 'production',
        log_url: 'https://ada:secret@ci.example/7',
        created_at: '2026-11-21T02:58:00Z',
      },
      deployment: { id: 6, ref: 'v2.1.3', creator: { login: 'ada' } },
      repository: { name: 'payments', full_name: 'acme/payments' },
    })
    const headers = { 'x-github-event': 'deployment_status', 'x-hub-signature-256': hmac(body) }
    expect(await send(server, body, { headers })).toMatchObject({ status: 200, text: 'Recorded.' })
    expect(heard[0]).toMatchObject({
      change: { service: 'payments', version: 'v2.1.3', by: 'ada', link: 'https://ci.example/7' },
    })
    // Sent again it is the same: GitHub gives no time.
    expect(await send(server, body, { headers })).toMatchObject({ text: 'Known already.' })
    // What is no GitHub news gets no further by its signature.
    const job = JSON.stringify({ type: 'job', job: 'backup', status: 'ok' })
    const smuggled = { 'x-hub-signature-256': hmac(job) }
    expect(await send(server, job, { headers: smuggled })).toMatchObject({ status: 401 })
    const asGitHub = { ...smuggled, 'x-github-event': 'push' }
    expect(await send(server, job, { headers: asGitHub })).toMatchObject({ status: 422 })
    const push = { 'x-github-event': 'ping', 'x-hub-signature-256': hmac('{}') }
    expect(await send(server, '{}', { headers: push })).toMatchObject({ status: 200 })
  })

  it('need a time beyond this machine, and count once', async () => {
    const server = await beyond()
    const body = JSON.stringify(deployed)
    const untimed = { 'x-deckwatch-signature': hmac(body) }
    expect(await send(server, body, { headers: untimed })).toMatchObject({ status: 401 })
    const token = { 'x-gitlab-token': SECRET }
    expect(await send(server, body, { headers: token })).toMatchObject({ status: 401 })
    const headers = timed(deployed, seconds())
    expect(await send(server, body, { headers })).toMatchObject({ status: 200 })
    expect(await send(server, body, { headers })).toMatchObject({ status: 401 })
    const louder = { ...headers }
    louder['x-deckwatch-signature'] =
      `sha256=${(headers['x-deckwatch-signature'] ?? '').slice(7).toUpperCase()}`
    expect(await send(server, body, { headers: louder })).toMatchObject({ status: 401 })
    expect(heard).toHaveLength(1)
  })
})

/** Talks by hand: how much was read of what was sent, and what was answered. */
function talk(port: number) {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  let isClosed = false
  socket.on('data', (data) => (answer += data.toString()))
  socket.on('close', () => (isClosed = true))
  // Being hung up on in the middle is what is asked for.
  socket.on('error', () => undefined)
  return { socket, answer: () => answer, isClosed: () => isClosed }
}

describe('a hostile sender', () => {
  it('cannot have 1 GB read, announced or not', async () => {
    const server = await listen()
    const announced = talk(server.port)
    announced.socket.write(
      `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n`,
    )
    await eventually(() => {
      expect(announced.answer()).toMatch(/^HTTP\/1\.1 413 [^]*At most 1 MiB\./)
      expect(announced.isClosed()).toBe(true)
    })
    const chunked = talk(server.port)
    chunked.socket.write(
      `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    )
    const block = `10000\r\n${' '.repeat(65_536)}\r\n`
    let sent = 0
    const more = () => {
      while (!chunked.isClosed() && !chunked.socket.destroyed && sent < 1_000_000_000) {
        sent += 65_536
        if (!chunked.socket.write(block)) return void chunked.socket.once('drain', more)
      }
    }
    more()
    await eventually(() => {
      expect(chunked.isClosed()).toBe(true)
    })
    // What lay in the buffers of both sides was sent, too.
    expect(sent).toBeLessThan(MAX_BODY_BYTES * 32)
    expect(server.counts().refused.oversized).toBeGreaterThanOrEqual(1)
    expect(await send(server, deployed)).toMatchObject({ status: 200 })
  })

  it('cannot hold a connection open by sending slowly', async () => {
    const server = await listen({ requestMs: 1_000 })
    const headers = talk(server.port)
    headers.socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\n`)
    const body = talk(server.port)
    body.socket.write(
      `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    )
    await eventually(() => {
      expect([headers.isClosed(), body.isClosed()]).toEqual([true, true])
    })
    expect(heard).toEqual([])
    expect(await send(server, deployed)).toMatchObject({ status: 200 })
  })

  it('is not heard out for ever', async () => {
    const server = await listen()
    let last = 0
    for (let tries = 0; tries < 70; tries += 1) {
      last = (await send(server, deployed, { path: `/${String(tries)}` })).status
    }
    expect(last).toBe(429)
    // Who knows the path is still heard.
    expect(await send(server, deployed)).toMatchObject({ status: 200 })
    expect(server.counts().refused.tooMany).toBeGreaterThan(0)
    await clock.advance(60_000)
    expect(await send(server, deployed, { path: '/later' })).toMatchObject({ status: 404 })
  })

  it('has only so much taken in a minute', async () => {
    const server = await listen()
    const statuses = new Map<number, number>()
    for (let count = 0; count < 205; count += 1) {
      const { status } = await send(server, { type: 'complaint', service: 'shop' })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 200, 429: 5 })
  })
})

describe('a listener of a configuration', () => {
  let dataDirectory: string
  beforeEach(() => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'deckwatch-listener-'))
  })
  afterEach(() => {
    rmSync(dataDirectory, { recursive: true })
  })

  const make = (secrets = () => Promise.resolve(SECRET)) => {
    const listener = createListener({
      clock: createNodeClock(),
      logger: silentLogger,
      secrets,
      dataDirectory,
    })
    listener.start(take)
    return listener
  }
  /** A port that was free a moment ago. */
  const freePort = async () => {
    const server = await listen()
    servers = []
    await server.close()
    return server.port
  }

  it('keeps its path, which only this account can read, over restarts', async () => {
    const config = { port: await freePort(), host: '127.0.0.1' }
    const first = make()
    await first.configure(config)
    const { address } = first.status()
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/)
    const places = listenerPlaces(dataDirectory)
    expect(readFileSync(places.address, 'utf8')).toBe(address)
    for (const file of [places.path, places.address]) {
      expect(statSync(file).mode & 0o777).toBe(0o600)
    }
    await first.close()
    expect(first.isListening()).toBe(false)
    expect(() => readFileSync(places.address)).toThrow('ENOENT')
    const second = make()
    await second.configure(config)
    expect(second.status().address).toBe(address)
    await second.close()
  })

  it('says that another listens on its port, and goes back to it by a new configuration', async () => {
    const port = await freePort()
    const first = make()
    await first.configure({ port, host: '127.0.0.1' })
    const second = make()
    await second.configure({ port, host: '127.0.0.1' })
    expect(second.isListening()).toBe(false)
    expect(second.status()).toMatchObject({
      isConfigured: true,
      address: null,
      problem: { message: `Another program listens on 127.0.0.1:${String(port)}.` },
    })
    await first.close()
    await second.configure({ port, host: '127.0.0.1' })
    expect(second.status()).toMatchObject({ isListening: true, problem: null })
    await second.configure(null)
    expect(second.status()).toMatchObject({ isConfigured: false, isListening: false })
    await second.close()
  })

  it('does not listen without the secret that it is to have', async () => {
    const listener = make(() => Promise.reject(new Error('the environment variable X is not set')))
    await listener.configure({ port: await freePort(), host: '0.0.0.0', secret: 'env:X' })
    expect(listener.status()).toMatchObject({
      isListening: false,
      problem: {
        message: expect.stringContaining('the environment variable X is not set') as string,
      },
    })
    await listener.close()
  })
})
