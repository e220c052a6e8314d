import { spawnSync } from 'node:child_process'
import { chmod, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished, describe, expect, it, vi } from 'vitest'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { createGitFollower, type GitFollowerOptions } from '#electron/playbook/git/follower.ts'
import { playbookSettingSchema, type GitSetting } from '#shared/domain/playbook/setting.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createColleague, temporaryFolder } from '#test/fixtures/git-colleague.ts'
import { eventually } from '#test/setup/eventually.ts'

/** Longer times pass fifty times as fast. */
const swift: Clock = {
  ...createNodeClock(),
  after: (ms, callback) => createNodeClock().after(ms / 50, callback),
}

/** False also for one that has ended and that nobody has taken note of. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}

const signal = new AbortController().signal
const plan = (id: string) => `plan: ${id}\n`

async function follow(
  setting: object,
  { directory, ...options }: Partial<GitFollowerOptions> = {},
) {
  const folder = directory ?? (await temporaryFolder())
  const onFiles = vi.fn(() => Promise.resolve())
  const follower = await createGitFollower({
    setting: playbookSettingSchema.parse(setting) as GitSetting,
    directory: folder,
    limitOf: (path) => (/^plans\/.+\.yaml$/.test(path) ? 1_024 : null),
    clock: { ...createNodeClock(), now: () => 1_000 },
    logger: silentLogger,
    onFiles,
    onChange: () => undefined,
    ...options,
  })
  onTestFinished(() => follower.stop())
  /** The files in effect, with what they say. */
  const files = async () => {
    const kept = follower.kept()
    if (!kept) return null
    const names = await readdir(kept.folder, { recursive: true, withFileTypes: true })
    const found = names
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name))
    return Object.fromEntries(
      await Promise.all(
        found.map(async (path) => [
          path.slice(kept.folder.length + 1),
          await readFile(path, 'utf8'),
        ]),
      ),
    ) as Record<string, string>
  }
  return {
    follower,
    files,
    onFiles,
    directory: folder,
    pull: (followRewritten = false) => follower.pull(followRewritten, signal),
    problem: () => follower.origin().problem,
    commit: () => follower.origin().commit?.id,
  }
}

describe('a Git playbook', () => {
  it('takes the files of a branch, and the next ones when it goes on', async () => {
    const colleague = await createColleague()
    const first = await colleague.commit({ 'plans/a.yaml': plan('a'), 'README.md': 'x' }, 'Plan a')
    const { pull, files, follower, onFiles, commit, problem } = await follow({ git: colleague.url })
    expect(await files()).toBeNull()
    await pull()
    expect(await files()).toEqual({ 'plans/a.yaml': plan('a') })
    expect(follower.origin()).toMatchObject({
      branch: 'main',
      commit: { id: first, subject: 'Plan a', at: Date.parse('2026-01-01T00:00:00Z') },
      checkedAt: 1_000,
    })
    const second = await colleague.commit({ 'plans/a.yaml': null, 'plans/b/c.yaml': plan('c') })
    await pull()
    expect(await files()).toEqual({ 'plans/b/c.yaml': plan('c') })
    expect([commit(), problem()]).toEqual([second, null])
    await pull()
    expect(onFiles).toHaveBeenCalledTimes(2)
  })

  it('takes a branch and a folder that are named', async () => {
    const colleague = await createColleague()
    await colleague.commit({ 'plans/main.yaml': plan('main') })
    colleague.git('checkout', '--quiet', '-b', 'on-call')
    await colleague.commit({ 'teams/payments/plans/a.yaml': plan('a') })
    const named = await follow({ git: colleague.url, branch: 'on-call', path: './teams/payments/' })
    await named.pull()
    expect(await named.files()).toEqual({ 'plans/a.yaml': plan('a') })
    const wrong = await follow({ git: colleague.url, path: 'teams/nobody' })
    await wrong.pull()
    expect(wrong.problem()).toMatchObject({ code: 'no-folder' })
  })

  it('has its files after a restart without asking anybody', async () => {
    const colleague = await createColleague()
    const id = await colleague.commit({ 'plans/a.yaml': plan('a') })
    const before = await follow({ git: colleague.url })
    await before.pull()
    await rm(colleague.folder, { recursive: true })
    const after = await follow({ git: colleague.url }, { directory: before.directory })
    expect([after.commit(), await after.files()]).toEqual([id, { 'plans/a.yaml': plan('a') }])
    await after.pull()
    expect([after.commit(), after.problem()?.code]).toEqual([id, 'no-repository'])
  })

  it('looks by itself, and stops in the middle of it', async () => {
    const colleague = await createColleague()
    await colleague.commit({ 'plans/a.yaml': plan('a') })
    const { follower } = await follow({ git: colleague.url })
    follower.start()
    await eventually(() => {
      expect(follower.kept()).not.toBeNull()
    })
    await follower.stop()
  })
})

describe('a repository that does not go on as it was', () => {
  it('stays at its commit while it is gone, and follows it when it is back', async () => {
    const colleague = await createColleague()
    const first = await colleague.commit({ 'plans/a.yaml': plan('a') })
    const { pull, commit, problem, files } = await follow({ git: colleague.url })
    await pull()
    await rename(colleague.folder, `${colleague.folder}-away`)
    await pull()
    expect(problem()).toMatchObject({
      code: 'no-repository',
      message: 'There is no Git repository at this address.',
    })
    expect([commit(), await files()]).toEqual([first, { 'plans/a.yaml': plan('a') }])
    await rename(`${colleague.folder}-away`, colleague.folder)
    const second = await colleague.commit({ 'plans/a.yaml': plan('a2') })
    await pull()
    expect([commit(), problem()]).toEqual([second, null])
  })

  it('is not followed where its history was rewritten, unless a person says so', async () => {
    const colleague = await createColleague()
    await colleague.commit({ 'plans/a.yaml': plan('a') })
    const first = await colleague.commit({ 'plans/a.yaml': plan('a1') })
    const { pull, commit, problem, files } = await follow({ git: colleague.url })
    await pull()
    colleague.git('reset', '--hard', '--quiet', 'HEAD~1')
    const other = await colleague.commit({ 'plans/a.yaml': plan('other') })
    await pull()
    expect(problem()).toMatchObject({ code: 'rewritten' })
    expect(problem()?.message).toContain(first.slice(0, 8))
    expect([commit(), await files()]).toEqual([first, { 'plans/a.yaml': plan('a1') }])
    await pull(true)
    expect([commit(), problem()]).toEqual([other, null])
    // Back to what is part of what is in effect, but leaves something of it out.
    colleague.git('reset', '--hard', '--quiet', 'HEAD~1')
    await pull()
    expect([commit(), problem()?.code]).toEqual([other, 'rewritten'])
  })

  it('takes a merge for what it is: a commit that goes on', async () => {
    const colleague = await createColleague()
    await colleague.commit({ 'plans/a.yaml': plan('a') })
    const { pull, problem, files } = await follow({ git: colleague.url })
    await pull()
    colleague.git('checkout', '--quiet', '-b', 'side')
    await colleague.commit({ 'plans/b.yaml': plan('b') })
    colleague.git('checkout', '--quiet', 'main')
    await colleague.commit({ 'plans/c.yaml': plan('c') })
    colleague.git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'side')
    await pull()
    expect(problem()).toBeNull()
    expect(Object.keys((await files()) ?? {})).toHaveLength(3)
  })

  it('says that its branch is gone, that it has none, and that there is no such branch', async () => {
    const colleague = await createColleague()
    const empty = await follow({ git: colleague.url })
    await empty.pull()
    expect(empty.problem()).toMatchObject({
      code: 'no-branch',
      message: 'The repository has no commit yet.',
    })
    const id = await colleague.commit({ 'plans/a.yaml': plan('a') })
    colleague.git('branch', 'on-call')
    const { pull, problem, commit } = await follow({ git: colleague.url, branch: 'on-call' })
    await pull()
    colleague.git('branch', '-D', 'on-call')
    await pull()
    expect(problem()?.message).toBe(
      `The repository has no branch "on-call". The playbook stays at ${id.slice(0, 8)}.`,
    )
    expect(commit()).toBe(id)
  })
})

describe('what a repository may hold', () => {
  it('is no link, submodule, hook, filter or file that is too large: each is named, and the rest is taken', async () => {
    const colleague = await createColleague()
    const secret = join(await temporaryFolder(), 'secret')
    const marker = join(await temporaryFolder(), 'ran')
    await writeFile(secret, plan('secret'))
    await colleague.commit({
      'plans/a.yaml': plan('a'),
      'plans/large.yaml': `plan: large\n#${'x'.repeat(2_000)}\n`,
      'plans/Twin.yaml': plan('twin'),
      'plans/twin.yaml': plan('twin'),
      'plans/CON:x.yaml': plan('con'),
      'plans/bin.yaml': Buffer.from([0, 255, 254, 10]),
      '.gitattributes': '*.yaml filter=evil\n',
      '.gitconfig': `[filter "evil"]\n\tsmudge = touch ${marker}\n`,
    })
    await symlink(secret, join(colleague.folder, 'plans/link.yaml'))
    await symlink('..', join(colleague.folder, 'plans/up'))
    for (const hook of ['post-checkout', 'post-merge', 'reference-transaction']) {
      const path = join(colleague.folder, '.git/hooks', hook)
      await writeFile(path, `#!/bin/sh\ntouch ${marker}-${hook}\n`)
      await chmod(path, 0o755)
    }
    colleague.git('-c', 'core.hooksPath=/dev/null', 'add', '--all')
    colleague.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${colleague.git('rev-parse', 'HEAD').trim()},plans/sub`,
    )
    colleague.git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '-m', 'Links')
    const { pull, files, follower, problem, directory } = await follow({ git: colleague.url })
    await pull()
    expect(problem()).toBeNull()
    expect(Object.keys((await files()) ?? {}).toSorted()).toEqual([
      'plans/Twin.yaml',
      'plans/a.yaml',
      'plans/bin.yaml',
    ])
    expect(Object.fromEntries(follower.kept()?.refused ?? [])).toEqual({
      'plans/CON:x.yaml': 'some systems cannot have this name: rename the file',
      'plans/large.yaml': 'the file is larger than 1 KiB',
      'plans/link.yaml': 'a symbolic link is not followed: commit the file itself',
      'plans/sub': 'a submodule is not followed: commit the files themselves',
      'plans/twin.yaml': 'some systems cannot tell this name from "plans/Twin.yaml": rename one',
    })
    const everything = await readdir(directory, { recursive: true })
    expect(everything.some((name) => name.includes('hooks'))).toBe(false)
    expect(await readdir(join(marker, '..'))).toEqual([])
  })

  it('is a commit with a name that shows nothing that it should not', async () => {
    const colleague = await createColleague()
    await colleague.commit({ 'plans/a.yaml': plan('a') }, 'Evil \u001b[31m\u202e subject')
    const { pull, follower } = await follow({ git: colleague.url })
    await pull()
    expect(follower.origin().commit?.subject).not.toMatch(/[\p{Cc}\u202e]/u)
  })
})

describe('Git as it is called', () => {
  /** A program in Git's place, or ssh's. */
  async function program(script: string) {
    const path = join(await temporaryFolder(), 'program')
    await writeFile(path, `#!/bin/sh\n${script}\n`)
    await chmod(path, 0o755)
    return path
  }

  it('reaches a server by ssh, which asks nobody', async () => {
    const colleague = await createColleague()
    await colleague.commit({ 'plans/a.yaml': plan('a') })
    const told = join(await temporaryFolder(), 'told')
    // What ssh would do at the other end; its last argument is the command there.
    const ssh = await program(`echo "$@" >> ${told}\nfor last; do :; done\nexec sh -c "$last"`)
    const { pull, files, problem } = await follow(
      { git: `git@git.example:${colleague.folder}` },
      { environment: { ...process.env, GIT_SSH_COMMAND: ssh, GIT_DIR: '/nowhere' } },
    )
    await pull()
    expect([problem(), await files()]).toEqual([null, { 'plans/a.yaml': plan('a') }])
    expect(await readFile(told, 'utf8')).toContain('-o BatchMode=yes')
  })

  it.each([
    [
      'echo "ssh: Could not resolve hostname x: Name or service not known" >&2; exit 255',
      'unreachable',
    ],
    ['echo "git@x: Permission denied (publickey)." >&2; exit 255', 'not-permitted'],
    ['echo "Host key verification failed." >&2; exit 255', 'not-permitted'],
    ['exit 1', 'unreachable'],
  ])('says what ssh means by %s', async (script, code) => {
    const ssh = await program(script)
    const { pull, problem } = await follow(
      { git: 'git@git.example:team/playbook.git' },
      { environment: { ...process.env, GIT_SSH_COMMAND: ssh } },
    )
    await pull()
    expect(problem()?.code).toBe(code)
  })

  it('says that it is missing', async () => {
    const { pull, problem } = await follow({ git: 'file:///nowhere' }, { program: '/nowhere/git' })
    await pull()
    expect(problem()).toMatchObject({ code: 'no-git' })
  })

  it('is ended with all that it started when Deckwatch stops, or when it takes too long', async () => {
    const pid = join(await temporaryFolder(), 'pid')
    const ssh = await program(`sleep 600 &\necho $! > ${pid}\nwait`)
    const running = await follow(
      { git: 'git@git.example:team/playbook.git' },
      { environment: { ...process.env, GIT_SSH_COMMAND: ssh } },
    )
    const pulled = running.pull()
    await eventually(async () => {
      expect(await readFile(pid, 'utf8')).not.toBe('')
    })
    await running.follower.stop()
    await pulled
    const child = Number(await readFile(pid, 'utf8'))
    await eventually(() => {
      expect(isRunning(child)).toBe(false)
    })
    const hanging = await follow(
      { git: 'git@git.example:team/playbook.git' },
      { environment: { ...process.env, GIT_SSH_COMMAND: ssh }, clock: swift },
    )
    await hanging.pull()
    expect(hanging.problem()).toMatchObject({ code: 'took-too-long' })
  })
})
