import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { ListedProcess, ProcessTable } from './process-table.ts'

/**
 * The processes of Linux, by its `/proc`. Read without waiting in between: a list that takes its time
 * misses who forks meanwhile, and these files are the kernel's memory, not a disk's.
 */
export function createLinuxProcesses(root = '/proc'): ProcessTable {
  const attempt = <Value>(otherwise: Value, read: () => Value): Value => {
    try {
      return read()
    } catch {
      // It ended meanwhile, or belongs to somebody else.
      return otherwise
    }
  }
  const openFile = (pid: number, descriptor: number | string) =>
    attempt(null, () => readlinkSync(`${root}/${String(pid)}/fd/${String(descriptor)}`))

  return {
    glanceMs: 50,
    // A failure is a rejection, as it is of other tables.
    async list(skip) {
      await Promise.resolve()
      const pids = readdirSync(root).filter((name) => /^\d+$/.test(name))
      return Promise.resolve(
        pids.flatMap((pid) => {
          if (skip?.has(Number(pid)) === true) return []
          const stat = attempt('', () => readFileSync(`${root}/${pid}/stat`, 'latin1'))
          const listed = parseProcessStat(stat)
          return listed ? [listed] : []
        }),
      )
    },
    hasInEnvironment: (pid, text) =>
      attempt(false, () => readFileSync(`${root}/${String(pid)}/environ`).includes(text)),
    openFiles(pid) {
      const descriptors = attempt<string[]>([], () => readdirSync(`${root}/${String(pid)}/fd`))
      return new Set(descriptors.flatMap((each) => openFile(pid, each) ?? []))
    },
    openFile,
  }
}

/** Reads a line of `/proc/<pid>/stat`; null where it is none. `startedAt` in ticks since the boot. */
export function parseProcessStat(stat: string): ListedProcess | null {
  // The name of the program stands in brackets, and may hold brackets and spaces itself.
  const nameEnd = stat.lastIndexOf(')')
  const fields = stat.slice(nameEnd + 2).split(' ')
  const [state, ...numbers] = fields
  const [parent, group, session] = numbers.map(Number)
  const startedAt = Number(fields[19])
  const pid = Number.parseInt(stat, 10)
  if (nameEnd === -1 || parent === undefined || group === undefined || session === undefined) {
    return null
  }
  if (![pid, parent, group, session, startedAt].every(Number.isSafeInteger)) return null
  const isDead = state === 'Z' || state === 'X' || state === 'x'
  return { pid, parent, group, session, startedAt, isDead }
}
