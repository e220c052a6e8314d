import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileEditor } from '#electron/playbook/file-editor.ts'
import { ok } from '#shared/domain/result/result.ts'
import { noteKind } from './kit.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckwatch-editor-'))
  path = join(folder, 'a.yaml')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const inForce = () => Promise.resolve(true)

describe('the editor of a playbook file', () => {
  it('writes where the file is still what was read, for each file by itself', async () => {
    await writeFile(path, 'says: one\n')
    const other = createFileEditor(join(folder, 'b.yaml'), noteKind)
    const editor = createFileEditor(path, noteKind)
    const { version, value } = await editor.read()
    expect(value).toEqual({ says: 'one' })
    expect(
      await other.change((await other.read()).version, () => ok('says: b\n'), inForce),
    ).toMatchObject({ outcome: 'written' })
    expect(
      await editor.change(version, (text) => ok(`# new\n${text ?? ''}`), inForce),
    ).toMatchObject({ outcome: 'written', isInForce: true })
    expect(await readFile(path, 'utf8')).toBe('# new\nsays: one\n')
  })

  it('writes nothing over what somebody else wrote, before or while it works', async () => {
    await writeFile(path, 'says: one\n')
    const editor = createFileEditor(path, noteKind)
    const { version } = await editor.read()
    await writeFile(path, 'says: theirs\n')
    expect(await editor.change(version, () => ok('says: mine\n'), inForce)).toMatchObject({
      outcome: 'refused',
      reason: 'changed-meanwhile',
    })
    expect(await readFile(path, 'utf8')).toBe('says: theirs\n')
  })

  it('lets one of two changes of the same version win', async () => {
    await writeFile(path, 'says: one\n')
    const editor = createFileEditor(path, noteKind)
    const { version } = await editor.read()
    const outcomes = await Promise.all(
      ['two', 'three'].map((text) => editor.change(version, () => ok(`says: ${text}\n`), inForce)),
    )
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['written', 'refused'])
    expect(await readFile(path, 'utf8')).toBe('says: two\n')
  })

  it('neither reads nor writes through a link out of the folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'deckwatch-outside-'))
    await writeFile(join(outside, 'x.yaml'), 'says: secret\n')
    await symlink(join(outside, 'x.yaml'), path)
    const editor = createFileEditor(path, noteKind)
    expect(await editor.read()).toMatchObject({ value: null, version: 'unreadable' })
    expect(await editor.change('unreadable', () => ok('says: x\n'), inForce)).toMatchObject({
      outcome: 'refused',
      reason: 'broken',
    })
    expect(await readFile(join(outside, 'x.yaml'), 'utf8')).toBe('says: secret\n')
    await rm(outside, { recursive: true })
  })
})
