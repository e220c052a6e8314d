import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import type { ContractError, OutputOf } from '#shared/contract/index.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { startLiveEngine, type LiveEngine } from '#test/fixtures/live-engine.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { startAlertmanager, type Alertmanager } from './servers/alertmanager.ts'

const HOUR = 3_600_000

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const slow = {
  labels: { alertname: 'Slow', service: 'checkout', severity: 'warning', path: 'a"b\\c' },
}
const down = { labels: { alertname: 'Down', service: 'checkout', severity: 'critical' } }

const byName = (value: string, operator: '=' | '=~' = '=') => [
  { name: 'alertname', operator, value },
]

/** An Alertmanager with these alerts, and an engine that has polled it. */
async function start(
  alerts: readonly object[] = [slow],
  through?: (url: string) => Promise<string>,
  {
    listed = alerts.length,
    ...options
  }: {
    listed?: number
    filter?: readonly string[]
    interval?: string
  } = {},
) {
  const server = await startAlertmanager()
  cleanups.push(() => server.stop())
  await server.postAlerts(alerts as never)
  const url = through ? await through(server.url) : server.url
  const source = createAlertmanagerSource(
    // Seldom by itself: what shows was polled for because of the command.
    alertmanagerConfigSchema.parse({
      type: 'alertmanager',
      name: 'am',
      url,
      interval: '10m',
      timeout: '2s',
      ...options,
    }),
    { clock: createShiftedClock(), ids, secrets: createSecretReader({ env: {} }) },
  )
  const live = startLiveEngine([source])
  cleanups.push(() => live.stop())
  await live.until(({ alerts: known }) => known.size === listed)
  return { server, live }
}

type Changed = Result<OutputOf<'silence.create'>, ContractError>

const create = (live: LiveEngine, over: object = {}) =>
  live.run('silence.create', {
    sourceId: 'am',
    matchers: byName('Slow'),
    comment: 'moving the database',
    endsAt: Date.now() + 2 * HOUR,
    ...over,
  }) as Promise<Changed>

async function storedIn(server: Alertmanager) {
  return JSON.parse(await server.get('/api/v2/silences')) as {
    id: string
    status: { state: string }
    createdBy: string
    comment: string
    startsAt: string
    endsAt: string
    matchers: object[]
  }[]
}

const silencesOf = ({ alerts }: WatchState) =>
  [...alerts.values()].flatMap(({ suppression }) =>
    suppression.flatMap((each) => (each.kind === 'silence' ? [each] : [])),
  )

async function timelineOf(live: LiveEngine): Promise<string[]> {
  const [id] = live.engine.state().incidents.keys()
  const page = await live.run('incident.timeline', { incidentId: id })
  if (!page.ok) throw new Error(page.error.message)
  const { entries } = page.value as OutputOf<'incident.timeline'>
  return entries
    .filter(({ type }) => type.startsWith('silence.'))
    .map(({ text, detail = '' }) => `${text} ${detail}`)
}

/** A server before another one, which may answer in its place or keep an answer to itself. */
async function startProxy(
  target: string,
  handle: (request: IncomingMessage, response: ServerResponse) => 'pass' | 'swallow' | 'answered',
): Promise<string> {
  const proxy = createServer((request, response) => {
    const outcome = handle(request, response)
    if (outcome === 'answered') {
      request.resume()
      return
    }
    const { method, headers, url = '' } = request
    const onward = ask(target + url, { method, headers }, (answer) => {
      if (outcome === 'swallow') {
        answer.resume()
        return
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    // Whoever stops the server behind it stops what is under way.
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  cleanups.push(async () => {
    const closed = once(proxy, 'close')
    proxy.close()
    proxy.closeAllConnections()
    await closed
  })
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('no port was assigned')
  return `http://127.0.0.1:${String(address.port)}`
}

describeWith(['alertmanager'], 'silences in a real Alertmanager', () => {
  it('are created, extended and expired, and show with the poll that follows', async () => {
    const { server, live } = await start()
    const created = await create(live, {
      matchers: [...byName('S.*w|x', '=~'), { name: 'path', operator: '=', value: 'a"b\\c' }],
    })
    if (!created.ok) throw new Error(created.error.message)
    const state = await live.until((each) => silencesOf(each).length === 1)
    expect(silencesOf(state)).toMatchObject([
      { id: created.value.silenceId, createdBy: 'ada', comment: 'moving the database' },
    ])
    expect((await storedIn(server)).map(({ status }) => status.state)).toEqual(['active'])

    const listed = await live.run('silence.list', { sourceId: 'am' })
    expect(listed).toMatchObject({
      ok: true,
      value: {
        more: 0,
        silences: [
          {
            matchers: [
              { operator: '=~', value: 'S.*w|x' },
              { name: 'path', value: 'a"b\\c' },
            ],
          },
        ],
      },
    })

    const endsAt = Date.now() + 5 * HOUR
    const extended = (await live.run('silence.extend', {
      sourceId: 'am',
      silenceId: created.value.silenceId,
      endsAt,
    })) as Changed
    if (!extended.ok) throw new Error(extended.error.message)
    await live.until((each) => silencesOf(each).some((silence) => silence.endsAt === endsAt))
    const active = (await storedIn(server)).filter(({ status }) => status.state === 'active')
    expect(active).toMatchObject([
      { id: extended.value.silenceId, createdBy: 'ada', comment: 'moving the database' },
    ])

    const { silenceId } = extended.value
    const expired = (await live.run('silence.expire', { sourceId: 'am', silenceId })) as Changed
    expect(expired.ok).toBe(true)
    await live.until((each) => silencesOf(each).length === 0)
    expect((await storedIn(server)).every(({ status }) => status.state === 'expired')).toBe(true)
    expect(await timelineOf(live)).toEqual([
      expect.stringMatching(/^silenced until in am: alertname=~"S\.\*w\|x", path="a\\"b\\\\c" /),
      expect.stringMatching(/^extended the silence until in am: /),
      expect.stringMatching(/^expired the silence in am: /),
    ])
  })

  it('end by themselves, and what they hid needs a response again', async () => {
    const { live } = await start([slow], undefined, { interval: '1s' })
    const created = await create(live, { endsAt: Date.now() + 3_000 })
    expect(created.ok).toBe(true)
    await live.until((each) => silencesOf(each).length === 1)
    const state = await live.until((each) => silencesOf(each).length === 0)
    expect([...state.incidents.values()]).toMatchObject([{ status: 'triggered' }])
  })

  it('are asked back about before they hide a P0', async () => {
    const { server, live } = await start([slow, down])
    const wanted = { matchers: [{ name: 'service', operator: '=', value: 'checkout' }] }
    expect(await create(live, wanted)).toMatchObject({ error: { code: 'needs-confirmation' } })
    expect(await storedIn(server)).toEqual([])
    expect(await create(live, { ...wanted, evenP0: true })).toMatchObject({ ok: true })
  })

  it('are asked back about before they hide a P0 that a filter leaves out', async () => {
    const { server, live } = await start([slow, down], undefined, {
      listed: 1,
      filter: ['alertname="Slow"'],
    })
    const wanted = { matchers: [{ name: 'service', operator: '=', value: 'checkout' }] }
    expect(await live.run('silence.unlisted', { sourceId: 'am', ...wanted })).toEqual({
      ok: true,
      value: { alerts: 1, p0: 1, names: ['Down'] },
    })
    expect(await create(live, wanted)).toMatchObject({ error: { code: 'needs-confirmation' } })
    expect(await storedIn(server)).toEqual([])
    expect(await create(live)).toMatchObject({ ok: true })
  })

  it('are refused in its own words where it does not take them', async () => {
    const { live } = await start()
    // An Alertmanager of that age takes no name of a label that is no identifier.
    const refused = await create(live, {
      matchers: [{ name: 'a.b', operator: '=', value: 'x' }],
    })
    expect(refused).toMatchObject({
      error: { code: 'refused-by-server', message: expect.stringContaining('invalid label name') },
    })
  })

  it('are refused by a proxy that lets only reading through, with its reason', async () => {
    const { server, live } = await start([slow], (url) =>
      startProxy(url, ({ method }, response) => {
        if (method === 'GET') return 'pass'
        response.writeHead(403).end('<h1>Forbidden</h1>')
        return 'answered'
      }),
    )
    expect(await create(live)).toMatchObject({
      error: {
        code: 'refused-by-server',
        message: expect.stringMatching(/not created in am: .* does not allow changes \(403\)/),
        hint: expect.stringContaining('may only read'),
      },
    })
    expect(await storedIn(server)).toEqual([])
    expect(await timelineOf(live)).toEqual([])
  })

  it('are looked for where the answer is lost, and never made twice', async () => {
    let isListHidden = true
    const { server, live } = await start([slow], (url) =>
      startProxy(url, ({ method, url: path }, response) => {
        if (method === 'POST') return 'swallow'
        if (path === '/api/v2/silences' && isListHidden) {
          response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
          return 'answered'
        }
        return 'pass'
      }),
    )
    // While it cannot be seen, nobody knows.
    expect(await create(live)).toMatchObject({ error: { code: 'outcome-unknown' } })
    expect(await storedIn(server)).toHaveLength(1)
    isListHidden = false
    const again = await create(live)
    const stored = await storedIn(server)
    expect(stored).toHaveLength(1)
    expect(again).toMatchObject({ ok: true, value: { silenceId: stored[0]?.id } })
  })
})
