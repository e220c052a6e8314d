import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Clock, Logger } from '#electron/engine/ports.ts'
import { createConfigurationStore, type ConfigurationStore } from '#electron/playbook/configuration/store.ts'
import { fileVersion, watchConfiguration } from '#electron/playbook/watch.ts'

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
  const store = await createConfigurationStore({ path, clock, logger, onChange: changed })
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
    await vi.waitFor(() => {
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
      await vi.waitFor(() => {
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
    await vi.waitFor(() => {
      expect(names(store)).toEqual(['two'])
    })
  })

  it('keeps the last good one while the file is broken, and says what is wrong', async () => {
    await writeFile(path, drill('good'))
    const store = await open()
    now = 2_000
    await replace('sorces: []\n')
    await vi.waitFor(() => {
      expect(messages(store)).toEqual([
        '"sorces" is not a key that is known here; did you mean "sources"?',
      ])
    })
    expect([names(store), store.loadedAt(), store.isPresent()]).toEqual([['good'], 1_000, true])
    expect(logged.at(-1)).toContain('"line":1,"column":1')
    await replace(drill('better'))
    await vi.waitFor(() => {
      expect(names(store)).toEqual(['better'])
    })
    expect(messages(store)).toEqual([])
  })

  it('keeps the last good one when the file is deleted, and tells', async () => {
    await writeFile(path, drill('good'))
    const store = await open()
    await rm(path)
    await vi.waitFor(() => {
      expect(messages(store)).toEqual([expect.stringContaining('the file is gone')])
    })
    expect([names(store), store.isPresent()]).toEqual([['good'], false])
    await writeFile(path, drill('good'))
    await vi.waitFor(() => {
      expect(messages(store)).toEqual([])
    })
    expect(store.isPresent()).toBe(true)
  })

  it('watches nothing, rather than a drill, when the file is broken from the start', async () => {
    await writeFile(path, 'sources: [')
    const store = await open()
    expect([names(store), store.problems().length > 0]).toEqual([[], true])
    await rm(path)
    await vi.waitFor(() => {
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

describe('watchConfiguration', () => {
  /** A clock whose looks are made by hand, to see each of them. */
  function watchByHand(since: string) {
    const queue: (() => void)[] = []
    const unwatch = watchConfiguration(path, changed, {
      clock: { ...clock, after: (_ms, callback) => (queue.push(callback), () => queue.splice(0)) },
      since,
    })
    const look = async () => {
      queue.shift()?.()
      await vi.waitFor(() => {
        expect(queue).toHaveLength(1)
      })
    }
    return { look, unwatch, queue }
  }

  it('tells a change at the second look that agrees on it, once', async () => {
    const { look, unwatch } = watchByHand(await fileVersion(path))
    await writeFile(path, 'half')
    await look()
    await writeFile(path, 'half and half')
    await look()
    expect(changed).not.toHaveBeenCalled()
    await look()
    await look()
    expect(changed).toHaveBeenCalledTimes(1)
    unwatch()
  })

  it('sees a change that was made before its first look', async () => {
    await writeFile(path, 'known')
    const since = await fileVersion(path)
    await replace('newer')
    const { look, unwatch } = watchByHand(since)
    await look()
    await look()
    expect(changed).toHaveBeenCalledTimes(1)
    unwatch()
  })

  it('ends when told, with nothing left waiting', async () => {
    const { unwatch, queue } = watchByHand(await fileVersion(path))
    expect(queue).toHaveLength(1)
    unwatch()
    expect(queue).toHaveLength(0)
  })
})
