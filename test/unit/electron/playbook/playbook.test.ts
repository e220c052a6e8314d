import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventually } from '#test/setup/eventually.ts'
import type { PlaybookChange } from '#electron/playbook/file-state.ts'
import { createLastValidVersions } from '#electron/playbook/last-valid.ts'
import { openPlaybook } from '#electron/playbook/playbook.ts'
import { isUnknown, scanLimits } from '#electron/playbook/scan.ts'
import type { OpenWatch } from '#electron/playbook/watch.ts'
import { kinds, noteKind, silentLogger, swiftClock } from './kit.ts'

let folder: string
let outside: string
let data: string
let closers: (() => void)[]
let changes: PlaybookChange[]

beforeEach(async () => {
  const base = await mkdtemp(join(tmpdir(), 'deckwatch-playbook-'))
  folder = join(base, 'playbook')
  outside = join(base, 'outside')
  data = join(base, 'data')
  await mkdir(folder)
  await mkdir(outside)
  closers = []
  changes = []
})
afterEach(async () => {
  closers.forEach((close) => {
    close()
  })
  await rm(dirname(folder), { recursive: true, force: true })
})

/** A playbook that looks only when it is told to, unless it watches the folder. */
async function open({ isWatching = false, openWatch }: HowToWatch = {}) {
  const playbook = await openPlaybook({
    folder,
    kinds,
    clock: isWatching ? swiftClock() : { ...swiftClock(), after: () => () => undefined },
    logger: silentLogger,
    lastValid: createLastValidVersions(data, folder, silentLogger),
    onChange: (change) => changes.push(change),
    ...(openWatch && { openWatch }),
  })
  closers.push(() => {
    playbook.close()
  })
  return playbook
}
interface HowToWatch {
  readonly isWatching?: boolean
  readonly openWatch?: OpenWatch
}
type Opened = Awaited<ReturnType<typeof open>>

async function write(path: string, text: string | Buffer) {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

const note = (text: string) => `says: ${text}\n`

/** What the notes say that are in force. */
const says = (playbook: Opened) =>
  Object.fromEntries(
    playbook.files('note').flatMap(({ path, value }) => (value ? [[path, value.says]] : [])),
  )

/** Problems as a terminal shows them. */
const told = (playbook: Opened) =>
  playbook
    .problems()
    .map(
      ({ file, line, column, message }) =>
        `${file.slice(folder.length + 1)}:${String(line)}:${String(column)} ${message}`,
    )

const unchanged: PlaybookChange = {
  added: [],
  changed: [],
  removed: [],
  broken: [],
  stillBroken: [],
  mended: [],
}

describe('a playbook of several kinds', () => {
  it('reads each file by its kind and ignores the others', async () => {
    await write('deckwatch.yaml', 'sources: [{ type: drill }]')
    await write('notes/a.yaml', note('one'))
    await write('notes/deep/er/b.yaml', note('two'))
    await write('notes/readme.md', '# not a note')
    await write('notes/.hidden.yaml', 'nothing: of interest')
    await write('other.yaml', 'nothing: of interest')
    const playbook = await open()
    expect(says(playbook)).toEqual({ 'notes/a.yaml': 'one', 'notes/deep/er/b.yaml': 'two' })
    expect(playbook.files('configuration').map(({ path }) => path)).toEqual(['deckwatch.yaml'])
    expect(told(playbook)).toEqual([])
  })

  it('tells problems of several files with their places', async () => {
    await write('deckwatch.yaml', 'sorces: []')
    await write('notes/a.yaml', 'says: one\nsay: two\n')
    await write('notes/b.yaml', note('fine'))
    const playbook = await open()
    expect(told(playbook)).toEqual([
      'deckwatch.yaml:1:1 "sorces" is not a key that is known here; did you mean "sources"?',
      'notes/a.yaml:2:1 "say" is not a key that is known here; did you mean "says"?',
    ])
    expect(says(playbook)).toEqual({ 'notes/b.yaml': 'fine' })
  })

  it('says what changed: added, changed, removed, broken, still broken, mended', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await write(`notes/${name}.yaml`, note(name))
    await write('notes/e.yaml', 'wrong')
    await write('notes/f.yaml', 'wrong')
    const playbook = await open()
    await write('notes/b.yaml', note('b2'))
    await rm(join(folder, 'notes/c.yaml'))
    await write('notes/d.yaml', 'wrong')
    await write('notes/f.yaml', note('f'))
    await write('notes/g.yaml', note('g'))
    await playbook.reload()
    expect(changes).toEqual([
      {
        added: ['notes/f.yaml', 'notes/g.yaml'],
        changed: ['notes/b.yaml'],
        removed: ['notes/c.yaml'],
        broken: ['notes/d.yaml'],
        stillBroken: ['notes/e.yaml'],
        mended: ['notes/f.yaml'],
      },
    ])
    expect(says(playbook)).toMatchObject({ 'notes/d.yaml': 'd', 'notes/b.yaml': 'b2' })
    await playbook.reload()
    expect(changes).toHaveLength(1)
  })

  it('survives a parser that throws, in the file that it throws at', async () => {
    const logged = vi.fn()
    await write('notes/a.yaml', note('a'))
    await write('notes/b.yaml', note('b'))
    const playbook = await openPlaybook({
      folder,
      kinds: {
        note: {
          ...noteKind,
          parse: (text: string, file: string) => {
            if (text.includes('says: a')) throw new TypeError('a mistake')
            return noteKind.parse(text, file)
          },
        },
      },
      clock: swiftClock(),
      logger: { ...silentLogger, error: logged },
      onChange: () => undefined,
    })
    playbook.close()
    expect(playbook.files('note').map(({ value }) => value?.says ?? null)).toEqual([null, 'b'])
    expect(playbook.problems()).toMatchObject([{ message: expect.stringContaining('see the log') }])
    expect(logged).toHaveBeenCalledOnce()
  })
})

describe('a file of a playbook', () => {
  const good = { 'notes/a.yaml': 'good', 'notes/b.yaml': 'other' }
  let playbook: Opened

  beforeEach(async () => {
    await write('notes/a.yaml', note('good'))
    await write('notes/b.yaml', note('other'))
    playbook = await open()
  })

  it.each<[string, string | Buffer, RegExp]>([
    ['is half-written', 'says: "goo', /quote/],
    ['is empty', '', /the note is empty/],
    ['is too large', `# ${'x'.repeat(1_024)}`, /a note has at most/],
    ['is not UTF-8', Buffer.from([0x73, 0xff, 0xfe]), /not UTF-8/],
    ['is UTF-16', Buffer.from('\ufeffsays: x', 'utf16le'), /not UTF-8/],
    ['is binary', Buffer.from([0, 1, 2, 3]), /./],
  ])('that %s leaves its last valid version in force', async (_name, text, message) => {
    await write('notes/a.yaml', text)
    await playbook.reload()
    expect(says(playbook)).toEqual(good)
    expect(told(playbook).join('\n')).toMatch(message)
    expect(told(playbook).every((each) => each.startsWith('notes/a.yaml:'))).toBe(true)
    await write('notes/a.yaml', note('mended'))
    await playbook.reload()
    expect([says(playbook), told(playbook)]).toEqual([{ ...good, 'notes/a.yaml': 'mended' }, []])
  })

  it('is read without its byte order mark', async () => {
    await write('notes/a.yaml', `\ufeff${note('marked')}`)
    await playbook.reload()
    expect([says(playbook)['notes/a.yaml'], told(playbook)]).toEqual(['marked', []])
  })

  it('that is gone is dropped where its kind says so', async () => {
    await rm(join(folder, 'notes/a.yaml'))
    await playbook.reload()
    expect([says(playbook), told(playbook)]).toEqual([{ 'notes/b.yaml': 'other' }, []])
  })

  it('that is renamed is removed and added', async () => {
    await rename(join(folder, 'notes/a.yaml'), join(folder, 'notes/c.yaml'))
    await playbook.reload()
    expect(changes).toEqual([{ ...unchanged, added: ['notes/c.yaml'], removed: ['notes/a.yaml'] }])
  })

  it('may be a link within the folder, and nothing else of this machine', async () => {
    await write('shared/c.yaml', note('linked'))
    await symlink('../shared/c.yaml', join(folder, 'notes/c.yaml'))
    await writeFile(join(outside, 'secret.yaml'), note('secret'))
    await symlink(join(outside, 'secret.yaml'), join(folder, 'notes/d.yaml'))
    await symlink('nowhere.yaml', join(folder, 'notes/e.yaml'))
    await symlink('f.yaml', join(folder, 'notes/f.yaml'))
    await rm(join(folder, 'notes/a.yaml'))
    await symlink(join(outside, 'secret.yaml'), join(folder, 'notes/a.yaml'))
    await playbook.reload()
    expect(says(playbook)).toEqual({ ...good, 'notes/c.yaml': 'linked' })
    expect(told(playbook)).toEqual([
      expect.stringMatching(/^notes\/a\.yaml:1:1 this link leads out of the playbook folder/),
      expect.stringMatching(/^notes\/d\.yaml:1:1 this link leads out of the playbook folder/),
      expect.stringMatching(/^notes\/f\.yaml:1:1 this link leads in a circle/),
    ])
  })

  it('is not looked for behind a folder that is a link', async () => {
    await writeFile(join(outside, 'c.yaml'), note('secret'))
    await symlink(outside, join(folder, 'notes/team'))
    await symlink('.', join(folder, 'notes/circle'))
    await playbook.reload()
    expect(says(playbook)).toEqual(good)
    expect(told(playbook)).toEqual([
      expect.stringMatching(/^notes\/circle:1:1 a folder that is a link is not followed/),
      expect.stringMatching(/^notes\/team:1:1 a folder that is a link is not followed/),
    ])
  })

  it('may be followed out of the folder where its kind says so', async () => {
    await writeFile(join(outside, 'mine.yaml'), 'sources: [{ type: drill, name: mine }]')
    await symlink(join(outside, 'mine.yaml'), join(folder, 'deckwatch.yaml'))
    await playbook.reload()
    expect(playbook.files('configuration')[0]?.value?.sources).toMatchObject([{ name: 'mine' }])
  })

  it('whose name some systems take for another one: neither is read anew', async () => {
    await write('notes/A.yaml', note('upper'))
    await write('notes/e\u0301.yaml', note('two characters'))
    await write('notes/\u00e9.yaml', note('one character'))
    await playbook.reload()
    expect(says(playbook)).toEqual(good)
    expect(told(playbook)).toHaveLength(4)
    expect(told(playbook)[1]).toBe(
      'notes/a.yaml:1:1 some systems cannot tell this name from "notes/A.yaml": rename one of the two',
    )
    await rm(join(folder, 'notes/A.yaml'))
    await write('notes/a.yaml', note('alone'))
    await playbook.reload()
    expect(says(playbook)['notes/a.yaml']).toBe('alone')
  })

  it('that is a folder or a pipe is told', async () => {
    await mkdir(join(folder, 'notes/c.yaml'))
    execFileSync('mkfifo', [join(folder, 'notes/d.yaml')])
    await playbook.reload()
    expect(told(playbook)).toEqual([
      'notes/c.yaml:1:1 this is not a file: name the note file itself',
      'notes/d.yaml:1:1 this is not a file: name the note file itself',
    ])
  })

  it('cannot forge a line of a terminal by its name', async () => {
    await write('notes/x\u001b[2J\n.yaml', 'wrong')
    await playbook.reload()
    // eslint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(told(playbook).join('')).not.toMatch(/[\u0000-\u001f]/)
  })
})

describe('a playbook folder', () => {
  it('that is gone takes nothing back', async () => {
    await write('deckwatch.yaml', 'sources: [{ type: drill, name: mine }]')
    await write('notes/a.yaml', note('good'))
    const playbook = await open()
    await rename(folder, `${folder}.away`)
    await playbook.reload()
    expect(says(playbook)).toEqual({ 'notes/a.yaml': 'good' })
    expect(playbook.problems().map(({ message }) => message)).toEqual([
      'the folder is gone',
      expect.stringContaining('the file is gone; what was loaded from it stays in effect'),
    ])
    await rename(`${folder}.away`, folder)
    await playbook.reload()
    expect(told(playbook)).toEqual([])
  })

  it('that may not be read takes nothing back', () => {
    const scan = {
      files: new Map([['notes/deep/found.yaml', { kind: 'note', fingerprint: '', clash: null }]]),
      folders: [],
      unread: new Map([['notes/deep', 'the folder may not be read by this account']]),
      isComplete: true,
      isGone: false,
      hasLinks: false,
    }
    const paths = ['notes/deep/a.yaml', 'notes/deeper.yaml', 'notes/deep/found.yaml']
    expect(paths.map((path) => isUnknown(scan, path))).toEqual([true, false, false])
  })

  it('is read up to a bound, and what was in force stays', async () => {
    await write('notes/z/a.yaml', note('good'))
    const playbook = await open()
    for (let index = 0; index <= scanLimits.folders; index++) {
      await mkdir(join(folder, `notes/${String(index).padStart(4, '0')}`))
    }
    await playbook.reload()
    expect(says(playbook)).toEqual({ 'notes/z/a.yaml': 'good' })
    expect(told(playbook)).toEqual([expect.stringContaining('there are more than 5000 files')])
  })

  it('is read so deep', async () => {
    const deep = `notes/${'d/'.repeat(scanLimits.depth + 1)}a.yaml`
    await write(deep, note('too deep'))
    await write('notes/d/b.yaml', note('fine'))
    const playbook = await open()
    expect(says(playbook)).toEqual({ 'notes/d/b.yaml': 'fine' })
    expect(told(playbook)).toEqual([expect.stringContaining('folders are read 16 deep')])
  })
})

describe('a playbook that is watched', () => {
  const cases: [string, OpenWatch | undefined][] = [
    ['by the system', undefined],
    [
      'by looking, where the system cannot',
      () => {
        throw Object.assign(new Error('too many watches'), { code: 'ENOSPC' })
      },
    ],
  ]
  it.each(cases)('%s follows files and folders that come, change and go', async (_name, watch) => {
    const playbook = await open({ isWatching: true, ...(watch && { openWatch: watch }) })
    const becomes = (expected: Record<string, string>) =>
      eventually(() => {
        expect(says(playbook)).toEqual(expected)
      })
    await write('notes/a.yaml', note('one'))
    await becomes({ 'notes/a.yaml': 'one' })
    await write('notes/later/b.yaml', note('two'))
    await becomes({ 'notes/a.yaml': 'one', 'notes/later/b.yaml': 'two' })
    await writeFile(join(folder, 'notes/later/.b.swp'), note('three'))
    await rename(join(folder, 'notes/later/.b.swp'), join(folder, 'notes/later/b.yaml'))
    await becomes({ 'notes/a.yaml': 'one', 'notes/later/b.yaml': 'three' })
    await appendFile(join(folder, 'notes/a.yaml'), 'says: twice\n')
    await eventually(() => {
      expect(told(playbook)).toHaveLength(1)
    })
    await rm(join(folder, 'notes'), { recursive: true })
    await becomes({})
    await write('notes/a.yaml', note('again'))
    await becomes({ 'notes/a.yaml': 'again' })
  })
})

describe('a playbook after a restart', () => {
  it('has the last valid version of each file in force', async () => {
    await write('notes/a.yaml', note('a'))
    await write('notes/b.yaml', note('b'))
    ;(await open()).close()
    await write('notes/a.yaml', 'wrong')
    const first = await open()
    expect(says(first)).toEqual({ 'notes/a.yaml': 'a', 'notes/b.yaml': 'b' })
    expect(told(first)).toEqual([expect.stringMatching(/^notes\/a\.yaml:1:1/)])
    first.close()
    // Broken over several restarts: what was valid is not forgotten by one of them.
    expect(says(await open())).toEqual({ 'notes/a.yaml': 'a', 'notes/b.yaml': 'b' })
  })

  it('does not bring back what was taken away meanwhile', async () => {
    await write('notes/a.yaml', note('a'))
    ;(await open()).close()
    await rm(join(folder, 'notes/a.yaml'))
    ;(await open()).close()
    await write('notes/a.yaml', 'wrong')
    expect(says(await open())).toEqual({})
  })
})

describe('whatever is broken', () => {
  const names = ['a', 'b', 'deep/c', 'd'] as const
  const contents = fc.oneof(
    fc.constantFrom('says: 1', '', '\u0000', 'says: [', '&a [*a]', '- x', 'says: "open'),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc.constant('gone' as const),
    fc.constant('folder' as const),
  )

  it('never changes what the other files say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('b', 'deep/c'), contents), { maxLength: 6 }),
        fc.boolean(),
        async (steps, isRestarted) => {
          await rm(folder, { recursive: true, force: true })
          await rm(data, { recursive: true, force: true })
          for (const name of names) await write(`notes/${name}.yaml`, note(name))
          let playbook = await open()
          for (const [name, content] of steps) {
            const path = join(folder, `notes/${name}.yaml`)
            await rm(path, { recursive: true, force: true })
            if (content === 'folder') await mkdir(path)
            else if (content !== 'gone') await write(`notes/${name}.yaml`, content)
            if (isRestarted) {
              playbook.close()
              playbook = await open()
            } else await playbook.reload()
            expect(says(playbook)).toMatchObject({ 'notes/a.yaml': 'a', 'notes/d.yaml': 'd' })
            expect(told(playbook).filter((each) => /^notes\/[ad]\.yaml/.test(each))).toEqual([])
          }
          playbook.close()
        },
      ),
      { numRuns: 15 },
    )
  })
})
