import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startEngine, type RunningEngine } from '#electron/host/node/start-engine.ts'
import {
  contract,
  type InputOf,
  type OperationName,
  type OutputOf,
  type PushMessage,
} from '#shared/contract/index.ts'
import { rights } from '#shared/domain/person/right.ts'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createColleague } from '#test/fixtures/git-colleague.ts'
import { eventually } from '#test/setup/eventually.ts'

const PASSWORD = 'swordfish-of-the-night-watch'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server on this machine; what it was asked is kept. */
interface Site {
  readonly server: Server
  readonly address: string
  readonly host: string
  readonly asked: IncomingMessage[]
  answer: Answer
}

let folder: string
let alertmanager: Site
/** Named by the configuration, and not. */
let wiki: Site
let other: Site
let running: RunningEngine | null
let pushed: PushMessage[]
/** Annotations of the alerts that fire. */
let alerts: Readonly<Record<string, string>>[]
let count = 0

async function serve(answer: Answer): Promise<Site> {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    site.answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const site: Site = { server, address: `http://${host}`, host, asked, answer }
  return site
}

const page =
  (text: string, type = 'text/markdown; charset=utf-8'): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': type }).end(text)
  }
const goTo =
  (location: string): Answer =>
  (_request, response) => {
    response.writeHead(302, { location, 'set-cookie': 'session=1' }).end()
  }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckwatch-runbooks-'))
  alerts = []
  pushed = []
  running = null
  alertmanager = await serve((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const status = {
      uptime: '2026-01-01T00:00:00Z',
      versionInfo: { version: '0.27.0' },
      cluster: { status: 'ready' },
      config: { original: '' },
    }
    const firing = alerts.map((annotations, at) => ({
      annotations,
      endsAt: '2036-01-01T00:00:00Z',
      fingerprint: String(at),
      receivers: [{ name: 'me' }],
      startsAt: '2026-01-01T00:00:00Z',
      status: { inhibitedBy: [], silencedBy: [], state: 'active' },
      updatedAt: '2026-01-01T00:00:00Z',
      labels: { alertname: `Alert${String(at)}` },
    }))
    const path = request.url ?? ''
    response.end(
      JSON.stringify(path.includes('status') ? status : path.includes('/alerts') ? firing : []),
    )
  })
  wiki = await serve(page('# Wiki\n'))
  other = await serve(page('# Other\n'))
})
afterEach(async () => {
  await running?.stop()
  for (const { server } of [alertmanager, wiki, other]) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  await rm(folder, { recursive: true, force: true })
  vi.unstubAllEnvs()
})

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, 'etc', path)), { recursive: true })
  await writeFile(join(folder, 'etc', path), text)
}

async function start(more = ''): Promise<void> {
  vi.stubEnv('DECKWATCH_TEST_PASSWORD', PASSWORD)
  await write(
    'deckwatch.yaml',
    `sources:
  - type: alertmanager
    name: am
    url: ${alertmanager.address}
    interval: 1s
    auth: { basic: { username: ada, password: env:DECKWATCH_TEST_PASSWORD } }
    headers: { X-Scope-OrgID: env:DECKWATCH_TEST_PASSWORD }
runbooks:
  hosts: ['${wiki.host}', '${alertmanager.host}']
${more}`,
  )
  const started = await startEngine({
    configPath: join(folder, 'etc', 'deckwatch.yaml'),
    dataDirectory: join(folder, 'data'),
    isNewJournalAllowed: true,
    version: 'test',
    logger: silentLogger,
    channels: () => [],
    presenter: { open: () => undefined },
  })
  if (!started.ok) throw new Error(started.error.message)
  running = started.value
  running.engine.listen((message) => pushed.push(message))
}

async function restart(): Promise<void> {
  await running?.stop()
  running = null
  await start()
}

/** Asks the engine as a cockpit does; the answer is read with the contract. */
async function ask<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  count += 1
  const result = await running?.engine.execute(name, input, {
    requestId: `runbooks-${String(count)}`,
    actor: { kind: 'person', id: 'ada', name: 'ada' },
    rights,
  })
  if (!result?.ok)
    throw new Error(`${String(result?.error.code)}: ${String(result?.error.message)}`)
  return contract[name].output.parse(result.value) as OutputOf<Name>
}
const revision = () => running?.engine.status.value().runbooks?.revision
const idOf = (site: Site, path: string) => `url:${site.address}${path}`
async function entry(id: string): Promise<RunbookEntry | undefined> {
  return (await ask('runbook.list', {})).entries.find((each) => each.id === id)
}
const becomes = (id: string, what: object) =>
  eventually(async () => {
    expect(await entry(id)).toMatchObject(what)
  })

describe('a runbook that an alert leads to', () => {
  it('is fetched from a host that is named, without what the source signs in with, and survives all else', async () => {
    alerts = [
      { runbook_url: `${wiki.address}/x.md?v=1#now` },
      // The server of the source itself is asked without its credentials too.
      { runbook_url: `${alertmanager.address}/runbook.md` },
    ]
    await start()
    const first = revision()
    const id = idOf(wiki, '/x.md?v=1')
    await becomes(id, { state: 'kept', title: 'Wiki', origin: { problem: null } })
    expect(await ask('runbook.read', { id })).toMatchObject({ text: '# Wiki\n' })
    expect(wiki.asked).toHaveLength(1)
    expect(wiki.asked[0]?.url).toBe('/x.md?v=1')
    const ownPage = idOf(alertmanager, '/runbook.md')
    await becomes(ownPage, { state: 'failed' })
    const askedForPage = alertmanager.asked.filter(({ url }) => url === '/runbook.md')
    for (const { headers } of [...wiki.asked, ...askedForPage]) {
      expect(JSON.stringify(headers)).not.toContain(PASSWORD)
      expect(headers).not.toHaveProperty('authorization')
      expect(headers).not.toHaveProperty('cookie')
    }
    // The source itself was asked with them.
    expect(alertmanager.asked.some(({ headers }) => headers.authorization !== undefined)).toBe(true)
    // Cockpits heard of it, and know by the number that they have the latest list.
    expect(revision()).toBeGreaterThan(first ?? Infinity)
    const told = pushed.flatMap((each) => (each.type === 'status' ? [each.status.runbooks] : []))
    expect(told.at(-1)?.revision).toBe((await ask('runbook.list', {})).revision)

    wiki.answer = (_request, response) => void response.writeHead(404).end()
    const { entry: failed } = await ask('runbook.fetch', { id })
    expect(failed).toMatchObject({
      state: 'kept',
      origin: { problem: `${wiki.host} has no such page (404).` },
    })
    expect(await ask('runbook.read', { id })).toMatchObject({ text: '# Wiki\n' })

    await restart()
    expect(await entry(id)).toMatchObject({ state: 'kept', origin: failed.origin })
    expect(await ask('runbook.read', { id })).toMatchObject({ text: '# Wiki\n' })
  })

  it('does not lead on to a host that is not named', async () => {
    alerts = [{ runbook_url: `${wiki.address}/x.md` }]
    wiki.answer = goTo(`${other.address}/y.md`)
    await start()
    await becomes(idOf(wiki, '/x.md'), {
      state: 'failed',
      origin: {
        problem: `The page leads on to ${other.host}, which runbooks.hosts in deckwatch.yaml does not name; it was not followed.`,
      },
    })
    expect(other.asked).toEqual([])
    wiki.answer = (request, response) => {
      const answer = request.url === '/x.md' ? goTo('/there.md') : page('# There')
      answer(request, response)
    }
    const { entry: fetched } = await ask('runbook.fetch', { id: idOf(wiki, '/x.md') })
    expect(fetched).toMatchObject({ state: 'kept', title: 'There' })
    expect(wiki.asked.at(-1)?.headers).not.toHaveProperty('cookie')
  })

  it('waits for a person where its host is not named, and is no way to ask anything else', async () => {
    alerts = [{ runbook_url: `${other.address}/x.md` }]
    await start()
    const id = idOf(other, '/x.md')
    await becomes(id, { state: 'needs-consent', origin: { lastTriedAt: null } })
    expect(other.asked).toEqual([])
    await expect(ask('runbook.read', { id })).rejects.toThrow(/not-allowed-now: .*does not name/)
    await expect(ask('runbook.fetch', { id: idOf(other, '/y.md') })).rejects.toThrow('not-found')
    expect((await ask('runbook.fetch', { id })).entry.state).toBe('kept')
    expect(other.asked.map(({ url }) => url)).toEqual(['/x.md'])
  })

  it.each([
    ['HTML', page('<p>x</p>', 'text/html'), /This page is HTML, which cannot be walked through/],
    ['a picture', page('x', 'image/png'), /is of the type image\/png/],
    ['too long', page('x'.repeat(1024 * 1024 + 1)), /is over 1 MiB and was not read/],
    [
      'a bomb',
      (_request, response) =>
        void response
          .writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(64 * 1024 * 1024, 'x'))),
      /is over 1 MiB and was not read/,
    ],
    ['no answer at all', (request) => void request.socket.destroy(), /./],
  ] satisfies [string, Answer, RegExp][])(
    'is none where it is %s',
    async (_what, answer, problem) => {
      alerts = [{ runbook_url: `${wiki.address}/x.md` }]
      wiki.answer = answer
      await start()
      await becomes(idOf(wiki, '/x.md'), {
        state: 'failed',
        origin: { problem: expect.stringMatching(problem) as string },
      })
    },
  )
})

describe('a runbook of the playbook', () => {
  it('is listed and read, and cockpits hear that it changed', async () => {
    await write('runbooks/payments/x.md', '# Payments fail\n')
    await start()
    const first = revision()
    const id = 'playbook:payments/x.md'
    expect(await entry(id)).toMatchObject({
      title: 'Payments fail',
      state: 'kept',
      origin: { kind: 'playbook', path: 'runbooks/payments/x.md', commit: null, problem: null },
    })
    const { version } = await ask('playbook.file', { path: 'runbooks/payments/x.md' })
    expect(await entry(id)).toMatchObject({ origin: { version } })
    await write('runbooks/payments/x.md', '# Payments fail, again\n')
    await becomes(id, { title: 'Payments fail, again' })
    expect(revision()).toBeGreaterThan(first ?? Infinity)
    await write('runbooks/payments/x.md', '')
    await becomes(id, {
      title: 'Payments fail, again',
      origin: { problem: expect.stringContaining('the file is empty') as string },
    })
    expect((await ask('runbook.read', { id })).text).toBe('# Payments fail, again\n')
  })

  it('from Git has the commit that it is from', async () => {
    const colleague = await createColleague()
    const commit = await colleague.commit({ 'runbooks/a.md': '# A', 'runbooks/b.yml': 'title: B' })
    await start(`playbook: { git: '${colleague.url}' }\n`)
    await becomes('playbook:a.md', { title: 'A', origin: { commit, path: 'runbooks/a.md' } })
    await becomes('playbook:b.yml', { title: 'B', format: 'yaml' })
    const next = await colleague.commit({ 'plans/x.yaml': 'plan: x\n' })
    await ask('playbook.pull', {})
    await becomes('playbook:a.md', { origin: { commit: next } })
  })
})
