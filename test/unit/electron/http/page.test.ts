import { afterEach, describe, expect, it } from 'vitest'
import { startBudget } from '#electron/http/budget.ts'
import { askPage } from '#electron/http/page.ts'
import { createProxyFinder, type ProxyFinder } from '#electron/http/proxy-finder.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createAuthority } from '#test/integration/servers/certificates.ts'
import { freePort } from '#test/integration/servers/server-process.ts'
import { reply, startStandIn, type Handler } from './stand-in-server.ts'

const clock = createNodeClock()
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function serve(handler: Handler, tls?: Parameters<typeof startStandIn>[1]) {
  const server = await startStandIn(handler, tls)
  cleanups.push(() => server.close())
  return server
}

async function ask(
  address: string,
  {
    ms = 5_000,
    proxies,
    signal = new AbortController().signal,
  }: { ms?: number; proxies?: ProxyFinder; signal?: AbortSignal } = {},
) {
  const budget = startBudget(clock, ms, signal)
  try {
    const wish = { types: ['text/markdown', 'text/plain'], maxBytes: 1_024 * 1_024 }
    return await askPage(new URL(address), wish, { clock, proxies }, budget)
  } finally {
    budget.end()
  }
}

const refused = (message: string) => ({
  ok: false,
  error: { problem: { message: expect.stringContaining(message) as string } },
})

describe('a page', () => {
  it('is asked for with its query, and with nothing that says who asks', async () => {
    const server = await serve(reply(200, '\uFEFF# X', { 'content-type': 'Text/Markdown;a=b' }))
    expect(await ask(`${server.url}/a%20b?c=d&e`)).toEqual({
      ok: true,
      value: { kind: 'text', type: 'text/markdown', text: '# X' },
    })
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]?.path).toBe('/a%20b?c=d&e')
    expect(Object.keys(server.requests[0]?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'connection',
      'host',
      'user-agent',
    ])
  })

  it.each([
    [reply(301, '', { location: '/y' }), { kind: 'redirect', location: '/y' }],
    [reply(304), { kind: 'refused', status: 304, retryAfterMs: null }],
    [reply(429, '', { 'retry-after': '7' }), { kind: 'refused', status: 429, retryAfterMs: 7_000 }],
    [reply(200, 'x', { 'content-type': 'image/png' }), { kind: 'other-type', type: 'image/png' }],
    [reply(200, 'x'), { kind: 'text', type: '', text: 'x' }],
  ] as const)('is answered as the server answers', async (handler, value) => {
    const server = await serve(handler)
    expect(await ask(server.url)).toEqual({ ok: true, value })
  })

  it('is not read where it is too long, or no text', async () => {
    const long = await serve(reply(200, 'x'.repeat(1_024 * 1_024 + 1)))
    expect(await ask(long.url)).toMatchObject(refused('is over 1 MiB and was not read'))
    const wide = await serve((_request, response) =>
      response.writeHead(200).end(Buffer.from('# X', 'utf16le')),
    )
    expect(await ask(wide.url)).toMatchObject(refused('cannot be read as text in UTF-8'))
  })

  it('is waited for as long as it may take, and no longer', async () => {
    const server = await serve(() => undefined)
    expect(await ask(server.url, { ms: 50 })).toMatchObject(refused('did not answer within 0.05 s'))
    const abort = new AbortController()
    const asked = ask(server.url, { signal: abort.signal })
    abort.abort()
    expect(await asked).toMatchObject(refused('was cancelled'))
  })

  it('is none where nobody answers, or somebody who cannot show who they are', async () => {
    const port = await freePort()
    expect(await ask(`http://127.0.0.1:${String(port)}/`)).toMatchObject(refused('127.0.0.1'))
    const server = await serve(reply(200, '# X'), createAuthority().issue())
    expect(await ask(server.url)).toMatchObject(refused('certificate'))
    expect(server.requests).toEqual([])
  })

  it('is asked for through the proxy of this machine, whose password it does not get', async () => {
    const proxy = await serve(reply(200, '# X', { 'content-type': 'text/plain' }))
    const env = { HTTP_PROXY: `http://ada:secret@127.0.0.1:${String(proxy.port)}` }
    const answer = await ask('http://runbooks.example/x.md', {
      proxies: createProxyFinder({ env }),
    })
    expect(answer).toMatchObject({ ok: true, value: { text: '# X' } })
    expect(proxy.requests[0]?.path).toBe('http://runbooks.example/x.md')
    const strict = await serve(reply(407, '', { 'proxy-authenticate': 'Basic realm="x"' }))
    const again = { HTTP_PROXY: `http://127.0.0.1:${String(strict.port)}` }
    expect(
      await ask('http://runbooks.example/x.md', { proxies: createProxyFinder({ env: again }) }),
    ).toMatchObject(refused(`The proxy 127.0.0.1:${String(strict.port)}`))
  })
})
