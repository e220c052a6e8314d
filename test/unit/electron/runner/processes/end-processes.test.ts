import { describe, expect, it } from 'vitest'
import { endProcesses } from '#electron/runner/processes/end-processes.ts'
import type { ListedProcess } from '#electron/runner/processes/process-table.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'

interface Machine {
  /** Numbers of those that live. */
  readonly living: Set<number>
  /** What was sent, in order. */
  readonly sent: string[]
  /** What happens at a signal. */
  on: (pid: number, signal: NodeJS.Signals) => void
}

function openMachine(...pids: number[]): Machine {
  return { living: new Set(pids), sent: [], on: () => undefined }
}

async function end(
  machine: Machine,
  groupsOf: (all: readonly ListedProcess[]) => number[] = () => [],
) {
  const clock = createFakeClock()
  const over = { is: false }
  const ending = endProcesses({
    clock,
    graceMs: 100,
    groupsOf,
    find: () =>
      Promise.resolve(
        [...machine.living].map((pid) => ({
          pid,
          parent: 1,
          group: pid,
          session: pid,
          startedAt: 1,
          isDead: false,
        })),
      ),
    signal(pid, signal) {
      machine.sent.push(`${signal} ${String(pid)}`)
      machine.on(pid, signal)
    },
  }).finally(() => {
    over.is = true
  })
  while (!over.is) await clock.advance(10)
  return { ...(await ending), tookMs: clock.monotonic() }
}

describe('processes that are ended', () => {
  it('are asked once, and left alone when they go', async () => {
    const machine = openMachine(10, 11)
    machine.on = (pid, signal) => {
      if (signal === 'SIGTERM') machine.living.delete(pid)
    }
    const { ended, stuck } = await end(machine)
    expect(machine.sent).toEqual(['SIGTERM 10', 'SIGCONT 10', 'SIGTERM 11', 'SIGCONT 11'])
    expect([...ended]).toEqual([10, 11])
    expect(stuck).toEqual([])
  })

  it('are stopped, all of them, before the first one is killed', async () => {
    const machine = openMachine(10, 11)
    machine.on = (pid, signal) => {
      if (signal === 'SIGKILL') machine.living.delete(pid)
      // It forked before the signal came.
      if (signal === 'SIGSTOP' && pid === 10) machine.living.add(12)
      if (signal === 'SIGSTOP' && pid === 12) machine.living.add(13)
    }
    const { ended, stuck } = await end(machine, (all) => all.map(({ group }) => group))
    const hard = machine.sent.filter((each) => !/TERM|CONT/.test(each))
    expect(hard.findIndex((each) => each.startsWith('SIGKILL'))).toBe(8)
    expect(hard.slice(0, 8).sort()).toEqual(
      [10, 11, 12, 13]
        .flatMap((pid) => [`SIGSTOP ${String(pid)}`, `SIGSTOP -${String(pid)}`])
        .sort(),
    )
    expect([...ended].sort()).toEqual([10, 11, 12, 13])
    expect(stuck).toEqual([])
  })

  it('are looked for again, since one may have been forked while others were killed', async () => {
    const machine = openMachine(10)
    let forks = 3
    machine.on = (pid, signal) => {
      if (signal !== 'SIGKILL') return
      machine.living.delete(pid)
      if ((forks -= 1) >= 0) machine.living.add(pid + 1)
    }
    expect([...(await end(machine)).ended]).toEqual([10, 11, 12, 13])
  })

  it('are given up after a while where nothing helps, and named', async () => {
    const { stuck, ended, tookMs } = await end(openMachine(10))
    expect(stuck).toEqual([10])
    expect([...ended]).toEqual([])
    expect(tookMs).toBeLessThan(6_000)
  })

  it('may fork faster than they are found: they are killed all the same', async () => {
    const machine = openMachine(10)
    let next = 11
    machine.on = (pid, signal) => {
      if (signal === 'SIGSTOP' && next < 200) machine.living.add((next += 1))
      if (signal === 'SIGKILL') machine.living.delete(pid)
    }
    const { stuck } = await end(machine)
    expect(stuck).toEqual([])
    expect(machine.living.size).toBe(0)
  })

  it('are nobody where there is nobody', async () => {
    const machine = openMachine()
    expect((await end(machine)).ended.size).toBe(0)
    expect(machine.sent).toEqual([])
  })
})
