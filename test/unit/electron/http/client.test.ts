import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startBudget } from '#electron/http/budget.ts'
import { createHttpClient, type ConnectionConfig } from '#electron/http/client.ts'
import { parseJson } from '#electron/http/json.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { createAuthority } from '#test/integration/servers/certificates.ts'
import { freePort } from '#test/integration/servers/server-process.ts'
import { reply, startStandIn, type Handler } from './stand-in-server.ts'
import { createShiftedClock } from './world.ts'

const TOKEN = 'geheim-4711'
const clock = createShiftedClock()
const cleanups: (() => Promise<unknown>)[] = []
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckwatch-client-'))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function serve(handler: Handler, tls?: Parameters<typeof startStandIn>[1]) {
  const server = await startStandIn(handler, tls)
  cleanups.push(() => server.close())
  return server
}

function clientOf(url: string, options: Record<string, unknown> = {}) {
  const config: ConnectionConfig = alertmanagerConfigSchema.parse({
    type: 'alertmanager',
    name: 'test',
    url,
    ...options,
  })
  const client = createHttpClient(config, {
    clock,
    random: () => 0,
    secrets: createSecretReader({
      env: { TOKEN, BROKEN: 'two\nlines', PAIR: `Pair ${TOKEN}` },
      folder,
    }),
  })
  cleanups.push(() => client.close())
  return {
    ...client,
    async ask(signal = new AbortController().signal) {
      const budget = startBudget(clock, config.timeout, signal)
      try {
        return await client.get('/api/v2/alerts', [], budget)
      } finally {
        budget.end()
      }
    },
  }
}

async function problemOf(url: string, options: Record<string, unknown> = {}) {
  const answer = await clientOf(url, options).ask()
  if (answer.ok) throw new Error('an answer came where a failure was expected')
  const text = JSON.stringify(answer.error)
  expect(text).not.toContain(TOKEN)
  expect(text).not.toContain(Buffer.from(`me:${TOKEN}`).toString('base64'))
  return { ...answer.error.problem, retryAfterMs: answer.error.retryAfterMs }
}

const bearer = { auth: { bearer: 'env:TOKEN' } }

describe('what is asked', () => {
  it('goes below the path prefix, with the query and the credentials', async () => {
    const server = await serve(reply(200, '[]'))
    const client = clientOf(`${server.url}/pre/fix/`, {
      auth: { basic: { username: 'me', password: 'env:TOKEN' } },
    })
    const budget = startBudget(clock, 5_000, new AbortController().signal)
    await client.get(
      '/api',
      [
        ['filter', 'a="b&c"'],
        ['filter', 'd="ü"'],
      ],
      budget,
    )
    budget.end()
    const [request] = server.requests
    expect(request?.path).toBe('/pre/fix/api?filter=a%3D%22b%26c%22&filter=d%3D%22%C3%BC%22')
    expect(request?.headers.authorization).toBe(
      `Basic ${Buffer.from(`me:${TOKEN}`).toString('base64')}`,
    )
  })

  it('uses a token that was replaced in its file at the next question', async () => {
    const server = await serve(reply(200, '[]'))
    const file = join(folder, 'token')
    const client = clientOf(server.url, { auth: { bearer: 'file:token' } })
    await writeFile(file, 'first\n')
    await client.ask()
    await writeFile(file, 'second \r\n')
    await client.ask()
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      'Bearer second',
    ])
  })

  it('is not asked without its secret', async () => {
    const server = await serve(reply(200, '[]'))
    const problem = await problemOf(server.url, { auth: { bearer: 'env:ABSENT' } })
    expect(problem.code).toBe('misconfigured')
    expect(problem.message).toContain('environment variable ABSENT is not set')
    expect(server.requests).toHaveLength(0)
  })

  it('is not asked with a token that would break the header', async () => {
    const server = await serve(reply(200, '[]'))
    const problem = await problemOf(server.url, { auth: { bearer: 'env:BROKEN' } })
    expect(problem.code).toBe('misconfigured')
    expect(JSON.stringify(problem)).not.toContain('two')
    expect(server.requests).toHaveLength(0)
  })
})

describe('own headers', () => {
  it('are sent with each request, secrets read at that moment, beside a sign-in', async () => {
    const server = await serve(reply(200, '[]'))
    const file = join(folder, 'header')
    const client = clientOf(server.url, {
      auth: { basic: { username: 'me', password: 'env:TOKEN' } },
      headers: { 'X-Scope-OrgID': 'team-a', 'CF-Access-Client-Secret': 'file:header' },
    })
    await writeFile(file, 'first\n')
    await client.ask()
    await writeFile(file, 'second \r\n')
    await client.ask()
    const basic = `Basic ${Buffer.from(`me:${TOKEN}`).toString('base64')}`
    expect(server.requests.map(({ headers }) => headers)).toMatchObject([
      { 'x-scope-orgid': 'team-a', 'cf-access-client-secret': 'first', authorization: basic },
      { 'x-scope-orgid': 'team-a', 'cf-access-client-secret': 'second', authorization: basic },
    ])
  })

  it('may be the whole sign-in, and replace what Deckwatch says of itself', async () => {
    const server = await serve(reply(200, '[]'))
    await clientOf(server.url, {
      headers: { Authorization: 'env:PAIR', 'User-Agent': 'payments' },
    }).ask()
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: `Pair ${TOKEN}`,
      'user-agent': 'payments',
      accept: 'application/json',
    })
  })

  it.each([
    ['is missing', 'env:ABSENT', 'environment variable ABSENT is not set'],
    ['would break the header', 'env:BROKEN', 'The secret for the header X-Key'],
  ])('ask nothing with a secret that %s', async (_how, reference, words) => {
    const server = await serve(reply(200, '[]'))
    const problem = await problemOf(server.url, { headers: { 'X-Key': reference } })
    expect(problem).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining(words),
    })
    expect(JSON.stringify(problem)).not.toContain('two')
    expect(server.requests).toHaveLength(0)
  })

  it('are named where the server does not accept them', async () => {
    const server = await serve(reply(401))
    const key = { headers: { 'X-Key': 'env:TOKEN' } }
    expect((await problemOf(server.url, key)).hint).toContain('secrets that headers name')
    expect((await problemOf(server.url, { ...key, ...bearer })).hint).toContain('auth and headers')
    const plain = { headers: { 'X-Team': 'a' } }
    expect((await problemOf(server.url, plain)).message).toContain('wants credentials')
  })

  it.each(['no org id\n', '{"status":"error","errorType":"bad_data","error":"no org id"}'])(
    'name the tenant where it is missing: %j',
    async (body) => {
      const server = await serve(reply(401, body))
      const problem = await problemOf(server.url, bearer)
      expect(problem.code).toBe('unauthorised')
      expect(problem.hint).toBe('Set the tenant: the header X-Scope-OrgID, in headers.')
      const sent = await problemOf(server.url, { headers: { 'x-scope-orgid': 'a' } })
      expect(sent.message).toContain('although X-Scope-OrgID was sent')
    },
  )
})

describe('refusals', () => {
  it.each([
    [401, 'unauthorised'],
    [407, 'unauthorised'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [429, 'rate-limited'],
    [400, 'misconfigured'],
    [500, 'server-error'],
    [502, 'server-error'],
  ] as const)('status %i is %s', async (status, code) => {
    const server = await serve(reply(status, 'because\u202e of this'))
    const problem = await problemOf(server.url, bearer)
    expect(problem.code).toBe(code)
    expect(problem.hint).not.toBe('')
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    ['Alertmanager', JSON.stringify(`no\u202e ${'x'.repeat(500)}`)],
    ['its later versions', JSON.stringify({ code: 601, message: `no\u202e ${'x'.repeat(500)}` })],
    ['Prometheus', JSON.stringify({ status: 'error', errorType: 'x', error: `no\u202e xxx` })],
  ])('says the error of %s, printable and short', async (_who, body) => {
    const server = await serve(reply(500, body))
    const failed = await problemOf(server.url)
    expect(failed.message).toContain('no⟨U+202E⟩ xxx')
    expect(failed.message.length).toBeLessThan(300)
  })

  it.each([
    ['text', 'AccessKeyId AKIA123'],
    ['JSON of its own', '{"AccessKeyId":"AKIA123"}'],
    ['a list', '["AKIA123"]'],
    ['a web page', '<html>AKIA123</html>'],
  ])('repeats nothing of a foreign server: %s', async (_what, body) => {
    const server = await serve(reply(500, body))
    for (const status of [200, 302, 400, 404, 429, 500, 503]) {
      server.handle(reply(status, body))
      const client = clientOf(server.url)
      const answer = await client.ask()
      const read = answer.ok ? parseJson(answer.value, 'host') : answer
      if (!read.ok) expect(JSON.stringify(read.error)).not.toContain('AKIA')
    }
  })

  it('says nothing of an answer about credentials', async () => {
    const server = await serve(reply(401, '"token was abc"'))
    expect((await problemOf(server.url)).message).not.toContain('abc')
    server.handle(reply(403, '"token was abc"'))
    expect((await problemOf(server.url)).message).not.toContain('abc')
  })

  it('distinguishes missing from refused credentials', async () => {
    const server = await serve(reply(401))
    expect((await problemOf(server.url)).message).toContain('wants credentials')
    expect((await problemOf(server.url, bearer)).message).toContain('did not accept')
  })

  it.each([
    ['7', 7_000],
    ['999999999', 300_000],
    ['-1', 30_000],
    ['soon', 30_000],
    [new Date(0).toUTCString(), 0],
  ])('Retry-After %s is waited for %i ms', async (header, ms) => {
    const server = await serve(reply(429, '', { 'retry-after': header }))
    expect((await problemOf(server.url)).retryAfterMs).toBe(ms)
  })

  it('asks again after 503, and takes the answer', async () => {
    let refusals = 3
    const server = await serve((request, response) => {
      refusals -= 1
      reply(refusals >= 0 ? 503 : 200, '["ok"]')(request, response)
    })
    expect(await clientOf(server.url).ask()).toEqual({ ok: true, value: '["ok"]' })
    expect(server.requests).toHaveLength(4)
  })

  it('gives up after the fourth 503', async () => {
    const server = await serve(reply(503, 'Limit of concurrent GET requests reached (8)'))
    const problem = await problemOf(server.url)
    expect(problem.code).toBe('server-error')
    expect(problem.message).toContain('Limit of concurrent')
    expect(server.requests).toHaveLength(4)
  })

  it('ends the repetitions with the time of the poll', async () => {
    const server = await serve(reply(503))
    const problem = await problemOf(server.url, { timeout: '120ms' })
    expect(problem.code).toBe('server-error')
    expect(server.requests.length).toBeLessThan(4)
  })
})

describe('redirects', () => {
  it('are not followed, and another host gets nothing', async () => {
    const other = await serve(reply(200, '[]'))
    const server = await serve(reply(302, '', { location: `${other.url}/login?return=${TOKEN}` }))
    const headers = { 'X-Scope-OrgID': 'team-a', 'X-Key': 'env:TOKEN' }
    const problem = await problemOf(server.url, { ...bearer, headers })
    expect(problem.code).toBe('redirected')
    expect(problem.message).toContain(other.url)
    expect(problem.message).not.toContain('login')
    expect(problem.hint).toContain('login proxy')
    expect(other.requests).toHaveLength(0)
  })

  it('name the address to configure when the same API is at the target', async () => {
    const server = await serve(reply(308, '', { location: '/am/api/v2/alerts' }))
    const problem = await problemOf(server.url)
    expect(problem.hint).toBe(`Set url to ${server.url}/am if that is the server you mean.`)
  })

  it.each([undefined, 'javascript:alert(1)', 'http://'])(
    'without a usable target: %s',
    async (to) => {
      const server = await serve(reply(301, '', to === undefined ? {} : { location: to }))
      expect((await problemOf(server.url)).message).toContain('without a usable target')
    },
  )
})

describe('connections', () => {
  it('nobody listens', async () => {
    const problem = await problemOf(`http://127.0.0.1:${String(await freePort())}`)
    expect(problem).toMatchObject({ code: 'unreachable' })
    expect(problem.message).toContain('refused the connection')
  })

  it('the name does not exist', async () => {
    const problem = await problemOf('http://no-such-host.invalid:9093')
    expect(problem.code).toBe('unreachable')
    expect(problem.message).toContain('no-such-host.invalid:9093 cannot be resolved')
  })

  it('no answer comes in time', async () => {
    const server = await serve(() => undefined)
    const problem = await problemOf(server.url, { timeout: '150ms' })
    expect(problem.code).toBe('timeout')
    expect(problem.message).toContain('within 0.15 s')
  })

  it('the answer begins in time and hangs', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200).write('[')
    })
    expect((await problemOf(server.url, { timeout: '150ms' })).code).toBe('timeout')
  })

  it('the connection is lost in the middle of the answer', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('[{"labels":', () => response.destroy())
    })
    const problem = await problemOf(server.url)
    expect(problem.code).toBe('unreachable')
    expect(problem.message).toContain('in the middle of its answer')
  })

  it('the connection is lost before the answer: asked once more', async () => {
    let isFirst = true
    const server = await serve((request, response) => {
      if (isFirst) response.destroy()
      else reply(200, '[]')(request, response)
      isFirst = false
    })
    expect(await clientOf(server.url).ask()).toEqual({ ok: true, value: '[]' })
    server.handle((_request, response) => response.destroy())
    expect((await problemOf(server.url)).message).toContain('without an answer')
  })

  it('something answers that is not HTTP', async () => {
    const server = createServer((socket) => {
      socket
        .resume()
        .on('error', () => undefined)
        .end('220 mail.example.com ESMTP\r\n')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    cleanups.push(() => {
      server.close()
      return once(server, 'close')
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const problem = await problemOf(`http://127.0.0.1:${String(address.port)}`)
    expect(problem.code).toBe('unreachable')
    expect(problem.message).toContain('does not speak HTTP')
  })

  it('settles soon when it is called off', async () => {
    const server = await serve(() => undefined)
    const controller = new AbortController()
    const answer = clientOf(server.url).ask(controller.signal)
    controller.abort()
    expect(await answer).toMatchObject({ ok: false, error: { problem: { code: 'internal' } } })
  })

  it('settles soon when the client is closed', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200).write('[')
    })
    const client = clientOf(server.url)
    const answer = client.ask()
    await expect.poll(() => server.requests.length).toBe(1)
    await client.close()
    expect(await answer).toMatchObject({ ok: false })
    expect(await client.ask()).toMatchObject({ ok: false })
  })
})

describe('large answers', () => {
  it('are not read when they say so', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': String(200 * 1_048_576) }).write('[')
    })
    const problem = await problemOf(server.url, { maxBodyMiB: 1 })
    expect(problem.code).toBe('too-large')
    expect(problem.hint).toContain('maxBodyMiB')
  })

  it('are cut off when they do not: 200 MB are never taken in', async () => {
    let sent = 0
    const chunk = Buffer.alloc(65_536, 0x20)
    const server = await serve((_request, response) => {
      const more = () => {
        while (sent < 200 * 1_048_576 && !response.destroyed) {
          sent += chunk.length
          if (!response.write(chunk)) {
            response.once('drain', more)
            return
          }
        }
        response.end()
      }
      more()
    })
    expect((await problemOf(server.url, { maxBodyMiB: 2 })).code).toBe('too-large')
    expect(sent).toBeLessThan(40 * 1_048_576)
  })

  it('are read up to the limit', async () => {
    const body = `"${'ä'.repeat(524_287)}"`
    const server = await serve(reply(200, body))
    expect(await clientOf(server.url, { maxBodyMiB: 1 }).ask()).toEqual({ ok: true, value: body })
  })
})

describe('the bytes of an answer', () => {
  const body = JSON.stringify([{ annotations: { summary: 'Zu groß 😀 '.repeat(40) } }])

  it.each([
    ['gzip', gzipSync(body)],
    ['GZIP', gzipSync(body)],
    ['x-gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['br', brotliCompressSync(body)],
    ['zstd', zstdCompressSync(body)],
    ['identity', Buffer.from(body)],
  ])('are unpacked: %s', async (packing, bytes) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': packing }).end(bytes)
    })
    const client = clientOf(server.url)
    expect(await client.ask()).toEqual({ ok: true, value: body })
    expect(await client.ask()).toEqual({ ok: true, value: body })
  })

  it('are understood anew when they change, packed or not', async () => {
    const server = await serve(reply(200))
    const client = clientOf(server.url)
    for (const size of [300_000, 300_001, 300_000, 10]) {
      for (const isPacked of [true, false, true, true]) {
        const text = `"${'x'.repeat(size)}"`
        server.handle((_request, response) => {
          response.writeHead(200, isPacked ? { 'content-encoding': 'gzip' } : {})
          response.end(isPacked ? gzipSync(text) : text)
        })
        expect(await client.ask()).toEqual({ ok: true, value: text })
      }
    }
  })

  it('are counted as unpacked: a bomb is not let in', async () => {
    const bomb = gzipSync(Buffer.alloc(400 * 1_048_576))
    expect(bomb.length).toBeLessThan(1_048_576)
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    })
    expect((await problemOf(server.url, { maxBodyMiB: 2 })).code).toBe('too-large')
  })

  it.each([
    ['an unknown packing', 'gzip, gzip', gzipSync(gzipSync(body)), 'not asked for (gzip, gzip)'],
    ['a packing that is none', 'gzip', Buffer.from(body), 'cannot be decompressed'],
    ['a packing that is cut off', 'gzip', gzipSync(body).subarray(0, 40), 'cannot be decompressed'],
  ])('name %s', async (_what, packing, bytes, words) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': packing }).end(bytes)
    })
    const problem = await problemOf(server.url)
    expect(problem).toMatchObject({ code: 'not-json', message: expect.stringContaining(words) })
  })

  it('of a refusal are unpacked too, as far as they are read', async () => {
    const said = JSON.stringify({ status: 'error', error: 'no org id' })
    const server = await serve((_request, response) => {
      response.writeHead(401, { 'content-encoding': 'gzip' }).end(gzipSync(said))
    })
    expect((await problemOf(server.url)).hint).toContain('X-Scope-OrgID')
    server.handle((_request, response) => {
      const long = `${said}${'x'.repeat(100)}${String(Math.PI)}`.repeat(2_000)
      response.writeHead(500, { 'content-encoding': 'gzip' }).end(gzipSync(long))
    })
    expect((await problemOf(server.url)).code).toBe('server-error')
  })

  it('may begin with a byte-order mark', async () => {
    const server = await serve(reply(200, `\ufeff${body}`))
    expect(await clientOf(server.url).ask()).toEqual({ ok: true, value: body })
  })

  it.each([
    ['little end first', Buffer.from(`\ufeff${body}`, 'utf16le')],
    ['big end first', Buffer.from(`\ufeff${body}`, 'utf16le').swap16()],
    ['without a mark', Buffer.from(body, 'utf16le')],
  ])('are named when they are UTF-16: %s', async (_which, bytes) => {
    const server = await serve((_request, response) => {
      response.writeHead(200).end(bytes)
    })
    const problem = await problemOf(server.url)
    expect(problem).toMatchObject({
      code: 'not-json',
      message: expect.stringContaining('is written in UTF-16'),
    })
  })

  it('are asked for packed of other machines, and as they are of this one', async () => {
    const server = await serve(reply(200, '[]'))
    await clientOf(server.url).ask()
    expect(server.requests[0]?.headers['accept-encoding']).toBeUndefined()
  })
})

describe('TLS', () => {
  const authority = createAuthority()
  const good = authority.issue()
  const ca = () => join(folder, 'ca.pem')

  beforeAll(async () => {
    await writeFile(ca(), authority.cert)
    await writeFile(join(folder, 'client.pem'), good.cert)
    await writeFile(join(folder, 'client.key'), good.key)
  })

  it('answers with the configured authority', async () => {
    const server = await serve(reply(200, '[]'), good)
    expect(await clientOf(server.url, { tls: { ca: ca() } }).ask()).toEqual({
      ok: true,
      value: '[]',
    })
  })

  it.each([
    ['an unknown authority', good, false, 'not trusted here', 'tls.ca'],
    [
      'an expired certificate',
      authority.issue({ notAfter: new Date(Date.now() - 60_000) }),
      true,
      'expired',
      'Renew',
    ],
    [
      'a certificate of the future',
      authority.issue({ notBefore: new Date(Date.now() + 3_600_000) }),
      true,
      'not valid yet',
      'clock',
    ],
    [
      'another host name',
      authority.issue({ dnsNames: ['am.example.com'], addresses: [] }),
      true,
      'another host name',
      'tls.serverName',
    ],
  ])('names %s', async (_name, certificate, withCa, message, hint) => {
    const server = await serve(reply(200, '[]'), certificate)
    const problem = await problemOf(server.url, {
      ...bearer,
      ...(withCa ? { tls: { ca: ca() } } : {}),
    })
    expect(problem.code).toBe('tls')
    expect(problem.message).toContain(message)
    expect(problem.hint).toContain(hint)
    expect(server.requests).toHaveLength(0)
  })

  it('answers questions that come at once', async () => {
    const server = await serve(reply(200, '[]'), good)
    const client = clientOf(server.url, { tls: { ca: ca() } })
    const answers = await Promise.all([client.ask(), client.ask(), client.ask()])
    expect(answers).toEqual(Array(3).fill({ ok: true, value: '[]' }))
  })

  it('takes the name to expect from serverName', async () => {
    const server = await serve(
      reply(200, '[]'),
      authority.issue({ dnsNames: ['am.example.com'], addresses: [] }),
    )
    const client = clientOf(server.url, { tls: { ca: ca(), serverName: 'am.example.com' } })
    expect(await client.ask()).toMatchObject({ ok: true })
  })

  it('says when https is asked of a server without TLS', async () => {
    const server = await serve(reply(200, '[]'))
    const problem = await problemOf(server.url.replace('http:', 'https:'))
    expect(problem).toMatchObject({ code: 'tls', hint: expect.stringContaining('http://') })
  })

  it('shows a client certificate where the server wants one', async () => {
    const mutual = { ...good, ca: authority.cert, requestCert: true, rejectUnauthorized: true }
    const server = await serve(reply(200, '[]'), mutual)
    const tls = { ca: ca(), cert: join(folder, 'client.pem'), key: join(folder, 'client.key') }
    expect(await clientOf(server.url, { tls }).ask()).toMatchObject({ ok: true })
    const problem = await problemOf(server.url, { tls: { ca: ca() } })
    // With TLS 1.3 the refusal comes after the handshake and may get lost with the connection.
    expect(['tls', 'unreachable']).toContain(problem.code)
    expect(problem.hint).toContain('tls.cert')
  })

  it.each([
    ['a file that is not there', { ca: 'no-such-file.pem' }, 'no-such-file.pem'],
    ['a file that is not PEM', { ca: 'text' }, 'cannot be used as PEM'],
    ['a key of another certificate', { cert: 'client.pem', key: 'other.key' }, 'do not belong'],
  ])('reports %s', async (_name, files, message) => {
    await writeFile(join(folder, 'text'), 'hello')
    await writeFile(join(folder, 'other.key'), authority.key)
    const server = await serve(reply(200, '[]'), good)
    const tls = Object.fromEntries(
      Object.entries(files).map(([option, file]) => [option, join(folder, file)]),
    )
    const problem = await problemOf(server.url, { tls })
    expect(problem.code).toBe('misconfigured')
    expect(problem.message).toContain(message)
  })

  it('uses a renewed file without a restart', async () => {
    const file = join(folder, 'renewed.pem')
    await writeFile(file, createAuthority('another').cert)
    const server = await serve(reply(200, '[]'), good)
    const client = clientOf(server.url, { tls: { ca: file } })
    expect(await client.ask()).toMatchObject({ ok: false, error: { problem: { code: 'tls' } } })
    await writeFile(file, authority.cert)
    await utimes(file, new Date(), new Date(Date.now() + 5_000))
    expect(await client.ask()).toMatchObject({ ok: true })
  })
})
