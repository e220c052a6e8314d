import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openRuns } from './runs.ts'

describe.skipIf(process.platform === 'win32')('a command that runs', () => {
  it.each([
    ['exit 0', { kind: 'exited', code: 0 }],
    ['exit 17', { kind: 'exited', code: 17 }],
    ['kill -USR1 $$', { kind: 'signalled', signal: 'SIGUSR1' }],
  ])('says how it ended: %s', async (script, outcome) => {
    const result = await openRuns().start(script).result
    expect(result.outcome).toEqual(outcome)
    expect(result.finishedAt).toBeGreaterThanOrEqual(result.startedAt)
  })

  it.each([
    ['is not there', { program: 'no-such-program' }, 'no-such-program is not installed'],
    ['may not be run', { program: '/etc/passwd' }, '/etc/passwd may not be run'],
    ['has no folder', { folder: '/no/such/folder' }, 'cannot be opened'],
    ['has a file for a folder', { folder: '/etc/passwd' }, 'is not a folder'],
    ['holds a zero in an argument', { args: ['-c', 'a\0b'] }, 'a character that no program'],
    ['has too many arguments', { args: ['x'.repeat(4_000_000)] }, 'too long'],
  ])('says why it was not started where it %s', async (_, spec, message) => {
    const { outcome, output } = await openRuns().start('true', spec).result
    expect(outcome).toEqual({ kind: 'not-started', message: expect.stringContaining(message) })
    expect(output).toBeNull()
  })

  it('has an input that has ended, and a session of its own', async () => {
    const { tail } = await openRuns().start(
      `cat; read -r line || echo no input; ps -o sid= -p $$ | tr -d ' '; echo $$`,
    ).result
    const [noInput, session, pid] = tail.split('\n')
    expect(noInput).toBe('no input')
    expect(session).toBe(pid)
  })

  it('finds little of our environment, and what it asks for', async () => {
    vi.stubEnv('DECKWATCH_TEST_SECRET', 'not for commands')
    vi.stubEnv('SSH_AUTH_SOCK', '/run/agent')
    vi.stubEnv('KUBECONFIG', '/home/ada/kube')
    vi.stubEnv('LC_TIME', 'C')
    const runs = openRuns()
    const { tail } = await runs.start('', {
      program: 'env',
      args: [],
      environment: { NAMESPACE: 'payments', TZ: 'UTC' },
      passOn: ['SSH_AUTH_SOCK', 'NOT_SET'],
    }).result
    const names = tail.split('\n').map((line) => line.split('=')[0])
    expect(tail).toContain('NAMESPACE=payments\n')
    expect(tail).toContain('SSH_AUTH_SOCK=/run/agent\n')
    expect(names).toEqual(expect.arrayContaining(['PATH', 'LC_TIME', 'TZ', 'DECKWATCH_RUN']))
    expect(names).not.toContain('KUBECONFIG')
    expect(names).not.toContain('DECKWATCH_TEST_SECRET')
  })

  it('gets its arguments as they are, without a shell', async () => {
    const { tail } = await openRuns().start('', {
      program: 'printf',
      args: ['%s|', '$HOME', '; rm -rf /', '`id`', 'a b'],
    }).result
    expect(tail).toBe('$HOME|; rm -rf /|`id`|a b|')
  })

  it('is a program of its folder only when it is named so', async () => {
    const runs = openRuns()
    writeFileSync(join(runs.folder, 'env'), '#!/bin/sh\necho not this one\n')
    chmodSync(join(runs.folder, 'env'), 0o755)
    const { tail } = await runs.start('', { program: 'env', args: [] }).result
    expect(tail).not.toContain('not this one')
  })
})

describe.skipIf(process.platform === 'win32')('what a command prints', () => {
  it('is recorded, shown while it runs, and its end is kept', async () => {
    const runs = openRuns()
    const run = runs.start(`for i in {1..1000}; do echo "line $i"; done; echo problem >&2`, {
      runId: 'the-run',
    })
    const { tail, output } = await run.result
    const page = await runs.store.read('the-run', { offset: 0, limit: 100_000 })
    const lines = Array.from({ length: 1_000 }, (_, index) => `line ${String(index + 1)}\n`).join(
      '',
    )
    expect(page?.text.replace('problem\n', '')).toBe(lines)
    expect(page).toMatchObject({ state: 'complete', next: null, size: lines.length + 8 })
    expect(output).toEqual({
      bytes: lines.length + 8,
      lines: 1_001,
      storedBytes: lines.length + 8,
      cut: null,
      problem: null,
    })
    expect(tail).toHaveLength(2_000)
    expect(tail).toBe(page?.text.slice(-2_000))
    const shown = runs.live.flatMap(({ pieces }) => pieces)
    expect(shown.filter(({ stream }) => stream === 'stderr')).toEqual([
      { stream: 'stderr', text: 'problem\n' },
    ])
  })

  it('is shown before the command ends', async () => {
    const runs = openRuns()
    const run = runs.start(`echo first; until [ -e "$PLACE/go" ]; do sleep 0.02; done; echo last`)
    await expect.poll(() => runs.live.length).toBe(1)
    writeFileSync(join(runs.folder, 'go'), '')
    await run.result
    expect(runs.live.map(({ pieces }) => pieces[0]?.text)).toEqual(['first\n', 'last\n'])
  })

  it('has no secret in it, also where that was printed in parts', async () => {
    const runs = openRuns()
    const { tail } = await runs.start(
      `printf 'it is hunt'; sleep 0.4; printf 'er2-'; sleep 0.4; echo 'secret now'
       printf '\\033[1mhunter2\\033[0m-secret' >&2; sleep 0.2; echo`,
      { secrets: ['hunter2-secret'], runId: 'secret' },
    ).result
    const kept = (await runs.store.read('secret', { offset: 0, limit: 10_000 }))?.text ?? ''
    for (const text of [tail, kept, JSON.stringify(runs.live)]) {
      expect(text).toContain('it is [masked] now')
      expect(text).not.toMatch(/hunt|er2|secret/)
    }
  })

  it('may be no text at all', async () => {
    const { output, outcome, tail } = await openRuns().start('head -c 300000 /dev/urandom').result
    expect(outcome).toEqual({ kind: 'exited', code: 0 })
    expect(output?.bytes).toBeGreaterThan(0)
    expect(tail).not.toMatch(new RegExp(String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f]`))
  })

  it('does not hold up a command where it cannot be recorded', async () => {
    const runs = openRuns()
    const first = runs.start('echo a', { runId: 'twice' })
    await first.result
    const { tail, output } = await runs.start('echo b', { runId: 'twice' }).result
    expect(tail).toBe('b\n')
    expect(output).toMatchObject({ problem: 'there is a record of it already' })
  })
})
