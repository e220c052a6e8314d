import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLastValidVersions, lastValidLimits } from '#electron/playbook/last-valid.ts'

let directory: string
const warn = vi.fn()

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'deckwatch-last-valid-'))
  warn.mockReset()
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const create = (playbook = '/playbook') => createLastValidVersions(directory, playbook, { warn })
const text = async (path: string, playbook?: string) =>
  (await create(playbook).recall(path))?.text ?? null

async function files(): Promise<string[]> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true })
  return found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
}

describe('last valid versions', () => {
  it('are recalled by another run, the latest of each file', async () => {
    const versions = create()
    await versions.keep('a.yaml', 'one')
    await versions.keep('a.yaml', 'two')
    await versions.keep('b.yaml', 'three')
    expect([await text('a.yaml'), await text('b.yaml'), await text('c.yaml')]).toEqual([
      'two',
      'three',
      null,
    ])
    expect(await files()).toHaveLength(2)
  })

  it('of another playbook are another matter', async () => {
    await create().keep('a.yaml', 'one')
    expect(await text('a.yaml', '/other')).toBeNull()
  })

  it('are forgotten where the file is not one of the playbook any more', async () => {
    const versions = create()
    await versions.keep('a.yaml', 'one')
    await versions.keep('b.yaml', 'two')
    await versions.retain(new Set(['b.yaml']))
    expect([await text('a.yaml'), await text('b.yaml')]).toEqual([null, 'two'])
  })

  it('are not believed when they were damaged', async () => {
    await create().keep('a.yaml', 'one')
    for (const file of await files()) await writeFile(file, 'forged')
    expect(await text('a.yaml')).toBeNull()
  })

  it('are the newer ones after a crash between two, and nothing is left of a half-written one', async () => {
    await create().keep('a.yaml', 'one')
    const [old = ''] = await files()
    await create().keep('a.yaml', 'two')
    await writeFile(old, 'one')
    await utimes(old, 1, 1)
    await writeFile(join(old, '..', '.half'), 'thr')
    expect(await text('a.yaml')).toBe('two')
    expect(await files()).toHaveLength(1)
  })

  it('are kept of so many playbooks', async () => {
    for (let index = 0; index <= lastValidLimits.playbooks; index++) {
      await create(`/playbook/${String(index)}`).keep('a.yaml', 'text')
    }
    expect(await readdir(directory)).toHaveLength(lastValidLimits.playbooks)
  })

  it('that cannot be kept are logged and hinder nothing', async () => {
    await writeFile(join(directory, 'in-the-way'), '')
    const versions = createLastValidVersions(join(directory, 'in-the-way'), '/playbook', { warn })
    await versions.keep('a.yaml', 'text')
    expect(await versions.recall('a.yaml')).toBeNull()
    expect(warn).toHaveBeenCalled()
  })
})
