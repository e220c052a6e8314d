import { afterEach, describe, expect, it } from 'vitest'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { startAlertmanager, type Alertmanager } from './servers/alertmanager.ts'
import { freePort } from './servers/server-process.ts'

const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const deps = { clock: createShiftedClock(), ids, secrets: createSecretReader() }
const alert = { labels: { alertname: 'HostDown', instance: 'db-1', severity: 'critical' } }

async function start(options: Parameters<typeof startAlertmanager>[0] = {}) {
  const server = await startAlertmanager(options)
  cleanups.push(() => server.stop())
  return server
}

function watch(servers: Readonly<Record<string, Alertmanager>>) {
  const sources = Object.entries(servers).map(([name, { url }]) =>
    createAlertmanagerSource(
      alertmanagerConfigSchema.parse({ type: 'alertmanager', name, url, interval: '500ms' }),
      deps,
    ),
  )
  const channel = createFakeChannel()
  const live = startLiveEngine(sources, { channels: [channel] })
  cleanups.push(() => live.stop())
  return { channel, ...live }
}

describe('equal labels of real Alertmanagers', () => {
  it('that have nothing to do with each other are two alerts, and the second one pages too', async () => {
    const [eu, us] = [await start(), await start()]
    await eu.postAlerts([alert])
    const live = watch({ eu, us })
    const first = await live.until(({ pages }) => pages.size === 1)
    const [incident] = first.incidents.values()
    expect(await live.run('incident.acknowledge', { incidentId: incident?.id })).toMatchObject({
      ok: true,
    })
    await us.postAlerts([alert])
    const { alerts } = await live.until(({ pages }) => pages.size === 2)
    expect([...alerts.values()].map(({ realm }) => realm)).toEqual([undefined, 'us'])
  })

  it('of one cluster are one alert', async () => {
    const ports = [await freePort(), await freePort()]
    const [port = 0, peer = 0] = ports
    const a = await start({ cluster: { port, peers: [peer] } })
    const b = await start({ cluster: { port: peer, peers: [port] } })
    const other = await start()
    await expect
      .poll(async () => (await a.get('/api/v2/status')).match(/"address":/g)?.length, {
        timeout: 30_000,
      })
      .toBe(2)
    await expect
      .poll(async () => (await b.get('/api/v2/status')).match(/"address":/g)?.length, {
        timeout: 30_000,
      })
      .toBe(2)
    for (const each of [a, b, other]) await each.postAlerts([alert])
    const live = watch({ a, b, other })
    const { alerts, sources } = await live.until(
      (state) =>
        [...state.alerts.values()].flatMap(({ observations }) => Object.keys(observations))
          .length === 3,
    )
    expect(
      [...alerts.values()].map(({ observations }) => Object.keys(observations).sort()).sort(),
    ).toEqual([['a', 'b'], ['other']])
    expect([...sources.values()].map(({ realm }) => realm?.id)).toEqual(['', '', 'other'])
    const test = await live.run('source.test', { sourceId: 'a' })
    expect(test).toMatchObject({
      ok: true,
      value: {
        findings: expect.arrayContaining([
          'realm default (found automatically), shared with b',
        ]) as unknown,
      },
    })
  })
})
