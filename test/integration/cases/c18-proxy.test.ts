import { afterEach, describe, expect, it } from 'vitest'
import { createProxyFinder, type SystemProxies } from '#electron/http/proxy-finder.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createSystemProxies } from '#electron/host/desktop/system/system-proxies.ts'
import { alertmanager } from '#electron/vendors/alertmanager/index.ts'
import { prometheus } from '#electron/vendors/prometheus/index.ts'
import { sourceConfigSchema } from '#test/fixtures/configuration.ts'
import { createStandIn } from '#test/fixtures/electron-stand-in/stand-in.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { startProxy, type StandInProxy } from '#test/unit/electron/http/stand-in-proxy.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { answerCase, type AnsweredCase } from '../servers/answered-case.ts'
import { freePort } from '../servers/server-process.ts'

const PASSWORD = 'pr0xy-geheim'
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function open(name: string): Promise<{ server: AnsweredCase; proxy: StandInProxy }> {
  const server = await answerCase(name)
  const proxy = await startProxy({ to: server.port })
  cleanups.push(
    () => server.close(),
    () => proxy.close(),
  )
  return { server, proxy }
}

interface World {
  readonly env?: Readonly<Record<string, string>>
  readonly system?: SystemProxies
}

function sourceOf(
  url: string,
  { env = {}, system }: World,
  vendor: typeof alertmanager = alertmanager,
) {
  const config = { type: vendor.kind.type, name: 'am', url, interval: '1s' }
  const source = vendor.createSource(sourceConfigSchema.parse(config), {
    clock: createShiftedClock(),
    ids,
    marks: { read: () => null, write: () => undefined },
    secrets: createSecretReader({ env: {} }),
    proxies: createProxyFinder({ env, ...(system ? { system } : {}) }),
  })
  cleanups.push(() => source.close())
  return source
}

const environment = (port: number, user = '') => ({
  HTTP_PROXY: `http://${user}127.0.0.1:${String(port)}`,
  HTTPS_PROXY: `http://${user}127.0.0.1:${String(port)}`,
  NO_PROXY: 'localhost,127.0.0.1',
})

const CORP = 'http://am.corp.invalid'
const test = (source: ReturnType<typeof sourceOf>) => source.test(new AbortController().signal)

describe('behind a company’s proxy', () => {
  it('an Alertmanager whose name only the proxy knows is watched, and the test says by which way', async () => {
    const { proxy } = await open('C13')
    const source = sourceOf(CORP, { env: environment(proxy.port, `me:${PASSWORD}@`) })
    const report = await test(source)
    expect(report).toMatchObject({ isWorking: true })
    expect(report.findings).toContain(
      `reached through the proxy 127.0.0.1:${String(proxy.port)}, set by HTTP_PROXY`,
    )
    const live = startLiveEngine([source])
    cleanups.push(() => live.stop())
    await live.until((state) => state.sources.get('am')?.health === 'healthy')
    expect(proxy.asked[0]).toBe(`GET ${CORP}/api/v2/status`)
    expect(JSON.stringify([report, live.engine.greeting()])).not.toContain(PASSWORD)
  })

  it('so is a Prometheus', async () => {
    const { proxy } = await open('C09')
    const source = sourceOf(
      'http://prom.corp.invalid',
      { env: environment(proxy.port) },
      prometheus,
    )
    const { findings } = await test(source)
    expect(findings.join()).toContain('reached through the proxy')
  })

  it('what NO_PROXY lists and this machine itself are asked straight', async () => {
    const { server, proxy } = await open('C13')
    const env = environment(proxy.port)
    for (const each of [env, { ...env, NO_PROXY: '' }]) {
      const report = await test(sourceOf(server.url, { env: each }))
      expect(report).toMatchObject({ isWorking: true })
      expect(report.findings.join()).not.toContain('proxy')
    }
    expect(proxy.asked).toEqual([])
  })

  it('a proxy that is not there is the culprit, in the source’s own words', async () => {
    const port = await freePort()
    const source = sourceOf(CORP, { env: environment(port, `me:${PASSWORD}@`) })
    const live = startLiveEngine([source])
    cleanups.push(() => live.stop())
    const { sources } = await live.until((state) => state.sources.get('am')?.health === 'failing')
    expect(sources.get('am')?.problem?.message).toBe(
      `The proxy 127.0.0.1:${String(port)} refused the connection, so am.corp.invalid was not reached.`,
    )
    expect(JSON.stringify([live.engine.greeting(), await test(source)])).not.toContain(PASSWORD)
  })

  it('the desktop host takes what the settings of the system say', async () => {
    const { proxy } = await open('C13')
    const standIn = createStandIn()
    const session = standIn.session('system-proxies')
    session.proxies = `PROXY 127.0.0.1:${String(proxy.port)}; DIRECT`
    const report = await test(sourceOf(CORP, { system: createSystemProxies(standIn.api.session) }))
    expect(report.findings).toContain(
      `reached through the proxy 127.0.0.1:${String(proxy.port)}, set by the settings of this computer`,
    )
    expect(new Set(session.resolved)).toEqual(new Set([`${CORP}/`]))
  })
})
