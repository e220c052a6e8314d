import { afterEach, describe, expect, it } from 'vitest'
import { startBudget } from '#electron/http/budget.ts'
import { createHttpClient } from '#electron/http/client.ts'
import { createProxyFinder } from '#electron/http/proxy-finder.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { freePort } from '#test/integration/servers/server-process.ts'
import { startProxy } from './stand-in-proxy.ts'
import { reply, startStandIn, type Handler } from './stand-in-server.ts'
import { createShiftedClock } from './world.ts'

const clock = createShiftedClock()
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** What a server was asked, each with its body. */
async function serve(handler: Handler) {
  const asked: string[] = []
  const server = await startStandIn((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const body = Buffer.concat(chunks).toString()
      asked.push([method, url, headers['content-type'] ?? '', body].join(' ').trim())
      handler(request, response)
    })
  })
  cleanups.push(() => server.close())
  return { ...server, asked }
}

function clientOf(url: string, env: Readonly<Record<string, string>> = {}) {
  const config = alertmanagerConfigSchema.parse({
    type: 'alertmanager',
    name: 'test',
    url,
    timeout: '1s',
    auth: { bearer: 'env:TOKEN' },
  })
  const client = createHttpClient(config, {
    clock,
    random: () => 0,
    secrets: createSecretReader({ env: { TOKEN: 'swordfish' } }),
    proxies: createProxyFinder({ env }),
  })
  cleanups.push(() => client.close())
  return async (method: 'POST' | 'DELETE', body: unknown) => {
    const budget = startBudget(clock, config.timeout, new AbortController().signal)
    try {
      return await client.send(method, '/change', body, budget)
    } finally {
      budget.end()
    }
  }
}

describe('a change', () => {
  it('is sent with its body, below the path of the address', async () => {
    const server = await serve(reply(200, 'done'))
    const send = clientOf(`${server.url}/am/`)
    expect(await send('POST', { a: 'ü' })).toEqual({ ok: true, value: 'done' })
    expect(await send('DELETE', null)).toEqual({ ok: true, value: 'done' })
    expect(server.asked).toEqual([
      'POST /am/change application/json {"a":"ü"}',
      'DELETE /am/change',
    ])
  })

  it('goes through a proxy like a question', async () => {
    const server = await serve(reply(200, 'done'))
    const proxy = await startProxy({ to: server.port })
    cleanups.push(() => proxy.close())
    const send = clientOf('http://am.corp.invalid', {
      HTTP_PROXY: `http://127.0.0.1:${String(proxy.port)}`,
    })
    await send('POST', { a: 1 })
    expect(proxy.asked).toEqual(['POST http://am.corp.invalid/change'])
    expect(server.asked).toEqual(['POST /change application/json {"a":1}'])
  })

  it.each([
    ['a server that is overloaded', reply(503)],
    ['a connection that breaks', (_request, response) => response.destroy()],
  ])('is not sent a second time, and may have been made: %s', async (_, handler) => {
    const server = await serve(handler)
    expect(await clientOf(server.url)('POST', {})).toMatchObject({
      ok: false,
      error: { mayBeDone: true },
    })
    expect(server.asked).toHaveLength(1)
  })

  it('was not made where nothing was reached', async () => {
    const nobody = await freePort()
    const send = clientOf(`http://127.0.0.1:${String(nobody)}`)
    expect(await send('POST', {})).toMatchObject({ ok: false, error: { mayBeDone: false } })
  })

  it('was not made where the proxy was not reached', async () => {
    const nobody = await freePort()
    const send = clientOf('http://am.invalid', {
      HTTP_PROXY: `http://127.0.0.1:${String(nobody)}`,
    })
    expect(await send('POST', {})).toMatchObject({ ok: false, error: { mayBeDone: false } })
  })
})
