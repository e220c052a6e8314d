import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPlaybook } from '#electron/playbook/index.ts'
import { runbookKind } from '#electron/playbook/runbook/kind.ts'
import { MAX_RUNBOOK_BYTES } from '#shared/domain/runbook/limits.ts'
import { silentLogger, swiftClock } from '../kit.ts'

async function open(files: Readonly<Record<string, string | Buffer>>, kind = runbookKind) {
  const folder = await mkdtemp(join(tmpdir(), 'deckwatch-runbooks-'))
  const write = async (path: string, text: string | Buffer) => {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(files)) await write(path, text)
  const playbook = await openPlaybook({
    folder,
    kinds: { runbook: kind },
    clock: { ...swiftClock(), after: () => () => undefined },
    logger: silentLogger,
    nameOf: (path) => path,
    onChange: () => undefined,
  })
  onTestFinished(async () => {
    playbook.close()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    folder,
    write,
    playbook,
    titles: () =>
      Object.fromEntries(
        playbook.files('runbook').map(({ path, value }) => [path, value?.title ?? null]),
      ),
    problems: () => playbook.problems().map(({ file, message }) => `${file}: ${message}`),
  }
}

describe('the runbooks of a playbook', () => {
  it('are Markdown and YAML, however deep they lie', async () => {
    const { titles, problems, playbook } = await open({
      'runbooks/a.md': '# A\n',
      'runbooks/deep/er/b.yaml': 'title: B\nmanual_steps: [look]\n',
      'runbooks/deep/c.yml': '- name: x\n',
      'runbooks/notes.txt': 'no runbook',
      'other/d.md': '# D',
    })
    expect(titles()).toEqual({
      'runbooks/a.md': 'A',
      'runbooks/deep/er/b.yaml': 'B',
      'runbooks/deep/c.yml': 'c',
    })
    expect(problems()).toEqual([])
    const [a, b] = playbook.files('runbook').toSorted((x, y) => (x.path < y.path ? -1 : 1))
    expect(a?.value).toEqual({
      format: 'markdown',
      title: 'A',
      text: '# A\n',
      size: 4,
      hash: createHash('sha256').update('# A\n').digest('hex'),
    })
    expect(b?.value?.format).toBe('yaml')
  })

  it('keep their last good version, each its own, and say why', async () => {
    const { write, playbook, titles, problems } = await open({
      'runbooks/a.md': '# A\n',
      'runbooks/b.yaml': 'title: B\n',
      'runbooks/c.md': '# C\n',
      'runbooks/d.md': '# D\n',
    })
    await write('runbooks/a.md', '\n')
    await write('runbooks/b.yaml', 'title: "B\n')
    await write('runbooks/c.md', Buffer.from([0x23, 0x20, 0xff, 0xfe]))
    await write('runbooks/d.md', `# ${'d'.repeat(MAX_RUNBOOK_BYTES)}`)
    await playbook.reload()
    expect(titles()).toEqual({
      'runbooks/a.md': 'A',
      'runbooks/b.yaml': 'B',
      'runbooks/c.md': 'C',
      'runbooks/d.md': 'D',
    })
    expect(problems()).toEqual([
      'runbooks/a.md: the file is empty. Start with: # What is wrong, and below it what to do',
      expect.stringMatching(/^runbooks\/b\.yaml: /),
      'runbooks/c.md: the file is not UTF-8 text: save it as UTF-8',
      'runbooks/d.md: the file has 1.0 MiB; a runbook has at most 1 MiB. Is this the right file?',
    ])
    await write('runbooks/a.md', '# A, again\n')
    await playbook.reload()
    expect(titles()).toMatchObject({ 'runbooks/a.md': 'A, again' })
  })

  it('show YAML that never was valid as it is, with its problem', async () => {
    const text = 'name: B\nsteps: [look\n'
    const { playbook, problems } = await open({ 'runbooks/b.yaml': text })
    expect(playbook.files('runbook')[0]).toMatchObject({ isPartial: true, value: { text } })
    expect(problems()).toHaveLength(1)
  })

  it('lie in the folder themselves: no link leads out of it', async () => {
    const { folder, playbook, titles, problems } = await open({
      'secret.md': '# Secret',
      'runbooks/a.md': '# A',
    })
    const elsewhere = await mkdtemp(join(tmpdir(), 'deckwatch-elsewhere-'))
    onTestFinished(() => rm(elsewhere, { recursive: true, force: true }))
    await writeFile(join(elsewhere, 'x.md'), '# Out')
    await symlink(join(elsewhere, 'x.md'), join(folder, 'runbooks', 'x.md'))
    await symlink(elsewhere, join(folder, 'runbooks', 'out'))
    await playbook.reload()
    expect(titles()).toEqual({ 'runbooks/a.md': 'A', 'runbooks/x.md': null })
    expect(problems()).toEqual([
      'runbooks/out: a folder that is a link is not followed: put the folder itself here',
      'runbooks/x.md: this link leads out of the playbook folder: put the file itself here',
    ])
  })

  it('are so many and no more, which is said', async () => {
    const files = { 'runbooks/a.md': '# A', 'runbooks/b/b.md': '# B', 'runbooks/c.md': '# C' }
    const { titles, problems } = await open(files, { ...runbookKind, maxFiles: 2 })
    expect(Object.keys(titles())).toHaveLength(2)
    expect(problems()).toEqual([
      'runbooks: there are more than 2 files here that may be a runbook; the rest is not read. Is this the right folder?',
    ])
  })
})
