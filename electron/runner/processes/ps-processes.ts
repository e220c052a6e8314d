import { execFile } from 'node:child_process'
import type { ListedProcess, ProcessTable } from './process-table.ts'

/** Longest that the list may take, ms, and most that it may hold, bytes. */
const LIMIT_MS = 5_000
const MAX_BYTES = 8 * 1024 * 1024

/**
 * The processes of macOS and other systems without `/proc`, by `ps`. It tells neither environments nor
 * open files, so that who left both its parents and its group unseen is not found.
 */
export function createPsProcesses(): ProcessTable {
  return {
    glanceMs: 1_000,
    list: (skip) =>
      new Promise((resolve, reject) => {
        execFile(
          'ps',
          ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='],
          {
            env: { PATH: process.env['PATH'], LC_ALL: 'C' },
            timeout: LIMIT_MS,
            maxBuffer: MAX_BYTES,
          },
          (error, stdout) => {
            if (error) reject(new Error('The processes cannot be listed.', { cause: error }))
            else resolve(parsePs(stdout).filter(({ pid }) => skip?.has(pid) !== true))
          },
        )
      }),
    hasInEnvironment: () => false,
    openFiles: () => new Set(),
    openFile: () => null,
  }
}

const LINE = /^ *(\d+) +(\d+) +(\d+) +(\S+) +(\S.*?) *$/

/** Reads what `ps -o pid=,ppid=,pgid=,stat=,lstart=` prints. `startedAt` in ms since the epoch, to the second. */
export function parsePs(printed: string): readonly ListedProcess[] {
  return printed.split('\n').flatMap((line) => {
    const [, pid, parent, group, state = '', started = ''] = LINE.exec(line) ?? []
    const startedAt = Date.parse(started)
    if (Number.isNaN(startedAt)) return []
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        session: null,
        startedAt,
        isDead: state.startsWith('Z'),
      },
    ]
  })
}
