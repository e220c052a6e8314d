import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { init } from '#electron/cli/init.mjs'

const root = fileURLToPath(new URL('../../../', import.meta.url))
let base

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'deckwatch-init-'))
})
afterEach(() => rm(base, { recursive: true, force: true }))

const filesIn = async (folder) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))

/** A repository with a small starter playbook. */
async function repository(files) {
  const folder = join(base, 'repository')
  const all = Object.entries({
    ...files,
    'docs/schema/catalog.json': JSON.stringify({
      schemas: [
        { fileMatch: ['plans/**/*.yaml'], url: 'plan.json' },
        { fileMatch: ['deckwatch.yaml'], url: 'configuration.json' },
      ],
    }),
    'docs/schema/plan.json': '{}',
  })
  for (const [path, text] of all) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

describe('deckwatch init', () => {
  it('writes the starter playbook, so that editors find the schema of each file', async () => {
    const { ok, text } = await init(root, ['mine'], base)
    expect(ok).toBe(true)
    expect(text).toMatch(/^\d+ files in .+mine\. Next: add this line to your deckwatch\.yaml:\n/)
    // To the letter, to be copied, and needed only elsewhere.
    expect(text.split('\n')).toContain(
      `  playbook: { folder: ${JSON.stringify(join(base, 'mine'))} }`,
    )
    expect(text).toContain('not needed where deckwatch.yaml lies in this very folder')
    const files = await filesIn(join(base, 'mine'))
    let found = 0
    for (const file of files) {
      const line = /^# yaml-language-server: \$schema=(.+)$/m.exec(await readFile(file, 'utf8'))
      if (!line) continue
      found += 1
      expect(files).toContain(join(dirname(file), line[1]))
    }
    expect(found).toBeGreaterThan(1)
  })

  it('asks for nothing more where the configuration lies in the folder', async () => {
    await writeFile(join(base, 'deckwatch.yaml'), 'sources: []\n')
    const { ok, text } = await init(root, ['.'], base)
    expect(ok).toBe(true)
    expect(text).toContain('read from there by the deckwatch.yaml beside it')
    expect(text).not.toContain('playbook: {')
  })

  it('copies whatever is in it, to the letter but for the line of the schema', async () => {
    const from = await repository({
      'assets/playbook/plans/pay/a.yaml': 'plan: a\n',
      'assets/playbook/deckwatch.yaml': '# yaml-language-server: $schema=x\nsources: []\n',
      'assets/playbook/runbooks/a.md': '# A\n',
    })
    const { ok, text } = await init(from, [], base)
    const read = (path) => readFile(join(base, 'playbook', path), 'utf8')
    expect([ok, text]).toEqual([
      true,
      `5 files in ${join(base, 'playbook')}. Next: npm start -- --config ${join(base, 'playbook/deckwatch.yaml')}`,
    ])
    expect(await read('plans/pay/a.yaml')).toBe(
      '# yaml-language-server: $schema=../../schema/plan.json\nplan: a\n',
    )
    expect(await read('deckwatch.yaml')).toMatch(/^# yaml-language-server: \$schema=x\n/)
    expect(await read('runbooks/a.md')).toBe('# A\n')
  })

  it('writes nothing at all where anything of it is there already', async () => {
    const from = await repository({
      'assets/playbook/plans/a.yaml': 'plan: a\n',
      'assets/playbook/services.yaml': 'services: []\n',
    })
    await mkdir(join(base, 'mine'))
    await writeFile(join(base, 'mine/services.yaml'), 'mine')
    const { ok, text } = await init(from, ['mine'], base)
    expect([ok, text]).toEqual([
      false,
      `Nothing was written: ${join(base, 'mine')} has services.yaml already. Name an empty folder.`,
    ])
    expect(await filesIn(join(base, 'mine'))).toEqual([join(base, 'mine/services.yaml')])
    await writeFile(join(base, 'file'), '')
    expect(await init(from, ['file'], base)).toMatchObject({ ok: false })
    expect(await init(from, ['--force'], base)).toMatchObject({ ok: false })
    expect(await init(from, ['a', 'b'], base)).toMatchObject({ ok: false })
  })
})
