import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { CheckEnd } from '#electron/engine/ports/checks.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createProxyFinder } from '#electron/http/proxy-finder.ts'
import { createChecks } from '#electron/runner/checks/checks.ts'
import type { DnsCheck, HttpCheck, ServerCheck } from '#shared/domain/runbook/check/schema.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createAuthority, type Certificate } from '../servers/certificates.ts'
import { nameBytes, openNameServer, short, type Says } from './name-server.ts'

const DAY_MS = 86_400_000
const LONG_MS = 60_000

interface Given {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  readonly env?: Readonly<Record<string, string>>
  readonly clock?: Clock
}

function run(check: ServerCheck, given: Given = {}) {
  const { timeoutMs = LONG_MS, signal, env = {}, clock = createNodeClock() } = given
  const proxies = createProxyFinder({ env })
  const checks = createChecks({ clock, logger: silentLogger, proxies })
  return checks.run(check, { timeoutMs, signal: signal ?? new AbortController().signal })
}

/** Listens on a free port of 127.0.0.1 until the test ends. */
async function listen(server: Server | TcpServer): Promise<number> {
  const sockets = new Set<{ destroy(): unknown }>()
  server.on('connection', (socket: { destroy(): unknown }) => sockets.add(socket))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const close = () =>
    new Promise<void>((resolve) => {
      for (const each of sockets) each.destroy()
      server.close(() => {
        resolve()
      })
    })
  onTestFinished(close)
  return (server.address() as AddressInfo).port
}

/** A port of 127.0.0.1 that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
  })
  return port
}

/** A clock on which a check's time is over when the test says so. */
function heldClock(): { readonly clock: Clock; readonly over: () => void } {
  const waiting = new Set<() => void>()
  return {
    clock: {
      ...createNodeClock(),
      after(_, callback) {
        waiting.add(callback)
        return () => waiting.delete(callback)
      },
    },
    over() {
      for (const callback of waiting) callback()
    },
  }
}

/** Accepts connections, says nothing, and tells when it is spoken to. */
const hanging = (spokenTo: () => void) =>
  listen(createTcpServer((socket) => socket.once('data', spokenTo)))

/** Accepts connections, and says nothing. */
const silent = () => listen(createTcpServer(() => undefined))

const http = (url: string, more: Partial<HttpCheck> = {}): HttpCheck => ({
  kind: 'http',
  method: 'GET',
  url,
  headers: [],
  ...more,
})

const serve = async (listener: RequestListener) =>
  `http://127.0.0.1:${String(await listen(createServer(listener)))}`

describe('an HTTP check', () => {
  it('says status, times and the start of the body, and sends what it is to send', async () => {
    let asked: unknown
    const url = await serve((request, response) => {
      asked = [request.method, request.url, request.headers['x-probe'], request.headers['accept']]
      response.writeHead(503, { 'content-type': 'text/plain', 'set-cookie': 'session=secret' })
      response.end('down \u001b[31mnow\u001b[0m\n')
    })
    const end = await run(
      http(`${url}/healthz?a=b`, {
        headers: [
          ['X-Probe', 'on call'],
          ['Accept', 'text/plain'],
        ],
      }),
    )
    expect(asked).toEqual(['GET', '/healthz?a=b', 'on call', 'text/plain'])
    expect(end.outcome).toEqual({ kind: 'answered' })
    expect(end.summary).toMatch(/^503 Service Unavailable, [\d.]+ m?s$/)
    expect(end.text).toMatch(/connected after .*, first byte after .*, all after .*, 18 bytes/)
    expect(end.text).toContain('content-type: text/plain')
    expect(end.text).toContain('down now')
    expect(end.text).not.toContain('secret')
    expect(end.numbers).toEqual({ status: 503, ms: expect.any(Number) as number })
  })

  it('follows no redirect and names where it leads', async () => {
    const paths: unknown[] = []
    const url = await serve((request, response) => {
      paths.push(request.url)
      response.writeHead(302, { location: '/login' }).end()
    })
    const { summary, text } = await run(http(`${url}/`))
    expect(summary).toMatch(/^302 Found, leads on to \/login, /)
    expect(text).toContain('was not followed')
    expect(paths).toEqual(['/'])
  })

  it('asks for the head alone', async () => {
    let method: unknown
    const url = await serve((request, response) => {
      method = request.method
      response.writeHead(200, { 'content-length': '5000' }).end()
    })
    const { outcome, numbers } = await run(http(url, { method: 'HEAD' }))
    expect([method, outcome.kind, numbers['status']]).toEqual(['HEAD', 'answered', 200])
  })

  it('reads no more than it needs, and shows 2,000 characters', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200)
      response.on('error', () => undefined)
      const more = () => {
        while (!response.destroyed && response.write('\u{1F600}'.repeat(20_000))) continue
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    const { text } = await run(http(url))
    expect(text).toContain('the rest was not read')
    expect(Array.from(text.split('\n').at(-1) ?? '')).toHaveLength(2_001)
  })

  it('masks what looks like a secret', async () => {
    const url = await serve((_, response) => {
      response.end(
        'password=correcthorsebattery\nAuthorization: Bearer abcdefghijklmnopqrstuvwxyz012345\n',
      )
    })
    const { text } = await run(http(url))
    expect(text).not.toContain('abcdefghijklmnopqrstuvwxyz012345')
  })

  it('says that the body is packed', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'br' }).end('xxxxx')
    })
    expect((await run(http(url))).text).toContain('packed')
  })

  it('says why there is no answer', async () => {
    const port = await closedPort()
    const refused = await run(http(`http://127.0.0.1:${String(port)}/`))
    expect(refused).toMatchObject({
      outcome: {
        kind: 'not-started',
        message: `127.0.0.1:${String(port)} refused the connection.`,
      },
      summary: '',
      numbers: {},
    })
    const unknown = await run(http('http://no-such-host.invalid/'))
    expect(unknown.outcome).toEqual({
      kind: 'not-started',
      message: 'The name of no-such-host.invalid cannot be resolved.',
    })
  })

  it('refuses a certificate that is not trusted', async () => {
    const port = await tlsServer(createAuthority().issue())
    const { outcome } = await run(http(`https://127.0.0.1:${String(port)}/`))
    expect(outcome).toMatchObject({
      kind: 'not-started',
      message: expect.stringContaining('authority that is not trusted here') as string,
    })
  })

  it('ends with its time, and says how far it came', async () => {
    const { clock, over } = heldClock()
    const url = `http://127.0.0.1:${String(await hanging(over))}/`
    const { outcome, text, summary } = await run(http(url), { clock })
    expect(outcome).toEqual({ kind: 'timed-out' })
    expect(summary).toContain('did not answer within 60 s')
    expect(text).toContain('Connected after')
  })

  it('ends with its time where an answer does not end', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200).write('data: 1')
    })
    const { outcome, summary } = await run(http(url), { timeoutMs: 3_000 })
    expect(outcome).toEqual({ kind: 'timed-out' })
    expect(summary).toContain('began to answer with status 200, and did not end within 3 s.')
  })

  it('goes through a proxy, and says so', async () => {
    const asked: unknown[] = []
    const proxy = await serve((request, response) => {
      asked.push(request.url)
      response.end('through')
    })
    const { text } = await run(http('http://shop.invalid/a'), { env: { http_proxy: proxy } })
    expect(asked).toEqual(['http://shop.invalid/a'])
    expect(text).toContain(`through the proxy ${new URL(proxy).host}`)
  })
})

describe('a TCP check', () => {
  it('connects', async () => {
    const port = await silent()
    const end = await run({ kind: 'tcp', host: '127.0.0.1', port })
    expect(end).toMatchObject({
      outcome: { kind: 'answered' },
      numbers: { ms: expect.any(Number) as number },
    })
    expect(end.summary).toMatch(/^127\.0\.0\.1:\d+ accepts connections, [\d.]+ m?s$/)
    expect((await run({ kind: 'tcp', host: 'localhost', port })).summary).toContain('at 127.0.0.1')
  })

  it('is refused, or finds no such name', async () => {
    const port = await closedPort()
    expect((await run({ kind: 'tcp', host: '127.0.0.1', port })).outcome).toEqual({
      kind: 'not-started',
      message: `127.0.0.1:${String(port)} refused the connection.`,
    })
    expect((await run({ kind: 'tcp', host: 'no-such-host.invalid', port: 1 })).outcome).toEqual({
      kind: 'not-started',
      message: 'The name of no-such-host.invalid:1 cannot be resolved.',
    })
  })
})

/** Shows a certificate, and closes. */
const tlsServer = (certificate: Certificate) => {
  const server = createTlsServer({ ...certificate }, (socket) => socket.end())
  server.on('tlsClientError', () => undefined)
  return listen(server)
}

describe('a look at a certificate', () => {
  const authority = createAuthority()
  const at = (port: number, serverName: string | null = null): ServerCheck => ({
    kind: 'tls',
    host: '127.0.0.1',
    port,
    serverName,
  })

  it('says what it is for, how long it is valid, and whether it is trusted', async () => {
    const notAfter = new Date(Date.now() + 20.5 * DAY_MS)
    const port = await tlsServer(
      authority.issue({
        commonName: 'shop.example',
        dnsNames: ['shop.example', 'www.shop.example'],
        notAfter,
      }),
    )
    const end = await run(at(port, 'shop.example'))
    expect(end.outcome).toEqual({ kind: 'answered' })
    expect(end.numbers).toMatchObject({ days: 20 })
    expect(end.summary).toMatch(/^valid for 20 days, not trusted: its authority is not known here/)
    expect(end.text).toMatch(/^Subject: CN=shop\.example$/m)
    expect(end.text).toMatch(/^Names: shop\.example, www\.shop\.example, IP Address:127\.0\.0\.1$/m)
    expect(end.text).toMatch(/^Issuer: CN=Deckwatch test authority$/m)
    expect(end.text).toMatch(/^Trusted by this machine: no, /m)
    expect(end.text).toMatch(/^For shop\.example: yes$/m)
    expect(end.text).toMatch(/^Protocol: TLSv1\.3, /m)
  })

  it('describes one that has expired, one that is not valid yet, and one for another name', async () => {
    const expired = await tlsServer(
      authority.issue({
        notBefore: new Date(Date.now() - 9 * DAY_MS),
        notAfter: new Date(Date.now() - 2.5 * DAY_MS),
      }),
    )
    const late = await run(at(expired))
    expect(late).toMatchObject({ outcome: { kind: 'answered' }, numbers: { days: -3 } })
    expect(late.summary).toBe('expired 2 days ago')
    const early = await tlsServer(authority.issue({ notBefore: new Date(Date.now() + DAY_MS) }))
    expect((await run(at(early))).summary).toMatch(/^not valid before \d{4}-/)
    const other = await tlsServer(authority.issue({ dnsNames: ['other.example'] }))
    const end = await run(at(other, 'shop.example'))
    expect(end.summary).toContain('not for shop.example')
    expect(end.text).toMatch(/^For shop\.example: no$/m)
  })

  it('says that a server speaks no TLS, or closes, or refuses', async () => {
    const plain = await listen(createServer())
    const noTls = await run(at(plain))
    expect(noTls.outcome).toMatchObject({ kind: 'not-started' })
    expect((noTls.outcome as { message: string }).message).toContain('does not speak TLS')
    const closing = await listen(createTcpServer((socket) => socket.end()))
    expect((await run(at(closing))).outcome).toMatchObject({
      kind: 'not-started',
      message: expect.stringContaining('closed the connection') as string,
    })
    expect((await run(at(await closedPort()))).outcome).toMatchObject({ kind: 'not-started' })
  })

  it('ends with its time', async () => {
    const { clock, over } = heldClock()
    const end = await run(at(await hanging(over)), { clock })
    expect(end.outcome).toEqual({ kind: 'timed-out' })
    expect(end.text).toMatch(/^The TLS handshake with .* timed out after 60 s\.\nConnected after/)
  })
})

describe('a DNS check', () => {
  const answers: Readonly<Record<string, Says>> = {
    'shop.example': [
      { type: 1, data: Buffer.from([10, 0, 0, 2]) },
      { type: 1, data: Buffer.from([10, 0, 0, 1]) },
    ],
    'six.example': [{ type: 28, data: Buffer.from('20010db8000000000000000000000001', 'hex') }],
    'www.example': [{ type: 5, data: nameBytes('shop.example') }],
    'mail.example': [
      { type: 15, data: Buffer.concat([short(20), nameBytes('b.example')]) },
      { type: 15, data: Buffer.concat([short(10), nameBytes('a.example')]) },
    ],
    'text.example': [{ type: 16, data: Buffer.from('\u0005a\nb"c\u0004\u001b[2J') }],
    '_db._tcp.example': [
      { type: 33, data: Buffer.concat([short(1), short(5), short(5432), nameBytes('db.example')]) },
    ],
    'zone.example': [{ type: 2, data: nameBytes('ns.example') }],
    'none.example': [],
    'broken.example': { code: 2 },
    'refused.example': { code: 5 },
    'slow.example': 'nothing',
  }
  const open = () => openNameServer((name) => answers[name] ?? { code: 3 })
  const ask = async (
    name: string,
    type: DnsCheck['type'] = 'A',
    given: Given = {},
  ): Promise<CheckEnd> =>
    run({ kind: 'dns', name, type, server: { host: '127.0.0.1', port: await open() } }, given)

  it.each([
    ['shop.example', 'A', '10.0.0.1  (for 60 s)', 2],
    ['six.example', 'AAAA', '2001:db8::1  (for 60 s)', 1],
    ['www.example', 'CNAME', 'shop.example', 1],
    ['mail.example', 'MX', '10 a.example', 2],
    ['text.example', 'TXT', '"a\\nb\\"c\\u001b[2J"', 1],
    ['_db._tcp.example', 'SRV', '1 5 db.example:5432', 1],
    ['zone.example', 'NS', 'ns.example', 1],
  ] as const)('has the records of %s %s', async (name, type, first, values) => {
    const end = await ask(name, type)
    expect(end.outcome).toEqual({ kind: 'answered' })
    expect(end.text.split('\n')[1]).toBe(first)
    expect(end.numbers).toEqual({ values, ms: expect.any(Number) as number })
    expect(end.text).toMatch(/127\.0\.0\.1:\d+ answered after/)
  })

  it('says that a name is not there, or has none of them', async () => {
    expect(await ask('nobody.example')).toMatchObject({
      outcome: { kind: 'answered' },
      summary: expect.stringContaining('nobody.example does not exist (NXDOMAIN)') as string,
      numbers: { values: 0 },
    })
    expect((await ask('none.example')).summary).toContain('none.example has no A records')
  })

  it('says what is wrong with a name server', async () => {
    const messageOf = ({ outcome }: CheckEnd) =>
      outcome.kind === 'not-started' ? outcome.message : outcome.kind
    expect(messageOf(await ask('broken.example'))).toContain('could not find it out (SERVFAIL)')
    expect(messageOf(await ask('refused.example'))).toContain('refused the question (REFUSED)')
    const nobody: DnsCheck = {
      kind: 'dns',
      name: 'a.example',
      type: 'A',
      server: { host: 'no-such-host.invalid', port: 53 },
    }
    expect(messageOf(await run(nobody))).toBe(
      'The name of the name server no-such-host.invalid cannot be resolved.',
    )
  })

  it('asks a name server by its name', async () => {
    const check: DnsCheck = {
      kind: 'dns',
      name: 'shop.example',
      type: 'A',
      server: { host: 'localhost', port: await open() },
    }
    // localhost may be an address of version 6 first, where nobody listens.
    const end = await run(check, { timeoutMs: 3_000 })
    expect(end.text).toContain('localhost (')
  })

  it('ends with its time', async () => {
    const end = await ask('slow.example', 'A', { timeoutMs: 500 })
    expect(end.outcome).toEqual({ kind: 'timed-out' })
    expect(end.summary).toContain('did not answer within 500 ms')
  })
})

describe('a check that is cancelled', () => {
  it.each(['http', 'tcp', 'tls', 'dns'] as const)('ends at once: %s', async (kind) => {
    const port = await silent()
    const place = {
      host: '127.0.0.1',
      port: kind === 'dns' ? await openNameServer(() => 'nothing') : port,
    }
    const checks: Readonly<Record<typeof kind, ServerCheck>> = {
      http: http(`http://127.0.0.1:${String(port)}/`),
      // Nobody connects when it is over already.
      tcp: { kind: 'tcp', ...place },
      tls: { kind: 'tls', ...place, serverName: null },
      dns: { kind: 'dns', name: 'shop.example', type: 'A', server: place },
    }
    const abort = new AbortController()
    if (kind === 'tcp') abort.abort()
    const running = run(checks[kind], { signal: abort.signal })
    await new Promise(setImmediate)
    abort.abort()
    expect(await running).toMatchObject({
      outcome: { kind: 'cancelled', by: null },
      text: '',
      summary: '',
    })
  })
})
