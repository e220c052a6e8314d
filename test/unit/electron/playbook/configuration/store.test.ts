import { format } from '#electron/host/node/configuration-format.ts'
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventually } from '#test/setup/eventually.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import {
  createConfigurationStore,
  type ConfigurationStore,
} from '#electron/playbook/configuration/store.ts'
import { createLastValidVersions } from '#electron/playbook/last-valid.ts'

let folder: string
let path: string
let now: number
let closers: (() => void)[]
let logged: string[]
const changed = vi.fn()

/** Real timers, fifty times as fast: what is waited for is the file, not the time. */
const clock: Clock = {
  now: () => now,
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms / 50)
    return () => {
      clearTimeout(timer)
    }
  },
}

const log = (fields: object, message: string) => {
  logged.push(`${message} ${JSON.stringify(fields)}`)
}
const logger: Logger = { info: log, warn: log, error: log }

const drill = (name: string) => `sources: [{ type: drill, name: ${name} }]\n`

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckwatch-store-'))
  path = join(folder, 'deckwatch.yaml')
  now = 1_000
  closers = []
  logged = []
  changed.mockReset()
})
afterEach(async () => {
  closers.forEach((close) => {
    close()
  })
  await rm(folder, { recursive: true, force: true })
})

async function open(): Promise<ConfigurationStore> {
  const store = await createConfigurationStore({ format, path, clock, logger, onChange: changed })
  closers.push(() => {
    store.close()
  })
  return store
}

const names = (store: ConfigurationStore) => store.current().sources.map(({ name }) => name)
const messages = (store: ConfigurationStore) => store.problems().map(({ message }) => message)

/** As editors do it: a new file takes the place of the old one. */
async function replace(text: string) {
  await writeFile(`${path}.new`, text)
  await rename(`${path}.new`, path)
}

describe('the configuration store', () => {
  it('runs the drill without a file and follows one that appears', async () => {
    const store = await open()
    expect([names(store), store.isPresent(), store.loadedAt()]).toEqual([['drill'], false, 1_000])
    now = 2_000
    await writeFile(path, drill('first'))
    await eventually(() => {
      expect(names(store)).toEqual(['first'])
    })
    expect([store.isPresent(), store.loadedAt(), changed.mock.calls.length]).toEqual([
      true,
      2_000,
      1,
    ])
  })

  it('follows a file that is replaced, again and again', async () => {
    await writeFile(path, drill('v0'))
    const store = await open()
    for (const name of ['v1', 'v2', 'v3']) {
      await replace(drill(name))
      await eventually(() => {
        expect(names(store)).toEqual([name])
      })
    }
    expect(changed).toHaveBeenCalledTimes(3)
  })

  it('follows a link that is swapped, as mounted configuration is updated', async () => {
    for (const version of ['one', 'two']) {
      await mkdir(join(folder, version))
      await writeFile(join(folder, version, 'deckwatch.yaml'), drill(version))
    }
    await symlink('one', join(folder, 'data'))
    path = join(folder, 'data', 'deckwatch.yaml')
    const store = await open()
    await symlink('two', join(folder, 'data.new'))
    await rename(join(folder, 'data.new'), join(folder, 'data'))
    await eventually(() => {
      expect(names(store)).toEqual(['two'])
    })
  })

  it('keeps the last good one while the file is broken, and says what is wrong', async () => {
    await writeFile(path, drill('good'))
    const store = await open()
    now = 2_000
    await replace('sorces: []\n')
    await eventually(() => {
      expect(messages(store)).toEqual([
        '"sorces" is not a key that is known here; did you mean "sources"?',
      ])
    })
    expect([names(store), store.loadedAt(), store.isPresent()]).toEqual([['good'], 1_000, true])
    expect(logged.at(-1)).toContain('"line":1,"column":1')
    await replace(drill('better'))
    await eventually(() => {
      expect(names(store)).toEqual(['better'])
    })
    expect(messages(store)).toEqual([])
  })

  it('keeps the last good one when the file is deleted, and tells', async () => {
    await writeFile(path, drill('good'))
    const store = await open()
    await rm(path)
    await eventually(() => {
      expect(messages(store)).toEqual([expect.stringContaining('the file is gone')])
    })
    expect([names(store), store.isPresent()]).toEqual([['good'], false])
    await writeFile(path, drill('good'))
    await eventually(() => {
      expect(messages(store)).toEqual([])
    })
    expect(store.isPresent()).toBe(true)
  })

  it('watches nothing, rather than a drill, when the file is broken from the start', async () => {
    await writeFile(path, 'sources: [')
    const store = await open()
    expect([names(store), store.problems().length > 0]).toEqual([[], true])
    await rm(path)
    await eventually(() => {
      expect(names(store)).toEqual(['drill'])
    })
    expect(messages(store)).toEqual([])
  })

  it('says nothing when a file is written again with the same meaning', async () => {
    await writeFile(path, drill('same'))
    const store = await open()
    const before = store.current()
    now = 2_000
    await replace(`# A comment changes nothing.\n${drill('same')}`)
    await store.reload()
    expect(store.current()).toBe(before)
    expect([store.loadedAt(), changed.mock.calls.length]).toEqual([1_000, 0])
  })

  it('is silent once it is closed, also about a reload that was under way', async () => {
    await writeFile(path, drill('open'))
    const store = await open()
    await replace(drill('closed'))
    const reload = store.reload()
    store.close()
    await reload
    expect(names(store)).toEqual(['open'])
    expect(changed).not.toHaveBeenCalled()
  })

  it('never logs a secret', async () => {
    await writeFile(
      path,
      'sources: [{ type: prometheus, name: p, url: "http://p:1", auth: { bearer: s3cr3t } }]',
    )
    await open()
    expect(logged.join('\n')).toContain('secrets are not written here')
    expect(logged.join('\n')).not.toContain('s3cr3t')
  })
})

describe('the configuration store after a restart', () => {
  const restart = async (at: number) => {
    closers.splice(0).forEach((close) => {
      close()
    })
    now = at
    const store = await createConfigurationStore({
      format,
      path,
      clock,
      logger,
      lastValid: createLastValidVersions(join(folder, 'data'), folder, logger),
      onChange: changed,
    })
    closers.push(() => {
      store.close()
    })
    return store
  }

  it('keeps the last valid one in force when the file is broken by then, and says so', async () => {
    await writeFile(path, drill('good'))
    expect((await restart(1_000)).standIn()).toBeNull()
    await writeFile(path, 'sorces: []')
    const store = await restart(2_000)
    expect([names(store), store.standIn(), store.isPresent()]).toEqual([
      ['good'],
      'last-valid',
      true,
    ])
    expect(messages(store)).toHaveLength(1)
    // When it was kept, by the clock of the file system.
    expect(store.loadedAt()).toBeGreaterThan(2_000)
    await writeFile(path, drill('mended'))
    await store.reload()
    expect([names(store), store.standIn(), messages(store)]).toEqual([['mended'], null, []])
  })

  it('runs the drill when the file is gone by then, and forgets what was in it', async () => {
    await writeFile(path, drill('good'))
    await restart(1_000)
    await rm(path)
    const store = await restart(2_000)
    expect([names(store), messages(store)]).toEqual([['drill'], []])
    await writeFile(path, 'sorces: []')
    expect([names(await restart(3_000)), (await restart(3_000)).standIn()]).toEqual([[], 'nothing'])
  })

  it('uses what is right of a file that never was valid, and says what is not in effect', async () => {
    const good = '  - { type: drill, name: good }'
    await writeFile(
      path,
      [
        'sources:',
        '  - { type: alertmanager, name: bad, url: "http://192.168.1.300:9093", interval: 1 }',
        good,
        '  - { type: prometheus, name: good, url: "http://prom:9090" }',
        'severty: []',
        'groupBy: [alertname]',
        'closeAfter: soon',
      ].join('\n'),
    )
    const store = await restart(1_000)
    expect([names(store), store.standIn()]).toEqual([['good'], 'part'])
    expect(store.current().groupBy).toEqual(['alertname'])
    expect(messages(store).join('\n')).toMatch(/sources\[0\].url: invalid address/)
    // Still broken, in another way: what is right of it now counts.
    await writeFile(path, `sources:\n${good}\n  - { type: drill, name: other }\n  - {}`)
    await store.reload()
    expect([names(store), store.standIn()]).toEqual([['good', 'other'], 'part'])
    await writeFile(path, 'sources: [')
    await store.reload()
    expect([names(store), store.standIn()]).toEqual([['good', 'other'], 'part'])
    await writeFile(path, drill('mended'))
    await store.reload()
    expect([names(store), store.standIn(), messages(store)]).toEqual([['mended'], null, []])
    // From now on there is a valid version.
    await writeFile(path, 'sources: [{}]')
    await store.reload()
    expect([names(store), store.standIn()]).toEqual([['mended'], 'last-valid'])
  })

  it('is not used in part where it says wrongly who may see what', async () => {
    const text = (...lines: readonly string[]) =>
      ['people: [{ id: bo, name: Bo }]', 'sources: [{ type: drill, name: good }]', ...lines].join(
        '\n',
      )
    await writeFile(path, text('confidential: [{ match: team="fraud", people: [boo] }]'))
    const store = await restart(1_000)
    expect([names(store), store.standIn()]).toEqual([[], 'nothing'])
    expect(messages(store).join()).toMatch(
      /confidential\[0\].people\[0\]: "boo" is none of the people/,
    )
    // The people whom it names may be what is wrong.
    await writeFile(
      path,
      text('confidential: [{ match: team="fraud", people: [bo] }]').replace('id: bo', 'id: B O'),
    )
    await store.reload()
    expect(store.standIn()).toBe('nothing')
    await writeFile(path, text('confidential: [{ match: team="fraud", people: [Bo, me] }]'))
    await store.reload()
    expect([names(store), store.standIn(), messages(store)]).toEqual([['good'], null, []])
  })

  it('keeps the names of secrets, never their values, where only this account reads', async () => {
    const bearer = 'env:DECKWATCH_TEST_TOKEN'
    vi.stubEnv('DECKWATCH_TEST_TOKEN', 's3cr3t')
    await writeFile(
      path,
      `sources: [{ type: prometheus, name: p, url: "http://p:1", auth: { bearer: "${bearer}" } }]`,
    )
    await restart(1_000)
    const data = join(folder, 'data')
    const kept = (await readdir(data, { recursive: true, withFileTypes: true })).filter((each) =>
      each.isFile(),
    )
    expect(kept).toHaveLength(1)
    for (const { name, parentPath } of kept) {
      const file = join(parentPath, name)
      expect(await readFile(file, 'utf8')).toContain(bearer)
      expect(await readFile(file, 'utf8')).not.toContain('s3cr3t')
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      expect((await stat(parentPath)).mode & 0o777).toBe(0o700)
    }
    vi.unstubAllEnvs()
  })
})
