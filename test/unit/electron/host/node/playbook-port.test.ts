import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTestPlaybook } from './playbook-kit.ts'

const files = {
  'plans/default.yaml': '# for all\nplan: default\nowner: team:platform\n',
  'plans/slow.yaml':
    'plan: slow\nextends: default\nmatch: [\'alertname="Slow"\']\n# first things first\nphases:\n  - name: Immediate\n    steps:\n      - Look\n',
}

describe('the playbook for the cockpit', () => {
  it('lists its files and plans, each with its place and what is wrong', async () => {
    const { port } = await openTestPlaybook({
      ...files,
      'plans/broken.yaml': 'plan: broken\nx: 1\n',
    })
    const read = await port.read()
    expect(read.isEditable).toBe(true)
    expect(read.files.map(({ path, inEffect }) => [path, inEffect])).toEqual([
      ['plans/broken.yaml', 'nothing'],
      ['plans/default.yaml', 'now'],
      ['plans/slow.yaml', 'now'],
    ])
    expect(read.plans).toMatchObject([
      { id: 'default', path: 'plans/default.yaml', line: 2, match: [], revision: null },
      { id: 'slow', line: 1, extends: 'default', owner: 'team:platform', problems: [] },
    ])
    expect(read.plans[1]?.revision).not.toBeNull()
    expect(read.files[0]?.problems).toMatchObject([{ line: 2, column: 1 }])
  })

  it('gives the text of its own files and of nothing else', async () => {
    const { port, write, folder, base } = await openTestPlaybook(files)
    await write('deckwatch.yaml', 'sources: []')
    await mkdir(join(base, 'outside'))
    await symlink(join(base, 'outside'), join(folder, 'plans', 'out'))
    expect(await port.text('plans/slow.yaml')).toMatchObject({
      ok: true,
      value: { text: files['plans/slow.yaml'] },
    })
    for (const path of [
      'deckwatch.yaml',
      '../plans/slow.yaml',
      'plans/../plans/slow.yaml',
      '/etc/passwd',
      'plans//slow.yaml',
      'plans/.hidden.yaml',
      'plans/none.yaml',
      'plans\\slow.yaml',
    ]) {
      expect(await port.text(path)).toMatchObject({ ok: false, error: { code: 'not-found' } })
      if (path === 'plans/none.yaml') continue
      expect(await port.save(path, 'none', 'plan: x\n')).toMatchObject({ outcome: 'refused' })
    }
    expect(await port.save('plans/out/x.yaml', 'none', 'plan: x\n')).toMatchObject({
      outcome: 'refused',
      reason: 'not-writable',
    })
  })

  it('writes a file that is valid, and says "in effect" of what is', async () => {
    const { port, folder, readPlaybook } = await openTestPlaybook(files)
    const text = 'plan: new\nmatch: [\'alertname="New"\']\n'
    expect(await port.save('plans/payments/new.yaml', 'none', text)).toMatchObject({
      outcome: 'written',
      isInForce: true,
    })
    expect(readPlaybook().inForce.plans.plans.has('new')).toBe(true)
    expect(await readFile(join(folder, 'plans/payments/new.yaml'), 'utf8')).toBe(text)
    expect(await port.save('plans/payments/new.yaml', 'none', text)).toMatchObject({
      reason: 'changed-meanwhile',
    })
  })

  it('writes nothing that has mistakes, or that would break another file', async () => {
    const { port, folder } = await openTestPlaybook(files)
    const version = async (path: string) => {
      const text = await port.text(path)
      return text.ok ? text.value.version : ''
    }
    const slow = await version('plans/slow.yaml')
    expect(await port.save('plans/slow.yaml', slow, 'plan: slow\nmatch: ["x"]\n')).toMatchObject({
      reason: 'not-valid',
      problems: [{ line: 2 }],
    })
    expect(
      await port.save('plans/default.yaml', await version('plans/default.yaml'), 'plan: other\n'),
    ).toMatchObject({
      reason: 'not-valid',
      problems: [{ file: join(folder, 'plans/slow.yaml'), line: 2, column: 10 }],
    })
    expect(await readFile(join(folder, 'plans/slow.yaml'), 'utf8')).toBe(files['plans/slow.yaml'])
  })

  it('says what a text would be as a file, with single values changed and the rest as it was', async () => {
    const { port } = await openTestPlaybook(files)
    const checked = await port.check('plans/slow.yaml', files['plans/slow.yaml'], [
      { at: ['phases', 0, 'steps', 0], value: 'Look twice' },
      { at: ['owner'], value: 'team:payments' },
      { at: ['extends'] },
    ])
    expect(checked).toMatchObject({
      ok: true,
      value: {
        problems: [],
        value: { plan: 'slow', owner: 'team:payments', phases: [{ steps: ['Look twice'] }] },
        text: 'plan: slow\nmatch: [\'alertname="Slow"\']\n# first things first\nphases:\n  - name: Immediate\n    steps:\n      - Look twice\nowner: team:payments\n',
      },
    })
    expect(await port.check('plans/slow.yaml', 'plan: [', [])).toMatchObject({
      ok: true,
      value: { value: null, text: 'plan: [' },
    })
    expect(
      await port.check('plans/slow.yaml', 'plan: [', [{ at: ['owner'], value: 'x' }]),
    ).toMatchObject({ ok: false, error: { code: 'not-allowed-now' } })
  })
})
