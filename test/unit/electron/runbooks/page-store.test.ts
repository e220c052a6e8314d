import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hashOf } from '#electron/files/text-hash.ts'
import { createPageStore, type PageFacts } from '#electron/runbooks/page-store.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { hasModes, unlookedModes } from '#test/fixtures/owner-only.ts'

const pageOf = (id: string, text: string): PageFacts => ({
  id,
  title: 'X',
  format: 'markdown',
  size: Buffer.byteLength(text),
  hash: hashOf(text),
  fetchedAt: 1_000,
  lastTriedAt: 2_000,
  problem: 'a.example did not answer.',
})
const id = 'url:https://a.example/x.md'

async function open() {
  const base = await mkdtemp(join(tmpdir(), 'deckwatch-pages-'))
  onTestFinished(() => rm(base, { recursive: true, force: true }))
  const directory = join(base, 'runbooks')
  return { directory, store: createPageStore(directory, silentLogger) }
}

describe('the pages that are kept', () => {
  it(`survive a restart, for this account alone${unlookedModes}`, async () => {
    const { directory, store } = await open()
    expect(await store.load()).toEqual([])
    const facts = pageOf(id, '# Ü\r\n')
    expect(await store.keep(facts, '# Ü\r\n')).toMatchObject({ ok: true })
    const again = createPageStore(directory, silentLogger)
    expect(await again.load()).toEqual([facts])
    expect(await again.text(facts)).toBe('# Ü\r\n')
    if (!hasModes) return
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    for (const name of await readdir(directory))
      expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600)
  })

  it(`are for this account alone also in a folder that was there before${unlookedModes}`, async () => {
    const { directory, store } = await open()
    await mkdir(directory)
    await chmod(directory, 0o755)
    await store.keep(pageOf(id, 'x'), 'x')
    if (!hasModes) return
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
  })

  it('take the place of the version before, which leaves nothing behind', async () => {
    const { directory, store } = await open()
    const old = pageOf(id, 'old')
    await store.keep(old, 'old')
    await store.keep(pageOf(id, 'new'), 'new')
    expect(await store.text(old)).toBeNull()
    expect(await store.load()).toEqual([pageOf(id, 'new')])
    expect(await readdir(directory)).toHaveLength(2)
    await store.note({ ...pageOf(id, 'new'), problem: 'gone' })
    expect((await store.load())[0]?.problem).toBe('gone')
    await store.remove(id)
    expect(await readdir(directory)).toEqual([])
  })

  it('are not believed where they were damaged', async () => {
    const { directory, store } = await open()
    const facts = pageOf(id, 'text')
    await store.keep(facts, 'text')
    const names = await readdir(directory)
    const text = names.find((name) => !name.endsWith('.json')) ?? ''
    await writeFile(join(directory, text), 'rm -rf /')
    expect(await store.text(facts)).toBeNull()
    const json = names.find((name) => name.endsWith('.json')) ?? ''
    const other = (await readFile(join(directory, json), 'utf8')).replace('a.example', 'b.example')
    await writeFile(join(directory, json), other)
    await writeFile(join(directory, `.${'0'.repeat(16)}`), 'left by a crash')
    await writeFile(join(directory, 'somebody.txt'), 'not ours')
    expect(await store.load()).toEqual([])
    expect(await readdir(directory)).toEqual(['somebody.txt'])
  })

  it('cannot be kept where the folder cannot be written to, which is said', async () => {
    const { directory, store } = await open()
    await writeFile(directory, 'a file where the folder would be')
    expect(await store.keep(pageOf(id, 'x'), 'x')).toMatchObject({
      ok: false,
      error: expect.stringContaining('the data folder cannot be written to') as string,
    })
    expect(await store.load()).toEqual([])
    expect(await store.text(pageOf(id, 'x'))).toBeNull()
  })
})
