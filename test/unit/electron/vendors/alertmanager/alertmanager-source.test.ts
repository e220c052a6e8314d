import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { FIRST_POLLS } from '#electron/polling/polled-source.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import {
  reply,
  startStandIn,
  type Handler,
  type StandInServer,
} from '../../http/stand-in-server.ts'
import { createShiftedClock, ids } from '../../http/world.ts'

const recordedStatus = JSON.parse(
  readFileSync(new URL('../../../../fixtures/alertmanager/status.json', import.meta.url), 'utf8'),
) as object

/** What the stand-in for Alertmanager has in its memory; a test changes it between questions. */
let memory: { uptime: string; alerts: unknown[]; silences: unknown[] }
/** Called before each answer with the path; may answer in its place. */
let before: (path: string) => Handler | undefined
let server: StandInServer
let source: Source
const clock = createShiftedClock()

function alert(name: string, status: object = { state: 'active' }) {
  return {
    fingerprint: name,
    labels: { alertname: name },
    annotations: {},
    startsAt: '2026-11-21T03:00:00.000Z',
    status,
  }
}

const silenced = (name: string, id: string) =>
  alert(name, { state: 'suppressed', silencedBy: [id], inhibitedBy: [] })

function create(options: object = {}): Source {
  const config = { type: 'alertmanager', name: 'am', url: server.url, timeout: '5s', ...options }
  return createAlertmanagerSource(alertmanagerConfigSchema.parse(config), {
    clock,
    ids,
    secrets: createSecretReader({ env: {} }),
  })
}

async function poll(from = source) {
  const result = await from.poll(new AbortController().signal)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

async function failingPoll() {
  const result = await source.poll(new AbortController().signal)
  if (result.ok) throw new Error('the poll was expected to fail')
  return result.error
}

const asked = (part: string) => server.requests.filter(({ path }) => path.includes(part)).length

beforeEach(async () => {
  memory = { uptime: 'first', alerts: [alert('A'), alert('B')], silences: [] }
  before = () => undefined
  server = await startStandIn((request, response) => {
    const path = request.url ?? ''
    const special = before(path)
    if (special) {
      special(request, response)
      return
    }
    const bodies: Record<string, unknown> = {
      '/api/v2/alerts': memory.alerts,
      '/api/v2/status': { ...recordedStatus, uptime: memory.uptime },
      '/api/v2/silences': memory.silences,
      '/api/v2/receivers': [{ name: 'oncall' }],
    }
    const body = bodies[path.split('?')[0] ?? '']
    reply(body === undefined ? 404 : 200, JSON.stringify(body))(request, response)
  })
  source = create()
})

afterEach(async () => {
  await source.close()
  await server.close()
})

describe('a restart of Alertmanager', () => {
  it('comes with another instance, beside what vanished', async () => {
    expect(await poll()).toMatchObject({ kind: 'all', instance: 'first', total: 2 })
    source.accept()
    memory = { uptime: 'second', alerts: [alert('B')], silences: [] }
    expect(await poll()).toMatchObject({
      kind: 'changes',
      instance: 'second',
      gone: [{ alertname: 'A' }],
    })
  })

  it('does not cost a question while nothing vanishes', async () => {
    for (let i = 0; i < FIRST_POLLS; i += 1) {
      await poll()
      source.accept()
    }
    const questions = asked('/status')
    memory.alerts.push(alert('C'))
    expect(await poll()).toMatchObject({ instance: 'first' })
    expect(asked('/status')).toBe(questions)
  })

  it('that hid nothing is noticed after a while all the same', async () => {
    for (let i = 0; i < FIRST_POLLS; i += 1) {
      await poll()
      source.accept()
    }
    memory.uptime = 'second'
    const instances = new Set<string | null>()
    for (let i = 0; i < 25; i += 1) {
      instances.add((await poll()).instance)
      source.accept()
    }
    expect(instances).toEqual(new Set(['first', 'second']))
  })

  it('between alerts and start time does not make a new basis of old alerts', async () => {
    await poll()
    source.accept()
    // The old process lists B only, then it restarts with an empty memory before the status.
    memory.alerts = [alert('B')]
    let isRestarted = false
    before = (path) => {
      if (!path.includes('/status') || isRestarted) return undefined
      isRestarted = true
      memory = { uptime: 'second', alerts: [], silences: [] }
      return undefined
    }
    const report = await poll()
    expect(report.instance).toBe('second')
    expect(report.gone).toEqual([{ alertname: 'A' }, { alertname: 'B' }])
    source.accept()
    expect(await poll()).toMatchObject({ instance: 'second', gone: [], total: 0 })
  })

  it('between start time and alerts of the very first poll is noticed as well', async () => {
    let isRestarted = false
    before = (path) => {
      if (!path.includes('/alerts') || isRestarted) return undefined
      isRestarted = true
      const old = JSON.stringify(memory.alerts)
      memory = { uptime: 'second', alerts: [], silences: [] }
      return reply(200, old)
    }
    expect(await poll()).toMatchObject({ kind: 'all', instance: 'second', total: 0 })
  })

  it('after an answer that hid nothing is still told from a recovery at the next poll', async () => {
    await poll()
    source.accept()
    expect(await poll()).toMatchObject({ instance: 'first', gone: [] })
    memory = { uptime: 'second', alerts: [], silences: [] }
    source.accept()
    expect(await poll()).toMatchObject({ instance: 'second', gone: [{}, {}] })
  })

  it('nothing is called gone when the start time cannot be had', async () => {
    await poll()
    source.accept()
    memory.alerts = []
    before = (path) => (path.includes('/status') ? reply(500) : undefined)
    const problem = await failingPoll()
    expect(problem.code).toBe('server-error')
    expect(problem.message).toContain('cannot be told from a recovery')
    before = () => undefined
    expect(await poll()).toMatchObject({ kind: 'changes', gone: [{}, {}] })
  })

  it('cannot be told without a start time in the status, and the alerts are shown all the same', async () => {
    before = (path) => (path.includes('/status') ? reply(200, '{}') : undefined)
    expect(await poll()).toMatchObject({ total: 2 })
    const { findings } = await source.test(new AbortController().signal)
    expect(findings[0]).toBe('Alertmanager')
  })

  it('that cannot be told from several behind one address is remarked upon', async () => {
    let count = 0
    before = (path) => {
      if (path.includes('/status')) memory.uptime = String((count += 1))
      return undefined
    }
    const { total, remarks } = await poll()
    expect(total).toBe(2)
    expect(remarks?.map(({ code }) => code)).toContain('several-replicas')
  })
})

describe('silences', () => {
  const details = (comment: string) => ({
    id: 's1',
    createdBy: 'al\u202eice',
    comment,
    endsAt: '2026-11-21T06:00:00Z',
    matchers: [],
  })
  const suppressionOf = (signals: readonly { suppression: unknown }[]) => signals[0]?.suppression

  beforeEach(() => {
    memory = { uptime: 'first', alerts: [silenced('A', 's1')], silences: [details('one')] }
  })

  it('are shown with their author, printable, and asked for once', async () => {
    expect(suppressionOf((await poll()).signals)).toEqual([
      {
        kind: 'silence',
        id: 's1',
        createdBy: 'al⟨U+202E⟩ice',
        comment: 'one',
        endsAt: Date.parse('2026-11-21T06:00:00Z'),
      },
    ])
    source.accept()
    expect((await poll()).signals).toEqual([])
    expect(asked('/silences')).toBe(1)
  })

  it('that are new are asked for at once', async () => {
    await poll()
    source.accept()
    memory.alerts = [silenced('A', 's2')]
    memory.silences = [{ ...details('two'), id: 's2' }]
    expect(suppressionOf((await poll()).signals)).toMatchObject([{ id: 's2', comment: 'two' }])
  })

  it('that were edited become a change within some polls', async () => {
    await poll()
    source.accept()
    memory.silences = [details('edited')]
    const comments: unknown[] = []
    for (let i = 0; i < 12; i += 1) {
      comments.push(...(await poll()).signals.map(({ suppression }) => suppression))
      source.accept()
    }
    expect(comments).toMatchObject([[{ comment: 'edited' }]])
  })

  it('that cannot be read leave the author unknown and come later', async () => {
    before = (path) => (path.includes('/silences') ? reply(403) : undefined)
    expect(suppressionOf((await poll()).signals)).toMatchObject([{ id: 's1', createdBy: null }])
    source.accept()
    before = () => undefined
    const later: unknown[] = []
    for (let i = 0; i < 4; i += 1) {
      later.push(...(await poll()).signals.map(({ suppression }) => suppression))
      source.accept()
    }
    expect(later).toMatchObject([[{ comment: 'one' }]])
  })

  it('that hang do not hold the alerts back for long', async () => {
    source = create({ timeout: '800ms' })
    before = (path) => (path.includes('/silences') ? () => undefined : undefined)
    expect(suppressionOf((await poll()).signals)).toMatchObject([{ createdBy: null }])
  })

  it('some unreadable ones do not hide the others', async () => {
    memory.silences = [null, { id: 7 }, details('one')]
    expect(suppressionOf((await poll()).signals)).toMatchObject([{ comment: 'one' }])
  })
})

describe('asking', () => {
  it('passes receiver and each condition of the filters on', async () => {
    source = create({ receiver: 'on.*', filter: ['team="a\\"b", region!~"x|y"', 'c=d'] })
    await poll()
    const path = server.requests.find((request) => request.path.includes('/alerts'))?.path ?? ''
    const query = new URL(path, server.url).searchParams
    expect(query.get('receiver')).toBe('on.*')
    expect(query.getAll('filter')).toEqual(['team="a\\"b"', 'region!~"x|y"', 'c="d"'])
  })

  it.each([
    [429, 'rate-limited'],
    [503, 'server-error'],
  ] as const)('stops for as long as a %i asks, and no longer', async (status, code) => {
    before = () => reply(status, '', { 'retry-after': '20' })
    expect(source.pausedMs?.()).toBeNull()
    expect((await failingPoll()).code).toBe(code)
    expect((await failingPoll()).code).toBe(code)
    expect(server.requests).toHaveLength(1)
    expect(source.pausedMs?.()).toBeGreaterThan(19_000)
    before = () => undefined
    clock.advance(15_000)
    expect((await failingPoll()).code).toBe(code)
    clock.advance(6_000)
    expect(source.pausedMs?.()).toBeNull()
    expect(await poll()).toMatchObject({ total: 2 })
  })

  it('asks at once when a person wants it, however long the server wants to be left alone', async () => {
    before = () => reply(429, '', { 'retry-after': '3600' })
    await failingPoll()
    expect(source.pausedMs?.()).toBeLessThanOrEqual(300_000)
    before = () => undefined
    const asked = await source.poll(new AbortController().signal, { isAsked: true })
    expect(asked).toMatchObject({ ok: true })
    expect(source.pausedMs?.()).toBeNull()
  })
})

describe('test', () => {
  it('says what was found, without any effect', async () => {
    source = create({ heartbeats: ['alertname="A"', 'alertname="Watchdog"'] })
    memory.uptime = '2026-11-21T04:31:00.276Z'
    memory.alerts = [alert('A'), silenced('B', 's1'), { fingerprint: 'x' }]
    expect(await source.test(new AbortController().signal)).toEqual({
      isWorking: true,
      findings: [
        'Alertmanager 0.25.0, up since 2026-11-21 04:31 UTC',
        '2 alerts: 1 active, 1 suppressed',
        'could not be read in the answer: 1 thing at [2].labels: is missing, not an object',
        'receivers: oncall',
        'heartbeat alertname="A" is present',
        'heartbeat alertname="Watchdog" is missing',
      ],
      problem: null,
    })
    expect(await poll()).toMatchObject({ kind: 'all', total: 2 })
  })

  it('says what is wrong', async () => {
    before = () => reply(401)
    const report = await source.test(new AbortController().signal)
    expect(report).toMatchObject({ isWorking: false, problem: { code: 'unauthorised' } })
  })
})
