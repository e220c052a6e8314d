import { describe, expect, it } from 'vitest'
import { watchFamily } from '#electron/runner/processes/family-watch.ts'
import type { ListedProcess, ProcessTable } from '#electron/runner/processes/process-table.ts'

interface Told extends Partial<ListedProcess> {
  readonly environment?: string
  readonly files?: Readonly<Record<number, string>>
}

/** A table of processes that are told; each is in a session of its own unless it is said otherwise. */
function tableOf(processes: Map<number, Told>): ProcessTable {
  return {
    glanceMs: 50,
    list: (skip) =>
      Promise.resolve(
        [...processes]
          .filter(([pid]) => skip?.has(pid) !== true)
          .map(([pid, { environment: _, files: __, ...more }]) => ({
            ...{ pid, parent: 1, group: pid, session: pid, startedAt: 100, isDead: false },
            ...more,
          })),
      ),
    hasInEnvironment: (pid, text) => processes.get(pid)?.environment?.includes(text) === true,
    openFiles: (pid) => new Set(Object.values(processes.get(pid)?.files ?? {})),
    openFile: (pid, descriptor) => processes.get(pid)?.files?.[descriptor] ?? null,
  }
}
const numbers = (some: readonly ListedProcess[] | null) => some?.map(({ pid }) => pid)
const outputs = { 0: '/dev/null', 1: 'socket:[1]', 2: 'socket:[2]' }

describe('the processes of a run', () => {
  it('are known by the outputs of its leader', async () => {
    const processes = new Map<number, Told>([
      [10, { files: outputs }],
      [20, { files: { 5: 'socket:[2]' } }],
      [21, { files: { 1: 'socket:[3]' } }],
    ])
    const watch = watchFamily(tableOf(processes), { leader: 10, mark: 'the mark' })
    expect(numbers(await watch.holders())).toEqual([10, 20])
  })

  it('are known by those of its children where the leader was gone at once', async () => {
    const processes = new Map<number, Told>([
      [11, { environment: 'RUN=the mark', files: outputs }],
      [20, { files: outputs }],
    ])
    const watch = watchFamily(tableOf(processes), { leader: 10, mark: 'the mark' })
    expect(numbers(await watch.holders())).toEqual([11, 20])
  })

  it('are not whoever has the same file open: the leader may have put one in place of its outputs', async () => {
    const processes = new Map<number, Told>([
      [10, { files: { 1: '/dev/null', 2: '/var/log/app' } }],
      [20, { files: { 1: '/dev/null', 2: '/var/log/app' } }],
    ])
    const watch = watchFamily(tableOf(processes), { leader: 10, mark: 'the mark' })
    expect(numbers(await watch.members())).toEqual([10])
    expect(await watch.holders()).toBeNull()
  })

  it('are remembered from one glance to the next, and never ourselves', async () => {
    const processes = new Map<number, Told>([
      [5, { startedAt: 1 }],
      [10, { files: outputs }],
      [11, { parent: 10 }],
      [process.pid, { environment: 'RUN=the mark' }],
    ])
    const watch = watchFamily(tableOf(processes), { leader: 10, mark: 'the mark' })
    await watch.glance()
    processes.delete(10)
    processes.set(11, { parent: 1 })
    processes.set(12, { parent: 11, group: 99 })
    await watch.glance()
    const members = await watch.members()
    expect(numbers(members)).toEqual([11, 12])
    // Who leads the second group was never seen: others may be in it.
    expect(watch.groupsOf(members)).toEqual([11])
  })
})
