import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { reply, startStandIn } from '#test/unit/electron/http/stand-in-server.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import {
  startAlertmanager,
  type Alertmanager,
  type AlertmanagerOptions,
} from './servers/alertmanager.ts'
import { createAuthority } from './servers/certificates.ts'

const cleanups: (() => Promise<unknown>)[] = []
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckwatch-integration-'))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function start(options?: AlertmanagerOptions): Promise<Alertmanager> {
  const server = await startAlertmanager(options)
  cleanups.push(() => server.stop())
  return server
}

function sourceOf(url: string, options: object = {}): Source {
  const source = createAlertmanagerSource(
    alertmanagerConfigSchema.parse({ type: 'alertmanager', name: 'am', url, ...options }),
    {
      clock: createShiftedClock(),
      ids,
      secrets: createSecretReader({ env: { PASSWORD: 'swordfish', WRONG: 'tuna' } }),
    },
  )
  cleanups.push(() => source.close())
  return source
}

async function poll(source: Source) {
  const result = await source.poll(new AbortController().signal)
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

async function problemOf(source: Source) {
  const result = await source.poll(new AbortController().signal)
  if (result.ok) throw new Error('the poll was expected to fail')
  expect(JSON.stringify(result.error)).not.toMatch(/swordfish|tuna/)
  return result.error
}

const alert = { labels: { alertname: 'A', severity: 'critical' } }

describe('the life of a real Alertmanager', () => {
  it('fires, is silenced, resolves', async () => {
    const server = await start()
    const source = sourceOf(server.url)
    await server.postAlerts([alert])
    expect((await poll(source)).signals).toMatchObject([{ ...alert, suppression: [] }])
    source.accept()

    const id = await server.postSilence({
      matchers: { alertname: 'A' },
      createdBy: 'alice@example.com',
      comment: 'INC-1',
    })
    const silence = { kind: 'silence', id, createdBy: 'alice@example.com', comment: 'INC-1' }
    expect((await poll(source)).signals).toMatchObject([{ suppression: [silence] }])
    source.accept()

    await server.expireSilence(id)
    expect((await poll(source)).signals).toMatchObject([{ suppression: [] }])
    source.accept()

    await server.resolveAlerts([alert])
    expect(await poll(source)).toMatchObject({ gone: [alert.labels], total: 0 })
  })

  it('stops, and comes back empty as another instance', async () => {
    const server = await start()
    const source = sourceOf(server.url)
    await server.postAlerts([alert])
    const before = await poll(source)
    source.accept()

    await server.kill()
    expect(await problemOf(source)).toMatchObject({ code: 'unreachable' })
    await server.restart()
    const after = await poll(source)
    expect(after.gone).toEqual([alert.labels])
    expect(after.instance).not.toBe(before.instance)
    source.accept()

    await server.postAlerts([alert])
    expect(await poll(source)).toMatchObject({ instance: after.instance, signals: [alert] })
  })

  it('answers through its limit of parallel requests', async () => {
    const server = await start()
    await server.postAlerts([alert])
    const sources = Array.from({ length: 24 }, () => sourceOf(server.url))
    const reports = await Promise.all(sources.map((source) => poll(source)))
    expect(reports.map(({ total }) => total)).toEqual(sources.map(() => 1))
  })

  it('filters by conditions and receivers, and refuses what it does not understand', async () => {
    const server = await start()
    await server.postAlerts([
      alert,
      { labels: { alertname: 'B', path: 'C:\\"x"' } },
      { labels: { alertname: 'C', team: 'edge' } },
    ])
    const totalOf = async (options: object) => (await poll(sourceOf(server.url, options))).total
    expect(await totalOf({ filter: ['alertname=~"A|C", team!="edge"'] })).toBe(1)
    expect(await totalOf({ filter: ['path="C:\\\\\\"x\\""'] })).toBe(1)
    expect(await totalOf({ receiver: 'on.*' })).toBe(3)
    expect(await totalOf({ receiver: 'other' })).toBe(0)
    // Names in quotes are valid here and unknown to an Alertmanager of that age.
    const refused = await problemOf(sourceOf(server.url, { filter: ['"odd name"="x"'] }))
    expect(refused.code).toBe('misconfigured')
    expect(refused.hint).toContain('filter')
  })
})

const withIntervals = `
route:
  receiver: oncall
  routes:
    - receiver: oncall
      matchers: [team="quiet"]
      mute_time_intervals: [always]
    - receiver: watch
      matchers: [severity="none"]
receivers:
  - name: oncall
  - name: watch
time_intervals:
  - name: always
    time_intervals: [{ times: [{ start_time: "00:00", end_time: "24:00" }] }]
`

describe('what a real Alertmanager leaves out', () => {
  const codes = async (source: Source) => (await poll(source)).remarks?.map(({ code }) => code)

  it('are its mutes before 0.28, which is said where it has time intervals', async () => {
    const server = await start({ config: withIntervals })
    const quiet = { labels: { alertname: 'Q', team: 'quiet' } }
    await server.postAlerts([quiet])
    const source = sourceOf(server.url)
    const report = await poll(source)
    expect(report.signals).toMatchObject([{ ...quiet, suppression: [] }])
    expect(report.remarks).toMatchObject([{ code: 'mutes-unknown' }])
    const { findings } = await source.test(new AbortController().signal)
    expect(findings).toContain(report.remarks?.[0]?.text)
  })

  it('is not said where it has none', async () => {
    const server = await start()
    await server.postAlerts([alert])
    expect(await codes(sourceOf(server.url))).toEqual([])
  })

  it('are heartbeats of another receiver, which are found all the same', async () => {
    const server = await start({ config: withIntervals })
    const watchdog = { labels: { alertname: 'Watchdog', severity: 'none' } }
    await server.postAlerts([alert, watchdog])
    const source = sourceOf(server.url, {
      receiver: 'oncall',
      filter: ['severity="critical"'],
      heartbeats: ['alertname="Watchdog"'],
    })
    expect((await poll(source)).total).toBe(2)
    const { findings } = await source.test(new AbortController().signal)
    expect(findings).toContain('heartbeat alertname="Watchdog" is present')
  })
})

describe('ways to reach it', () => {
  it('below a path prefix', async () => {
    const server = await start({ routePrefix: '/alert/manager' })
    await server.postAlerts([alert])
    expect(await poll(sourceOf(`${server.url}/`))).toMatchObject({ total: 1 })
    const atRoot = sourceOf(new URL(server.url).origin)
    expect(['not-found', 'redirected']).toContain((await problemOf(atRoot)).code)
  })

  it('with basic auth', async () => {
    const authorization = `Basic ${Buffer.from('oncall:swordfish').toString('base64')}`
    const server = await start({
      // bcrypt of "swordfish"
      webConfig: `basic_auth_users:\n  oncall: $2b$04$1sKX5DMiQn1WSYLcZ.NkQ.tXufimVFvVtVymU/R..j4iT4wYjpD9K\n`,
      access: { headers: { authorization } },
    })
    const auth = (password: string) => ({ auth: { basic: { username: 'oncall', password } } })
    expect(await poll(sourceOf(server.url, auth('env:PASSWORD')))).toMatchObject({ total: 0 })
    expect((await problemOf(sourceOf(server.url, auth('env:WRONG')))).code).toBe('unauthorised')
    expect((await problemOf(sourceOf(server.url))).code).toBe('unauthorised')
    expect((await problemOf(sourceOf(server.url, auth('env:NONE')))).code).toBe('misconfigured')
  })

  it('with a bearer token, through a proxy that wants one', async () => {
    const server = await start()
    await server.postAlerts([alert])
    const proxy = await startStandIn((request, response) => {
      if (request.headers.authorization !== 'Bearer swordfish') {
        reply(403)(request, response)
        return
      }
      void server.get(request.url ?? '').then((body) => {
        reply(200, body)(request, response)
      })
    })
    cleanups.push(() => proxy.close())
    const bearer = (reference: string) => sourceOf(proxy.url, { auth: { bearer: reference } })
    expect(await poll(bearer('env:PASSWORD'))).toMatchObject({ total: 1 })
    expect((await problemOf(bearer('env:WRONG'))).code).toBe('forbidden')
  })

  it('with its own authority and client certificates', async () => {
    const authority = createAuthority()
    const mine = authority.issue({ commonName: 'oncall' })
    const its = authority.issue()
    const files = {
      ca: authority.cert,
      cert: mine.cert,
      key: mine.key,
      itsCert: its.cert,
      itsKey: its.key,
    }
    const paths = Object.fromEntries(
      Object.keys(files).map((name) => [name, join(folder, `${name}.pem`)]),
    )
    for (const [name, text] of Object.entries(files)) await writeFile(paths[name] ?? '', text)
    const { ca, cert, key, itsCert, itsKey } = paths
    const server = await start({
      webConfig: JSON.stringify({
        tls_server_config: {
          cert_file: itsCert,
          key_file: itsKey,
          client_ca_file: ca,
          client_auth_type: 'RequireAndVerifyClientCert',
        },
      }),
      access: { ca: authority.cert, cert: mine.cert, key: mine.key },
    })
    await server.postAlerts([alert])
    expect(await poll(sourceOf(server.url, { tls: { ca, cert, key } }))).toMatchObject({ total: 1 })

    const withoutCertificate = await problemOf(sourceOf(server.url, { tls: { ca } }))
    expect(['tls', 'unreachable']).toContain(withoutCertificate.code)
    expect(withoutCertificate.hint).toContain('tls.cert')
    const withoutAuthority = await problemOf(sourceOf(server.url, { tls: { cert, key } }))
    expect(withoutAuthority).toMatchObject({ code: 'tls' })
    expect(withoutAuthority.hint).toContain('tls.ca')
    const withoutTls = await problemOf(sourceOf(server.url.replace('https:', 'http:')))
    expect(withoutTls.hint).toContain('https://')
  })
})
