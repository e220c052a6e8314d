import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { format } from '#electron/host/node/configuration-format.ts'
import { openSharedPlaybook, sharedKinds } from '#electron/playbook/index.ts'
import { playbookSettingSchema } from '#shared/domain/playbook/setting.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createColleague, temporaryFolder, type Colleague } from '#test/fixtures/git-colleague.ts'

const { signal } = new AbortController()
const plan = (id: string, more = '') => `plan: ${id}\nmatch: ['alertname="${id}"']\n${more}`
const settingOf = (setting: object) => playbookSettingSchema.parse(setting)

/** A playbook that looks at nothing by itself. */
async function open(setting?: Parameters<typeof settingOf>[0], base?: string) {
  const folder = base ?? (await temporaryFolder())
  const playbook = await openSharedPlaybook({
    kinds: sharedKinds(format),
    setting: setting && settingOf(setting),
    configurationPath: join(folder, 'mine', 'deckwatch.yaml'),
    dataDirectory: join(folder, 'data'),
    clock: { ...createNodeClock(), after: () => () => undefined },
    logger: silentLogger,
    onChange: () => undefined,
  })
  onTestFinished(() => playbook.stop())
  return {
    folder,
    playbook,
    pull: (followRewritten = false) => playbook.pull(followRewritten, signal),
    ids: () => playbook.files('plan').flatMap(({ value }) => (value ? [value.plan] : [])),
    told: () =>
      playbook.problems().map(({ file, line, message }) => `${file}:${String(line)} ${message}`),
    news: () => playbook.status().news,
  }
}

async function writePlan(folder: string, path: string, text: string) {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

describe('a shared playbook from Git', () => {
  async function opened(files: Parameters<Colleague['commit']>[0]) {
    const colleague = await createColleague()
    await colleague.commit(files)
    const shared = await open({ git: colleague.url })
    await shared.pull()
    return { colleague, ...shared }
  }

  it('says what each pull changed, by which commit, and names files as the repository does', async () => {
    const { colleague, pull, ids, told, news, playbook } = await opened({
      'plans/a.yaml': plan('a'),
      'runbooks/pay/a.md': '# A\n',
      'notes.md': 'not of the playbook',
      'plans/b.yaml': plan('b'),
    })
    expect(ids()).toEqual(['a', 'b'])
    expect((await readdir(playbook.folder())).toSorted()).toEqual(['plans', 'runbooks'])
    const id = await colleague.commit({
      'plans/a.yaml': plan('a', 'ownr: x\n'),
      'plans/b.yaml': null,
      'plans/c.yaml': plan('c'),
    })
    await pull()
    expect(news()).toMatchObject({
      commit: id,
      files: [
        { path: 'plans/a.yaml', what: 'broken' },
        { path: 'plans/c.yaml', what: 'added' },
        { path: 'plans/b.yaml', what: 'removed' },
      ],
    })
    expect(ids()).toEqual(['a', 'c'])
    expect(told()).toEqual([
      'plans/a.yaml:3 "ownr" is not a key that is known here; did you mean "owner"?',
    ])
    await colleague.commit({ 'plans/a.yaml': plan('a') })
    await pull()
    expect(news()?.files).toEqual([{ path: 'plans/a.yaml', what: 'fixed' }])
  })

  it('keeps the last valid version of a file that may no longer be read', async () => {
    const { colleague, pull, ids, told } = await opened({ 'plans/a.yaml': plan('a') })
    await colleague.commit({ 'plans/a.yaml': `# ${'x'.repeat(300 * 1024)}\n${plan('a')}` })
    await pull()
    expect(ids()).toEqual(['a'])
    expect(told()).toEqual(['plans/a.yaml:1 the file is larger than 256 KiB'])
  })

  it('keeps it also over a restart without the repository', async () => {
    const { colleague, folder, pull } = await opened({ 'plans/a.yaml': plan('a') })
    await colleague.commit({ 'plans/a.yaml': 'plan: [', 'plans/b.yaml': plan('b') })
    await pull()
    await rename(colleague.folder, `${colleague.folder}-away`)
    const again = await open({ git: colleague.url }, folder)
    expect(again.ids()).toEqual(['a', 'b'])
    expect(again.told()).toHaveLength(1)
  })
})

describe('a playbook that is taken from elsewhere', () => {
  it('stays what it was until the first commit of the other one is here', async () => {
    const colleague = await createColleague()
    const folder = await temporaryFolder()
    await writePlan(join(folder, 'mine'), 'plans/mine.yaml', plan('mine'))
    const { playbook, pull, ids } = await open(undefined, folder)
    await playbook.follow(settingOf({ git: colleague.url }))
    await pull()
    expect(ids()).toEqual(['mine'])
    expect(playbook.isEditable()).toBe(false)
    expect(playbook.status().origin).toMatchObject({
      kind: 'git',
      commit: null,
      problem: { code: 'no-branch' },
    })
    const id = await colleague.commit({ 'plans/theirs.yaml': plan('theirs') })
    await pull()
    expect(ids()).toEqual(['theirs'])
    expect(playbook.status().origin).toMatchObject({ commit: { id }, problem: null })
    await playbook.follow(undefined)
    expect([ids(), playbook.isEditable()]).toEqual([['mine'], true])
  })

  it('may be another folder, and says when there is none', async () => {
    const folder = await temporaryFolder()
    await writePlan(join(folder, 'team'), 'plans/team.yaml', plan('team'))
    const { playbook, ids, told } = await open({ folder: '../team' }, folder)
    expect(ids()).toEqual(['team'])
    await playbook.follow(settingOf({ folder: '../nobody' }))
    expect(ids()).toEqual([])
    expect(told()).toEqual([`${join(folder, 'nobody')}:1 the folder is gone`])
  })
})
