import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEngine, type RunningEngine } from '#electron/host/node/start-engine.ts'
import {
  contract,
  type OperationName,
  type InputOf,
  type OutputOf,
  type SettingsChange,
} from '#shared/contract/index.ts'
import type { SourceTexts } from '#shared/domain/source-kind/texts.ts'
import { sourceTexts } from '#test/fixtures/configuration.ts'
import { hasModes, unlookedModes } from '#test/fixtures/owner-only.ts'
import { rights } from '#shared/domain/person/right.ts'

const SECRET = 'swordfish-of-the-night-watch'

let folder: string
let path: string
let running: RunningEngine
let logged: string[]
let count = 0
let server: Server
/** What the server was shown as its visitor's authorisation, newest last. */
let shown: (string | undefined)[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckwatch-settings-'))
  path = join(folder, 'etc', 'deckwatch.yaml')
  logged = []
  shown = []
  server = createServer((request, response) => {
    shown.push(request.headers.authorization)
    const isRight = request.headers.authorization === `Bearer ${SECRET}`
    response.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' })
    response.end(
      !isRight
        ? '{}'
        : request.url?.includes('status')
          ? '{"uptime":"2026-01-01T00:00:00Z","versionInfo":{"version":"0.27.0"},"cluster":{"status":"ready"},"config":{"original":""}}'
          : '[]',
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  await running.stop()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<void> {
  const log = (fields: object, message: string) => {
    logged.push(`${message} ${JSON.stringify(fields)}`)
  }
  const started = await startEngine({
    configPath: path,
    dataDirectory: join(folder, 'data'),
    isNewJournalAllowed: true,
    version: 'test',
    logger: { info: log, warn: log, error: log },
    channels: () => [],
    presenter: { open: () => undefined },
  })
  if (!started.ok) throw new Error(started.error.message)
  running = started.value
}
async function write(text: string): Promise<void> {
  await mkdir(join(folder, 'etc'), { recursive: true })
  await writeFile(path, text)
}

/** Asks the engine as a cockpit does; the answer is read with the contract. */
async function ask<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  count += 1
  const result = await running.engine.execute(name, input, {
    requestId: `settings-${String(count)}`,
    actor: { kind: 'person', id: 'ada', name: 'ada' },
    rights,
  })
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return contract[name].output.parse(result.value) as OutputOf<Name>
}
const change = async (made: SettingsChange, version?: string) =>
  ask('settings.write', {
    version: version ?? (await ask('settings.read', {})).version,
    change: made,
  })
const address = () => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
const source = (over: Parameters<typeof sourceTexts>[1] = {}): SourceTexts =>
  sourceTexts('alertmanager', { name: 'am', url: address(), ...over })
const names = () =>
  [...running.engine.state().sources.values()]
    .map(({ name }) => name)
    .filter((name) => name !== 'Deckwatch')

describe('settings of a running engine', () => {
  it(`go from no file to a source that is in force when the answer comes${unlookedModes}`, async () => {
    await start()
    const before = await ask('settings.read', {})
    expect(before).toMatchObject({ isPresent: false, sources: [{ type: 'drill' }], problems: [] })
    const written = await change({ type: 'add-source', source: source(), keepsDrill: false })
    expect(written).toMatchObject({ outcome: 'written', isInForce: true })
    expect(names()).toEqual(['am'])
    if (hasModes) expect((await stat(path)).mode & 0o777).toBe(0o600)
    const after = await ask('settings.read', {})
    expect(after.sources).toEqual([source()])
    expect(after).toMatchObject({ isPresent: true, places: { data: join(folder, 'data') } })
    expect(written).toMatchObject({ version: after.version })
  })

  it('refuse a version that is not there any more, also between two that come together', async () => {
    await write('sources:\n  - type: drill\n')
    await start()
    const { version } = await ask('settings.read', {})
    const outcomes = await Promise.all(
      ['ada', 'bo', 'cy'].map((me) => change({ type: 'set-me', me }, version)),
    )
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'refused', 'written'])
    expect(outcomes.find(({ outcome }) => outcome === 'refused')).toMatchObject({
      reason: 'changed-meanwhile',
    })
    expect(await readFile(path, 'utf8')).toBe('sources:\n  - type: drill\nme: ada\n')
  })

  it('leave a broken file alone and show what is in force', async () => {
    await write('sources:\n  - type: drill\n    name: practice\n')
    await start()
    const broken = 'sources:\n  - type: drill\n    nam: practice\n'
    await write(broken)
    const read = await ask('settings.read', {})
    expect(read.problems).toMatchObject([{ file: path, line: 3, column: 5 }])
    expect(read.sources).toMatchObject([{ name: 'practice' }])
    expect(await change({ type: 'set-me', me: 'bo' }, read.version)).toMatchObject({
      outcome: 'refused',
      reason: 'broken',
      problems: [{ line: 3 }],
    })
    expect(await readFile(path, 'utf8')).toBe(broken)
  })

  it(`keep the mode and the link of a file, and leave nothing beside it${unlookedModes}`, async () => {
    await write('me: ada\n')
    const real = join(folder, 'etc', 'real.yaml')
    await writeFile(real, 'sources:\n  - type: drill\n')
    await chmod(real, 0o640)
    await rm(path)
    await symlink('real.yaml', path)
    await start()
    expect(await change({ type: 'set-me', me: 'bo' })).toMatchObject({ outcome: 'written' })
    if (hasModes) expect((await stat(real)).mode & 0o777).toBe(0o640)
    expect(await readFile(real, 'utf8')).toContain('me: bo')
    expect((await readdir(join(folder, 'etc'))).sort()).toEqual(['deckwatch.yaml', 'real.yaml'])
  })

  it('say so when the file cannot be written', async () => {
    await write('sources:\n  - type: drill\n')
    // Root writes everywhere; no account writes below a file.
    await symlink(join(folder, 'etc', 'deckwatch.yaml', 'nowhere'), `${path}.link`)
    const real = path
    path = `${path}.link`
    await start()
    expect(await change({ type: 'set-me', me: 'bo' })).toMatchObject({
      outcome: 'refused',
      reason: 'not-writable',
      message: expect.stringContaining(path),
    })
    expect(await readFile(real, 'utf8')).not.toContain('bo')
  })

  it('keep a secret that is typed in where only the source reads it', async () => {
    await start()
    expect(await ask('secret.status', {})).toEqual({ kind: 'file', problem: null })
    const stored = await ask('secret.store', {
      name: 'am-token',
      value: SECRET,
      address: address(),
    })
    expect(stored).toEqual({ reference: 'keychain:am-token' })
    const secured = source({ auth: { kind: 'bearer', secret: stored.reference } })
    expect(await ask('source.try', { source: secured })).toMatchObject({ isWorking: true })
    const wrong = await ask('source.try', { source: source() })
    expect(wrong).toMatchObject({ isWorking: false, problem: { code: 'unauthorised' } })
    const missing = await ask('source.try', {
      source: source({ auth: { kind: 'bearer', secret: 'keychain:nothing' } }),
    })
    expect(missing.problem?.message).toBe(`The stored secret was not entered for ${address()}.`)

    await change({ type: 'add-source', source: secured, keepsDrill: false })
    await expect
      .poll(
        () =>
          [...running.engine.state().sources.values()].find(({ name }) => name === 'am')?.health,
      )
      .toBe('healthy')
    expect(shown).toContain(`Bearer ${SECRET}`)

    const said = JSON.stringify([
      await ask('settings.read', {}),
      running.engine.greeting(),
      missing,
      wrong,
      logged,
    ])
    expect(said).not.toContain(SECRET)
    expect(await readFile(path, 'utf8')).not.toContain(SECRET)
    const data = join(folder, 'data')
    for (const each of await readdir(data, { withFileTypes: true })) {
      if (!each.isFile()) continue
      expect((await readFile(join(data, each.name))).includes(SECRET), each.name).toBe(false)
    }

    // Another secret under another name: the one that nobody names any more is forgotten.
    await ask('secret.store', { name: 'am-token-2', value: SECRET, address: address() })
    await change({
      type: 'update-source',
      name: 'am',
      source: source({ auth: { kind: 'bearer', secret: 'keychain:am-token-2' } }),
    })
    expect(await readdir(join(data, 'secrets'))).toEqual(['.for-am-token-2', 'am-token-2'])
  })

  it('take no value in place of a reference, and never repeat it', async () => {
    await start()
    const leaky = source({ auth: { kind: 'bearer', secret: SECRET } })
    const tried = await ask('source.try', { source: leaky })
    const refused = await change({ type: 'add-source', source: leaky, keepsDrill: false })
    expect(tried).toMatchObject({ isWorking: false, problem: { code: 'misconfigured' } })
    expect(refused).toMatchObject({ outcome: 'refused', reason: 'not-valid' })
    expect(JSON.stringify([tried, refused, logged])).not.toContain(SECRET)
    for (const name of ['../token', '', 'a/b', '.hidden']) {
      await expect(
        ask('secret.store', { name, value: SECRET, address: address() }),
      ).rejects.toThrow('invalid-input')
    }
    await expect(
      ask('secret.store', { name: 'am', value: SECRET, address: 'javascript:alert(1)' }),
    ).rejects.toThrow('invalid-input')
  })
})

describe('secrets of this machine', () => {
  const MASTER = 'opens-the-production-cluster'
  const certificate = { ca: '', cert: '/etc/hostname', key: '/etc/hostname', serverName: '' }
  let mine: Server
  let mineShown: string[]
  const mineAt = () => `http://127.0.0.1:${String((mine.address() as AddressInfo).port)}`

  beforeEach(async () => {
    mineShown = []
    mine = createServer((request, response) => {
      mineShown.push(`${request.url ?? ''} ${JSON.stringify(request.headers)}`)
      response.writeHead(404).end()
    })
    mine.listen(0, '127.0.0.1')
    await once(mine, 'listening')
    await write(
      `sources:\n  - { type: alertmanager, name: am, url: "${address()}", auth: { bearer: "keychain:am-token" } }\n`,
    )
    await mkdir(join(folder, 'data', 'secrets'), { recursive: true, mode: 0o700 })
    await writeFile(join(folder, 'data', 'secrets', 'am-token'), SECRET, { mode: 0o600 })
    process.env['DECKWATCH_TEST_MASTER'] = MASTER
    await start()
  })
  afterEach(async () => {
    delete process.env['DECKWATCH_TEST_MASTER']
    mine.closeAllConnections()
    mine.close()
    await once(mine, 'close')
  })

  it.each([
    ['a file', { auth: { kind: 'basic', username: 'x', secret: 'file:/etc/passwd' } }],
    ['a variable', { auth: { kind: 'bearer', secret: 'env:DECKWATCH_TEST_MASTER' } }],
    ["another source's stored one", { auth: { kind: 'bearer', secret: 'keychain:am-token' } }],
    ['a certificate', { tls: certificate }],
    ['a file in a header', { headers: [{ name: 'X-A', value: 'file:/etc/passwd' }] }],
    ['a variable in a header', { headers: [{ name: 'X-A', value: 'env:DECKWATCH_TEST_MASTER' }] }],
    ['a stored one in a header', { headers: [{ name: 'X-A', value: 'keychain:am-token' }] }],
  ])('are led to no other address from a cockpit: %s', async (_what, fields) => {
    const stolen = source({ ...fields, url: mineAt() })
    const tried = await ask('source.try', { source: stolen })
    expect(tried).toMatchObject({ isWorking: false, problem: { code: 'misconfigured' } })
    expect(tried.problem?.message).toContain(mineAt())
    const added = { ...stolen, name: 'another' }
    for (const made of [
      { type: 'add-source', source: added, keepsDrill: false },
      { type: 'update-source', name: 'am', source: stolen },
    ] as const) {
      expect(await change(made)).toMatchObject({
        outcome: 'refused',
        reason: 'not-valid',
        message: expect.stringContaining(mineAt()),
      })
    }
    expect(mineShown).toEqual([])
    expect(JSON.stringify([tried, logged])).not.toMatch(new RegExp(`${MASTER}|${SECRET}`))
  })

  it('of a header stay in the file, and go when it does not name them any more', async () => {
    const headers = {
      'X-Team': 'payments',
      'X-Key': 'keychain:am-key',
      'X-Env': 'env:DECKWATCH_TEST_MASTER',
    }
    await writeFile(join(folder, 'data', 'secrets', 'am-key'), SECRET, { mode: 0o600 })
    await write(
      (await readFile(path, 'utf8')).replace(' }\n', `, headers: ${JSON.stringify(headers)} }\n`),
    )
    // Any change takes up what a person wrote.
    await change({ type: 'set-me', me: 'ada' })
    const { sources } = await ask('settings.read', {})
    expect(sources).toMatchObject([
      { fields: { headers: Object.entries(headers).map(([name, value]) => ({ name, value })) } },
    ])
    expect(JSON.stringify([sources, running.engine.greeting(), logged])).not.toMatch(
      new RegExp(`${MASTER}|${SECRET}`),
    )
    const stays = source({
      auth: { kind: 'bearer', secret: 'keychain:am-token' },
      headers: [{ name: 'X-Team', value: 'search' }],
    })
    await change({ type: 'update-source', name: 'am', source: stays })
    expect(await readFile(path, 'utf8')).toContain('search')
    expect((await readdir(join(folder, 'data', 'secrets'))).sort()).toEqual(['am-token'])
  })

  it('are used for the server that they are for, and there only what the file names', async () => {
    // The file says so; that it was entered for this server was not written down then.
    const own = source({ auth: { kind: 'bearer', secret: 'keychain:am-token' }, timeout: '7s' })
    expect(await ask('source.try', { source: own })).toMatchObject({ isWorking: true })
    expect(await change({ type: 'update-source', name: 'am', source: own })).toMatchObject({
      outcome: 'written',
    })
    const secret = 'env:DECKWATCH_TEST_MASTER'
    const other = source({ auth: { kind: 'bearer', secret } })
    expect(await ask('source.try', { source: other })).toMatchObject({ isWorking: false })
    expect(shown).not.toContain(`Bearer ${MASTER}`)
    // A person wrote it into the file.
    await write((await readFile(path, 'utf8')).replace('keychain:am-token', secret))
    await ask('source.try', { source: other })
    expect(shown).toContain(`Bearer ${MASTER}`)
  })
})
