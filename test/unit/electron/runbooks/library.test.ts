import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { failure } from '#electron/http/failure.ts'
import type { PageAnswer } from '#electron/http/page.ts'
import {
  openRunbookLibrary,
  type PlaybookRunbook,
  type RunbookLibraryOptions,
} from '#electron/runbooks/library.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { runbookSettingSchema } from '#shared/domain/runbook/setting.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { eventually } from '#test/setup/eventually.ts'

const { signal } = new AbortController()
const page = (name: string) => `url:https://a.example/${name}`
const setting = (over: object = {}) => runbookSettingSchema.parse({ hosts: ['a.example'], ...over })

/** A library whose servers answer when the test says so. */
async function open(over: Partial<RunbookLibraryOptions> = {}) {
  const base = await mkdtemp(join(tmpdir(), 'deckwatch-library-'))
  onTestFinished(() => rm(base, { recursive: true, force: true }))
  const clock = createFakeClock()
  const asked: string[] = []
  const texts = new Map<string, string>()
  const waiting: (() => void)[] = []
  let isHeld = false
  const options: RunbookLibraryOptions = {
    directory: join(base, 'runbooks'),
    clock,
    logger: silentLogger,
    playbook: () => [],
    random: () => 1,
    async askPage(url) {
      asked.push(url.href)
      if (isHeld)
        await new Promise<void>((resolve) => {
          waiting.push(resolve)
        })
      const text = texts.get(url.href)
      if (text === undefined) return fail(failure('unreachable', `${url.host} is away.`, ''))
      const answer: PageAnswer = { kind: 'text', type: 'text/plain', text }
      return ok(answer)
    },
    ...over,
  }
  const library = await openRunbookLibrary(options)
  onTestFinished(() => library.close())
  const revisions: number[] = []
  library.start((revision) => revisions.push(revision))
  library.configure(setting())
  const entry = (id: string) => library.list().entries.find((each) => each.id === id)
  return {
    asked,
    clock,
    entry,
    library,
    options,
    revisions,
    hold: () => void (isHeld = true),
    release: () => {
      isHeld = false
      for (const go of waiting.splice(0)) go()
    },
    serve: (name: string, text: string) => texts.set(`https://a.example/${name}`, text),
    unserve: (name: string) => texts.delete(`https://a.example/${name}`),
    /** Waits until nothing is under way. */
    settled: (id: string, state: string) => eventually(() => expect(entry(id)?.state).toBe(state)),
  }
}

describe('runbooks on the network', () => {
  it('are fetched when something leads to them, once, and kept', async () => {
    const { asked, clock, entry, library, serve, settled } = await open()
    serve('x.md', '# Payments fail\n')
    library.linked(new Set([page('x.md')]))
    expect(entry(page('x.md'))?.state).toBe('not-fetched')
    library.linked(new Set([page('x.md'), 'playbook:a.md']))
    await settled(page('x.md'), 'kept')
    expect(entry(page('x.md'))).toMatchObject({
      title: 'Payments fail',
      size: 16,
      origin: { kind: 'url', fetchedAt: clock.now(), lastTriedAt: clock.now(), problem: null },
    })
    expect(await library.read(page('x.md'))).toMatchObject({ value: { text: '# Payments fail\n' } })
    await clock.advance(60_000)
    expect(asked).toEqual(['https://a.example/x.md'])
  })

  it('wait for a person where their host is not named', async () => {
    const { asked, clock, entry, library, settled, serve } = await open()
    library.configure(setting({ hosts: [] }))
    serve('x.md', '# X')
    library.linked(new Set([page('x.md')]))
    await clock.advance(3_600_000)
    expect(asked).toEqual([])
    expect(entry(page('x.md'))?.state).toBe('needs-consent')
    expect(await library.read(page('x.md'))).toMatchObject({
      error: {
        code: 'not-allowed-now',
        message: 'This page has not been fetched: the configuration does not name its host.',
      },
    })
    expect(await library.fetch(page('x.md'), signal)).toMatchObject({ value: { state: 'kept' } })
    expect(asked).toHaveLength(1)
    // That was for this once.
    await clock.advance(48 * 3_600_000)
    expect(asked).toHaveLength(1)
    library.configure(setting())
    await eventually(() => expect(asked).toHaveLength(2))
    await settled(page('x.md'), 'kept')
  })

  it('are no way to ask any address', async () => {
    const { asked, library } = await open({ playbook: () => [file] })
    expect(await library.fetch(page('x.md'), signal)).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(await library.read(page('x.md'))).toMatchObject({ error: { code: 'not-found' } })
    expect(await library.fetch('playbook:y.md', signal)).toMatchObject({
      error: { code: 'not-found', message: 'The playbook has no such runbook.' },
    })
    expect(await library.fetch('playbook:a.md', signal)).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
    expect(asked).toEqual([])
  })

  it('keep the copy they have where the server fails, and say since when and why', async () => {
    const { clock, entry, library, options, serve, unserve, settled } = await open()
    serve('x.md', '# X')
    library.linked(new Set([page('x.md')]))
    await settled(page('x.md'), 'kept')
    const fetchedAt = clock.now()
    unserve('x.md')
    await clock.advance(24 * 3_600_000)
    await eventually(() =>
      expect(entry(page('x.md'))).toMatchObject({
        state: 'kept',
        origin: { fetchedAt, lastTriedAt: clock.now(), problem: 'a.example is away.' },
      }),
    )
    expect(await library.read(page('x.md'))).toMatchObject({ value: { text: '# X' } })
    // Also after a restart, with nobody who leads there any more.
    await library.close()
    const again = await openRunbookLibrary(options)
    expect(again.list().entries).toMatchObject([
      { id: page('x.md'), state: 'kept', origin: { fetchedAt, problem: 'a.example is away.' } },
    ])
    expect(await again.read(page('x.md'))).toMatchObject({ value: { text: '# X' } })
    await again.close()
  })

  it('are asked for less and less often while it fails', async () => {
    const { asked, clock, library, settled } = await open()
    library.linked(new Set([page('x.md')]))
    await settled(page('x.md'), 'failed')
    const triedUntil = async (ms: number) => {
      await clock.advance(ms)
      return asked.length
    }
    expect(await triedUntil(59_000)).toBe(1)
    expect(await triedUntil(1_000)).toBe(2)
    expect(await triedUntil(4 * 60_000)).toBe(2)
    expect(await triedUntil(60_000)).toBe(3)
    expect(await triedUntil(24 * 3_600_000)).toBeLessThan(30)
    expect(await library.read(page('x.md'))).toMatchObject({
      error: { message: 'There is no copy of this runbook: a.example is away.' },
    })
  })

  it('are fetched a few at a time, and one that is wanted twice is fetched once', async () => {
    const { asked, hold, release, library, serve, settled } = await open()
    const names = ['a', 'b', 'c', 'd', 'e']
    for (const name of names) serve(name, `# ${name}`)
    hold()
    library.linked(new Set(names.map(page)))
    await eventually(() => expect(asked).toHaveLength(3))
    const pressed = library.fetch(page('a'), signal)
    release()
    expect(await pressed).toMatchObject({ value: { state: 'kept' } })
    for (const name of names) await settled(page(name), 'kept')
    expect(asked).toHaveLength(5)
  })

  it('take no more room than they may, and do not push each other out in turn', async () => {
    const { asked, clock, entry, library, options, serve, settled } = await open({
      room: { pages: 2, bytes: 100 },
    })
    for (const name of ['a', 'b', 'c']) serve(name, `# ${name}${'x'.repeat(40)}`)
    library.linked(new Set([page('a')]))
    await settled(page('a'), 'kept')
    await clock.advance(1_000)
    library.linked(new Set([page('b'), page('c'), page('d')]))
    // Nothing leads to the first one any more: it makes room, and is forgotten.
    await eventually(() => expect(entry(page('a'))).toBeUndefined())
    await settled(page('b'), 'kept')
    await settled(page('c'), 'kept')
    expect(entry(page('d'))).toMatchObject({
      state: 'failed',
      origin: { problem: expect.stringContaining('lead to more than 2 pages') as string },
    })
    serve('d', `# d${'x'.repeat(40)}`)
    await clock.advance(1_000)
    await library.fetch(page('d'), signal)
    await settled(page('d'), 'kept')
    await settled(page('b'), 'failed')
    expect(entry(page('b'))?.origin.problem).toBe('It was removed to make room for newer pages.')
    await clock.advance(12 * 3_600_000)
    // What would be fetched in turn now has the time to be written.
    for (let turn = 0; turn < 50; turn += 1) await readdir(options.directory)
    expect(asked).toHaveLength(4)
  })

  it('whose copy was damaged are fetched again', async () => {
    const { asked, library, options, serve, settled } = await open()
    serve('x.md', '# X')
    library.linked(new Set([page('x.md')]))
    await settled(page('x.md'), 'kept')
    const names = await readdir(options.directory)
    for (const name of names.filter((each) => !each.endsWith('.json')))
      await writeFile(join(options.directory, name), 'damaged')
    expect(await library.read(page('x.md'))).toMatchObject({ ok: false })
    await eventually(() => expect(asked).toHaveLength(2))
    await settled(page('x.md'), 'kept')
    expect(await library.read(page('x.md'))).toMatchObject({ value: { text: '# X' } })
  })
})

const file: PlaybookRunbook = {
  entry: {
    id: 'playbook:a.md',
    title: 'A',
    format: 'markdown',
    origin: { kind: 'playbook', path: 'runbooks/a.md', version: 'v', commit: null, problem: null },
    state: 'kept',
    size: 3,
    hash: 'a'.repeat(64),
  },
  text: '# A',
}

describe('the list of runbooks', () => {
  it('has another revision when it is another one, and only then', async () => {
    let files: readonly PlaybookRunbook[] = [file]
    const { clock, library, revisions } = await open({ playbook: () => files })
    const first = library.list()
    expect(first).toMatchObject({
      revision: clock.now(),
      more: 0,
      entries: [{ id: file.entry.id }],
    })
    library.configure(setting())
    library.linked(new Set(['playbook:a.md']))
    expect(revisions).toEqual([])
    files = []
    library.configure(setting())
    expect(revisions).toEqual([first.revision + 1])
    expect(library.list()).toEqual({ revision: first.revision + 1, entries: [], more: 0 })
  })

  it('counts what it does not list', async () => {
    const many = Array.from({ length: 2_003 }, (_each, at) => ({
      ...file,
      entry: { ...file.entry, id: `playbook:${String(at)}.md` },
    }))
    const { library } = await open({ playbook: () => many })
    expect(library.list().entries).toHaveLength(2_000)
    expect(library.list().more).toBe(3)
    library.linked(new Set([page('x')]))
    expect(library.list().more).toBe(4)
  })

  it('has what is kept before what alerts only name', async () => {
    const { library, serve, settled } = await open()
    serve('z', '# Z')
    library.linked(new Set([page('z')]))
    await settled(page('z'), 'kept')
    library.configure(setting({ hosts: [] }))
    const names = Array.from({ length: 2_500 }, (_each, at) => page(String(at)))
    library.linked(new Set(names))
    const { entries, more } = library.list()
    expect(entries.at(-1)).toMatchObject({ id: page('z'), state: 'kept' })
    expect([entries.length, more]).toEqual([2_000, 501])
  })

  it('gives the text of a file of the playbook, or why there is none', async () => {
    const problem = 'the file is not UTF-8 text: save it as UTF-8'
    const broken: PlaybookRunbook = {
      entry: {
        ...file.entry,
        id: 'playbook:b.md',
        state: 'failed',
        origin: { kind: 'playbook', path: 'runbooks/b.md', version: null, commit: null, problem },
      },
      text: null,
    }
    const { library } = await open({ playbook: () => [file, broken] })
    expect(await library.read('playbook:a.md')).toMatchObject({ value: { text: '# A' } })
    expect(await library.read('playbook:b.md')).toMatchObject({
      error: { code: 'not-allowed-now', message: expect.stringContaining(problem) as string },
    })
  })
})
