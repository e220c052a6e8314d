import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startBudget } from '#electron/http/budget.ts'
import { createHttpClient, type ConnectionConfig } from '#electron/http/client.ts'
import { createProxyFinder } from '#electron/http/proxy-finder.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { createAuthority } from '#test/integration/servers/certificates.ts'
import { freePort } from '#test/integration/servers/server-process.ts'
import { startProxy, startSocks } from './stand-in-proxy.ts'
import { reply, startStandIn, type Handler } from './stand-in-server.ts'
import { createShiftedClock } from './world.ts'

const PASSWORD = 'pr0xy-geheim'
const clock = createShiftedClock()
const cleanups: (() => Promise<unknown>)[] = []
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckwatch-proxies-'))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function serve(
  handler: Handler = reply(200, '[]'),
  tls?: Parameters<typeof startStandIn>[1],
) {
  const server = await startStandIn(handler, tls)
  cleanups.push(() => server.close())
  return server
}
async function started<Started extends { close(): Promise<void> }>(starting: Promise<Started>) {
  const proxy = await starting
  cleanups.push(() => proxy.close())
  return proxy
}

interface World {
  readonly env?: Readonly<Record<string, string>>
  /** What the system's settings say. */
  readonly pac?: string
}

function clientOf(url: string, { env = {}, pac }: World, options: object = {}) {
  const config: ConnectionConfig = alertmanagerConfigSchema.parse({
    type: 'alertmanager',
    name: 'test',
    url,
    ...options,
  })
  const client = createHttpClient(config, {
    clock,
    random: () => 0,
    secrets: createSecretReader({ env: { TOKEN: 'of-the-server' }, folder }),
    proxies: createProxyFinder({
      env,
      ...(pac === undefined ? {} : { system: () => Promise.resolve(pac) }),
    }),
  })
  cleanups.push(() => client.close())
  return {
    ...client,
    async ask() {
      const budget = startBudget(clock, config.timeout, new AbortController().signal)
      try {
        return await client.get('/api/v2/alerts', [['active', 'true']], budget)
      } finally {
        budget.end()
      }
    },
  }
}

async function problemOf(url: string, world: World, options: object = {}) {
  const answer = await clientOf(url, world, options).ask()
  if (answer.ok) throw new Error('an answer came where a failure was expected')
  const text = JSON.stringify(answer.error)
  expect(text).not.toContain(PASSWORD)
  expect(text).not.toContain(Buffer.from(`me:${PASSWORD}`).toString('base64'))
  return answer.error.problem
}

const at = (port: number, user = '') => `${user}127.0.0.1:${String(port)}`
const http = 'http://am.corp.invalid'
const authority = createAuthority()
const certificate = authority.issue({ dnsNames: ['am.corp.invalid'], addresses: [] })
async function withAuthority() {
  const ca = join(folder, 'ca.pem')
  await writeFile(ca, authority.cert)
  return { tls: { ca } }
}

describe('through a proxy', () => {
  it('http is passed on, with the credentials of the server and of the proxy apart', async () => {
    const server = await serve()
    const proxy = await started(startProxy({ to: server.port }))
    const env = { HTTP_PROXY: `http://${at(proxy.port, `me:${PASSWORD}@`)}` }
    const client = clientOf(`${http}/prefix`, { env }, { auth: { bearer: 'env:TOKEN' } })
    expect(await client.ask()).toEqual({ ok: true, value: '[]' })
    expect(await client.ask()).toEqual({ ok: true, value: '[]' })
    expect(proxy.asked[0]).toBe(`GET ${http}/prefix/api/v2/alerts?active=true`)
    expect(proxy.signIns[0]).toBe(`Basic ${Buffer.from(`me:${PASSWORD}`).toString('base64')}`)
    expect(server.requests[0]?.headers).toMatchObject({
      host: 'am.corp.invalid',
      // Another machine is asked for what takes less of the network.
      'accept-encoding': 'gzip',
      authorization: 'Bearer of-the-server',
    })
    expect(client.via()?.label).toBe(at(proxy.port))
  })

  it('https goes through a tunnel, in which the server shows its own certificate', async () => {
    const server = await serve(reply(200, '[]'), certificate)
    const proxy = await started(startProxy({ to: server.port }))
    const env = { HTTPS_PROXY: `http://${at(proxy.port, `me:${PASSWORD}@`)}` }
    const url = 'https://am.corp.invalid:9443'
    const client = clientOf(url, { env }, await withAuthority())
    expect(await client.ask()).toEqual({ ok: true, value: '[]' })
    expect(proxy.asked).toEqual(['CONNECT am.corp.invalid:9443'])
    expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined()
    // Its own certificate is judged, not that of the proxy.
    const problem = await problemOf(url, { env })
    expect(problem.code).toBe('tls')
    expect(problem.message).toContain('am.corp.invalid:9443 shows a certificate of an authority')
    expect(problem.hint).toContain(`It is reached through the proxy ${at(proxy.port)}`)
  })

  it.each([
    ['http', 'http://am.corp.invalid:9093', 'am.corp.invalid:9093'],
    ['https', 'https://am.corp.invalid', 'am.corp.invalid:443'],
    ['an address of IPv6', 'http://[fd00::1]:9093', 'fd000000000000000000000000000001:9093'],
    ['an address of IPv4', 'http://10.1.2.3', '10.1.2.3:80'],
  ])('SOCKS leads %s to the server, whose name it resolves', async (_what, url, target) => {
    const server = await serve(reply(200, '[]'), url.startsWith('https') ? certificate : undefined)
    const proxy = await started(startSocks({ to: server.port, user: `me:${PASSWORD}` }))
    const env = { ALL_PROXY: `socks5://${at(proxy.port, `me:${PASSWORD}@`)}` }
    const client = clientOf(url, { env }, await withAuthority())
    expect(await client.ask()).toEqual({ ok: true, value: '[]' })
    expect(proxy.asked).toEqual([`SOCKS ${target}`])
  })

  it('the next one of the system’s settings is taken where the first cannot be reached', async () => {
    const server = await serve()
    const proxy = await started(startProxy({ to: server.port }))
    const pac = `PROXY 127.0.0.1:${String(await freePort())}; PROXY ${at(proxy.port)}; DIRECT`
    const client = clientOf(http, { pac })
    expect(await client.ask()).toEqual({ ok: true, value: '[]' })
    expect(await client.ask()).toEqual({ ok: true, value: '[]' })
    expect(proxy.asked).toHaveLength(2)
  })

  it('nothing of this machine goes', async () => {
    const server = await serve()
    const proxy = await started(startProxy({ to: server.port }))
    const env = { ALL_PROXY: `http://${at(proxy.port)}` }
    const client = clientOf(server.url, { env })
    expect(await client.ask()).toMatchObject({ ok: true })
    expect(client.via()).toBeNull()
    expect(proxy.asked).toEqual([])
  })
})

describe('a proxy that fails is named, not the server', () => {
  const https = 'https://am.corp.invalid'
  const both = [
    ['http', http],
    ['https', https],
  ] as const

  it.each(both)('nobody listens there (%s)', async (_scheme, url) => {
    const port = await freePort()
    const problem = await problemOf(url, {
      env: { ALL_PROXY: `http://${at(port, `me:${PASSWORD}@`)}` },
    })
    expect(problem).toMatchObject({
      code: 'unreachable',
      message: `The proxy ${at(port)} refused the connection, so am.corp.invalid was not reached.`,
      hint: expect.stringContaining('environment variable ALL_PROXY'),
    })
  })

  it.each(both)('its certificate is not trusted (%s)', async (_scheme, url) => {
    const proxy = await serve(reply(200, '[]'), authority.issue())
    const problem = await problemOf(url, { env: { ALL_PROXY: `https://${at(proxy.port)}` } })
    expect(problem.code).toBe('tls')
    expect(problem.message).toContain(`The proxy ${at(proxy.port)} shows a certificate`)
    expect(proxy.requests).toEqual([])
  })

  it.each(both)('its name does not exist (%s)', async (_scheme, url) => {
    const problem = await problemOf(url, {
      env: { ALL_PROXY: 'http://no-such-proxy.invalid:3128' },
    })
    expect(problem.message).toContain('The proxy no-such-proxy.invalid:3128 cannot be found')
  })

  it.each(both)('it wants a user, or another one (%s)', async (_scheme, url) => {
    const proxy = await started(
      startProxy({ to: 0, status: 407, headers: { 'proxy-authenticate': 'Basic realm="x"' } }),
    )
    const without = await problemOf(url, { env: { ALL_PROXY: `http://${at(proxy.port)}` } })
    expect(without.code).toBe('unauthorised')
    expect(without.message).toBe(
      `The proxy ${at(proxy.port)} requires a user name and a password (407).`,
    )
    const env = { ALL_PROXY: `http://${at(proxy.port, `me:${PASSWORD}@`)}` }
    expect((await problemOf(url, { env })).message).toContain('did not accept the user name')
  })

  it.each(both)('it wants what cannot be done (%s)', async (_scheme, url) => {
    const proxy = await started(
      startProxy({ to: 0, status: 407, headers: { 'proxy-authenticate': 'Negotiate, NTLM' } }),
    )
    const problem = await problemOf(url, { env: { ALL_PROXY: `http://${at(proxy.port)}` } })
    expect(problem.message).toContain(
      'requires an authentication method that Deckwatch does not support: ntlm, negotiate',
    )
  })

  it.each([
    ['http', http, 502, 'could not get an answer of am.corp.invalid (502)'],
    ['https', https, 502, 'could not reach am.corp.invalid (502)'],
    ['https', https, 403, 'does not let Deckwatch reach am.corp.invalid (403)'],
    ['https', https, 400, 'refused to connect to am.corp.invalid (400)'],
  ])('it does not reach the server (%s, %s %i)', async (_scheme, url, status, words) => {
    const proxy = await started(startProxy({ to: 0, status }))
    const problem = await problemOf(url, { env: { ALL_PROXY: `http://${at(proxy.port)}` } })
    expect(problem.message).toContain(`The proxy ${at(proxy.port)} ${words}`)
  })

  it.each(both)('it speaks something else (%s)', async (_scheme, url) => {
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
    const { port } = server.address() as { port: number }
    const problem = await problemOf(url, { env: { ALL_PROXY: `http://${at(port)}` } })
    expect(problem.message).toContain(`The proxy ${at(port)} sent no valid response of a proxy`)
  })

  it.each(both)('it takes the connection and says nothing (%s)', async (_scheme, url) => {
    const server = createServer((socket) => void socket.on('error', () => undefined))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const open = new Set<{ destroy(): unknown }>()
    server.on('connection', (socket) => open.add(socket))
    cleanups.push(() => {
      for (const socket of open) socket.destroy()
      server.close()
      return once(server, 'close')
    })
    const { port } = server.address() as { port: number }
    const env = { ALL_PROXY: `http://${at(port)}` }
    // Long enough to read certificates on a machine that is busy.
    const problem = await problemOf(url, { env }, { timeout: '4s' })
    expect(problem.code).toBe('timeout')
    expect(`${problem.message} ${problem.hint}`).toMatch(new RegExp(`he proxy ${at(port)}`))
  })

  it.each([
    [2, 'does not let Deckwatch reach am.corp.invalid'],
    [4, 'its name cannot be resolved'],
    [5, 'it refused the connection'],
    [1, 'could not reach am.corp.invalid'],
  ])('by SOCKS: reply %i', async (code, words) => {
    const proxy = await started(startSocks({ to: 0, reply: code }))
    const problem = await problemOf(http, { env: { ALL_PROXY: `socks5://${at(proxy.port)}` } })
    expect(problem.message).toContain(words)
  })

  it('by SOCKS: it wants a user, or another one', async () => {
    const proxy = await started(startSocks({ to: 0, user: 'me:other' }))
    const without = await problemOf(http, { env: { ALL_PROXY: `socks5://${at(proxy.port)}` } })
    expect(without.message).toContain('requires a user name')
    const env = { ALL_PROXY: `socks5://${at(proxy.port, `me:${PASSWORD}@`)}` }
    expect((await problemOf(http, { env })).message).toContain('did not accept the user name')
  })
})
