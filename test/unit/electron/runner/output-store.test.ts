import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createOutputStore,
  type OutputLimits,
  type OutputPage,
  type OutputRecord,
  type OutputStore,
} from '#electron/runner/output-store.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { hasModes, unlookedModes } from '#test/fixtures/owner-only.ts'

function openFolder() {
  const base = mkdtempSync(join(tmpdir(), 'deckwatch-outputs-'))
  onTestFinished(() => {
    rmSync(base, { recursive: true, force: true })
  })
  const folder = join(base, 'outputs')
  return {
    folder,
    open: (limits?: Partial<OutputLimits>) =>
      createOutputStore(folder, silentLogger, {
        ofOne: 10 * 1024 * 1024,
        ofAll: 200 * 1024 * 1024,
        ...limits,
      }),
  }
}

async function begin(store: OutputStore, runId: string): Promise<OutputRecord> {
  const opened = await store.open(runId)
  if (!opened.ok) throw new Error(opened.error)
  return opened.value
}
async function keep(store: OutputStore, runId: string, text: string) {
  const record = await begin(store, runId)
  await record.write(text)
  return record.finish()
}
/** All of a record, a page after the other. */
async function readAll(
  store: OutputStore,
  runId: string,
  limit = 1_024,
): Promise<OutputPage | null> {
  let text = ''
  for (let offset = 0; ;) {
    const page = await store.read(runId, { offset, limit })
    if (!page) return null
    text += page.text
    if (page.next === null) return { ...page, text }
    expect(page.next).toBeGreaterThan(offset)
    offset = page.next
  }
}

describe('the outputs that are kept', () => {
  it(`survive a restart, for this account alone${unlookedModes}`, async () => {
    const { folder, open } = openFolder()
    const text = 'Grüße 🚀\n'.repeat(500)
    expect(await keep(open(), '../../etc/passwd', text)).toEqual({
      bytes: Buffer.byteLength(text),
      lines: 500,
      storedBytes: Buffer.byteLength(text),
      cut: null,
      problem: null,
    })
    expect(await readAll(open(), '../../etc/passwd')).toMatchObject({ text, state: 'complete' })
    const [name, ...others] = readdirSync(folder)
    expect(others).toEqual([])
    expect(name).toMatch(/^[0-9a-f]{32}\.txt$/)
    if (!hasModes) return
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, name ?? '')).mode & 0o777).toBe(0o600)
  })

  it('are compressed where they are long', async () => {
    const { folder, open } = openFolder()
    const text = 'a line that repeats\n'.repeat(10_000)
    await keep(open(), 'a', text)
    const [name] = readdirSync(folder)
    expect(name).toMatch(/\.txt\.gz$/)
    expect(statSync(join(folder, name ?? '')).size).toBeLessThan(text.length / 20)
    expect(await readAll(open(), 'a', 100_000)).toMatchObject({ text, size: text.length })
  })

  it('can be read while they are written, and after a crash as far as they came', async () => {
    const { open } = openFolder()
    const store = open()
    const record = await begin(store, 'a')
    expect(await readAll(store, 'a')).toMatchObject({ text: '', state: 'running' })
    await record.write('first\n')
    expect(await readAll(store, 'a')).toMatchObject({ text: 'first\n', state: 'running' })
    expect(await readAll(open(), 'a')).toMatchObject({ text: 'first\n', state: 'incomplete' })
    expect(await open().open('a')).toMatchObject({ ok: false })
    expect(await store.open('a')).toMatchObject({ ok: false })
    await record.finish()
    expect(await readAll(open(), 'a')).toMatchObject({ text: 'first\n', state: 'complete' })
  })

  it('lose their middle where they are too long, and say so', async () => {
    const { open } = openFolder()
    const store = open({ ofOne: 600 })
    const record = await begin(store, 'a')
    const lines = Array.from({ length: 1_000 }, (_, index) => `line ${String(index)}\n`)
    for (const line of lines) await record.write(line)
    const running = await readAll(store, 'a')
    expect(running?.text).toMatch(/^line 0\n[^]*bytes left out here[^]*line 999\n$/)
    const { cut, storedBytes, bytes } = await record.finish()
    const all = lines.join('')
    expect(bytes).toBe(all.length)
    expect(storedBytes).toBeGreaterThan(480)
    expect(storedBytes).toBeLessThanOrEqual(600)
    const kept = (await readAll(store, 'a'))?.text ?? ''
    const [first = '', last = ''] = kept.split(/\n\[… .* left out here: .* …\]\n/)
    expect(kept).toContain(
      `[… ${(cut?.bytes ?? 0).toLocaleString('en')} bytes (${String(cut?.lines)} lines) left out`,
    )
    expect(all.startsWith(first)).toBe(true)
    expect(all.endsWith(last)).toBe(true)
    expect(first.length + last.length + (cut?.bytes ?? 0)).toBe(all.length)
    expect(all.slice(first.length, all.length - last.length).split('\n')).toHaveLength(
      (cut?.lines ?? 0) + 1,
    )
  })

  it('are the beginning and the end of what was printed, in whatever pieces', async () => {
    const { open } = openFolder()
    let count = 0
    const store = open({ ofOne: 120 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '日', '🚀', '\n'), maxLength: 60 })),
        async (pieces) => {
          const runId = String((count += 1))
          const record = await begin(store, runId)
          for (const piece of pieces) await record.write(piece)
          const { cut, storedBytes, bytes } = await record.finish()
          const all = pieces.join('')
          const kept = (await readAll(store, runId))?.text ?? ''
          expect(kept).not.toContain('\ufffd')
          expect(storedBytes + (cut?.bytes ?? 0)).toBe(bytes)
          expect(storedBytes).toBeLessThanOrEqual(120)
          if (!cut) {
            expect(kept).toBe(all)
            return
          }
          const [first = '', last = ''] = kept.split(/\n\[… .* …\]\n/)
          expect([all.startsWith(first), all.endsWith(last)]).toEqual([true, true])
          expect(Buffer.byteLength(first + last)).toBe(storedBytes)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('make room for new ones, the oldest first, but not those that are written', async () => {
    const { folder, open } = openFolder()
    const store = open({ ofAll: 10_000 })
    const record = await begin(store, 'running')
    await record.write('x'.repeat(4_000))
    utimesSync(join(folder, readdirSync(folder)[0] ?? ''), 1, 1)
    await keep(store, 'old', 'a'.repeat(3_000))
    utimesSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.txt')) ?? ''), 2, 2)
    await keep(store, 'newer', 'b'.repeat(2_000))
    expect(await readAll(store, 'old')).not.toBeNull()
    await keep(store, 'newest', 'c'.repeat(2_000))
    expect(await readAll(store, 'old')).toBeNull()
    expect(await readAll(store, 'newer')).toMatchObject({ size: 2_000 })
    expect(await readAll(store, 'running')).toMatchObject({ size: 4_000, state: 'running' })
    await record.finish()
  })

  it('leave nothing of a crash behind but what can be read, and touch nothing else', async () => {
    const { folder, open } = openFolder()
    await keep(open(), 'a', 'text')
    const [name = ''] = readdirSync(folder)
    const key = name.slice(0, 32)
    writeFileSync(join(folder, `${key}.000000000000000.part`), 'text')
    writeFileSync(join(folder, `${'b'.repeat(32)}.unfinished`), 'half')
    writeFileSync(join(folder, 'note.md'), 'mine')
    await keep(open(), 'b', 'text')
    expect(readdirSync(folder).filter((each) => !/^[0-9a-f]{32}\.txt$/.test(each))).toEqual([
      'note.md',
    ])
    expect(await readAll(open(), 'a')).toMatchObject({ text: 'text', state: 'complete' })
  })

  it('are none where there is nothing, or nothing that can be read', async () => {
    const { folder, open } = openFolder()
    const store = open()
    expect(await store.read('a', { offset: 0, limit: 10 })).toBeNull()
    await keep(store, 'a', 'x'.repeat(100_000))
    expect(await store.read('a', { offset: 200_000, limit: 10 })).toMatchObject({
      text: '',
      next: null,
    })
    writeFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'not compressed')
    expect(await store.read('a', { offset: 0, limit: 10 })).toBeNull()
  })

  it('say why they cannot be kept', async () => {
    const { folder, open } = openFolder()
    writeFileSync(folder, 'a file in its place')
    const opened = await open().open('a')
    expect(opened).toMatchObject({ ok: false, error: expect.stringContaining('cannot be written') })
  })

  it('say it also when that comes later, and hold up nobody', async () => {
    const { folder, open } = openFolder()
    const record = await begin(open(), 'a')
    rmSync(folder, { recursive: true })
    await record.write('a')
    await record.write('b')
    expect(await record.finish()).toMatchObject({
      bytes: 0,
      problem: expect.stringContaining('cannot be written'),
    })
  })
})
