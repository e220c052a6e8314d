import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPsProcesses } from '#electron/runner/processes/ps-processes.ts'
import { openRuns } from './runs.ts'

/** In a session of its own, without a parent, by a program between that ends at once. */
const detached = (program: string) => `( setsid ${program} & )`
const sleeper = `bash -c ': > "$PLACE/pid-$$"; exec sleep 600'`
/** Says its number before it gives its environment away. */
const withoutEnvironment = `bash -c ': > "$PLACE/pid-$$"; exec env -i sleep 600'`

describe.skipIf(process.platform !== 'linux')('a command that is cancelled', () => {
  it.each([
    ['that ends by itself', 'note; exec sleep 600', 1],
    ['that ignores TERM', `note; trap '' TERM INT HUP; while :; do sleep 0.05; done`, 1],
    ['that is stopped', 'note; kill -STOP $$', 1],
    ['with children', `note; ${sleeper} & ${sleeper} & wait`, 3],
    ['with a child in a session of its own', `note; setsid ${sleeper} & wait`, 2],
    [
      'with a child in a session of its own, without a parent',
      `note; ${detached(sleeper)}; exec sleep 600`,
      2,
    ],
    [
      'with one that closed its files as well',
      `note; ${detached(`${sleeper} </dev/null >/dev/null 2>&1`)}; exec sleep 600`,
      2,
    ],
    [
      'with one that cleared its environment as well, but holds the output',
      `note; ${detached(withoutEnvironment)}; exec sleep 600`,
      2,
    ],
    [
      'with a child that cleared its environment and closed its files',
      `note; setsid ${withoutEnvironment} </dev/null >/dev/null 2>&1 & exec sleep 600`,
      2,
    ],
    [
      'with fifty that ignore TERM, each in a session of its own',
      `note; trap '' TERM; for i in {1..50}; do ${detached(sleeper)}; done; exec sleep 600`,
      51,
    ],
  ])('is gone, all of it: one %s', async (_, script, processes) => {
    const runs = openRuns()
    const run = runs.start(script)
    await runs.noted(processes)
    run.cancel()
    const { outcome, leftOver } = await run.result
    expect(outcome).toEqual({ kind: 'cancelled' })
    expect(runs.living()).toEqual([])
    expect(leftOver).toMatchObject({ running: 0, stuck: 0 })
    expect(leftOver.ended).toBeGreaterThanOrEqual(processes - 1)
  })

  it('is gone although it forks without end, and each child ignores TERM', async () => {
    const runs = openRuns()
    const run = runs.start(`
      trap '' TERM
      spawn() { note; setsid bash -c "$1" & sleep 0.02; wait $! ; }
      export LOOP='trap "" TERM; : > "$PLACE/pid-$$"; while :; do ( setsid sleep 600 & ); sleep 0.02; done'
      spawn "$LOOP" & spawn "$LOOP" & spawn "$LOOP" & wait`)
    await runs.noted(5)
    run.cancel()
    expect((await run.result).outcome).toEqual({ kind: 'cancelled' })
    expect(runs.living()).toEqual([])
  })

  it('is asked first: it can clean up, and say so', async () => {
    const runs = openRuns()
    const run = runs.start(
      `trap 'echo cleaned up; exit 0' TERM; note; while :; do sleep 0.05; done`,
      {
        graceMs: 20_000,
      },
    )
    await runs.noted(1)
    run.cancel()
    const { outcome, tail } = await run.result
    expect(outcome).toEqual({ kind: 'cancelled' })
    expect(tail).toContain('cleaned up\n')
  })

  it('is never started where that comes first', async () => {
    const runs = openRuns()
    const run = runs.start('note; echo started')
    run.cancel()
    run.cancel()
    expect(await run.result).toMatchObject({
      outcome: { kind: 'cancelled' },
      tail: '',
      output: null,
    })
    expect(readdirSync(runs.folder)).toEqual([])
  })
})

describe.skipIf(process.platform !== 'linux')('where only ps tells of processes', () => {
  it('a command is gone with its children and those that left its group in time', async () => {
    const runs = openRuns(createPsProcesses())
    const run = runs.start(`note; trap '' TERM; ${sleeper} & setsid ${sleeper} & wait`)
    await runs.noted(3)
    run.cancel()
    expect((await run.result).outcome).toEqual({ kind: 'cancelled' })
    expect(runs.living()).toEqual([])
  })

  it('those that hold the output open are ended as far as they stayed in its group', async () => {
    const runs = openRuns(createPsProcesses())
    const { outcome, leftOver } = await runs.start(
      `${sleeper} & until ls "$PLACE" | grep -q pid-; do sleep 0.02; done`,
    ).result
    expect(outcome).toEqual({ kind: 'exited', code: 0 })
    expect(leftOver).toEqual({ ended: 1, running: 0, stuck: 0 })
    expect(runs.living()).toEqual([])
  })

  it('one that left it and holds the output is read no further', async () => {
    const runs = openRuns(createPsProcesses())
    const { isOutputCutOff, tail } = await runs.start(
      `echo printed; ${detached(sleeper)}; until ls "$PLACE" | grep -q pid-; do sleep 0.02; done`,
    ).result
    expect(tail).toBe('printed\n')
    expect(isOutputCutOff).toBe(true)
    await runs.killLiving()
  })
})

describe.skipIf(process.platform !== 'linux')('a command where processes cannot be listed', () => {
  it('is not started', async () => {
    const { outcome } = await openRuns(null).start('note').result
    expect(outcome).toMatchObject({ kind: 'not-started' })
  })

  it('is killed with its group when that fails later, and the failure is not hidden', async () => {
    const table = createPsProcesses()
    const broken = { ...table, list: () => Promise.reject(new Error('no list')) }
    const runs = openRuns(broken)
    const run = runs.start(`note; ${sleeper} & wait`)
    await runs.noted(2)
    run.cancel()
    await expect(run.result).rejects.toThrow('no list')
    await expect.poll(() => runs.living()).toEqual([])
  })
})

describe.skipIf(process.platform !== 'linux')('a command that takes too long', () => {
  it('is ended with all that it started', async () => {
    const runs = openRuns()
    const run = runs.start(`echo begun; ${detached(sleeper)}; trap '' TERM; note; sleep 600`, {
      timeoutMs: 1_500,
      graceMs: 50,
    })
    const { outcome, tail } = await run.result
    expect(outcome).toEqual({ kind: 'timed-out' })
    expect(tail).toBe('begun\n')
    expect(runs.living()).toEqual([])
  })
})

describe.skipIf(process.platform !== 'linux')('a command that ended and left others', () => {
  it('ends those that hold its output open, and says so', async () => {
    const runs = openRuns()
    const { outcome, tail, leftOver, isOutputCutOff } = await runs.start(
      `note; ${sleeper} & ${detached(withoutEnvironment)}
       until [ "$(ls "$PLACE" | grep -c pid-)" = 3 ]; do sleep 0.02; done; echo done; exit 3`,
    ).result
    expect(outcome).toEqual({ kind: 'exited', code: 3 })
    expect(tail).toBe('done\n')
    expect(leftOver).toEqual({ ended: 2, running: 0, stuck: 0 })
    expect(isOutputCutOff).toBe(false)
    expect(runs.living()).toEqual([])
  })

  it('leaves a service alone that went into the background properly, and says so', async () => {
    const runs = openRuns()
    const { leftOver, outcome } = await runs.start(
      `${detached(`${sleeper} </dev/null >/dev/null 2>&1`)}
       until ls "$PLACE" | grep -q pid-; do sleep 0.02; done`,
    ).result
    expect(outcome).toEqual({ kind: 'exited', code: 0 })
    expect(leftOver).toEqual({ ended: 0, running: 1, stuck: 0 })
    expect(runs.living()).toHaveLength(1)
    await runs.killLiving()
  })

  it('ends them at once when it is cancelled then, and all of them', async () => {
    const runs = openRuns()
    const run = runs.start(`
      ${detached(`${sleeper} </dev/null >/dev/null 2>&1`)}
      trap '' TERM; ${sleeper} & ${sleeper} & sleep 0.3; note`)
    await runs.noted(4)
    run.cancel()
    const { leftOver } = await run.result
    expect(leftOver).toMatchObject({ running: 0, stuck: 0 })
    expect(runs.living()).toEqual([])
  })
})
