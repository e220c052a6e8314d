import { readdir, readFile } from 'node:fs/promises'

/** A process that this one started and that has not ended. */
export interface Child {
  readonly pid: number
  readonly name: string
}

/** The living children of this process that have a name, by what Linux tells in /proc. */
export async function findChildren(name: string): Promise<readonly Child[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))
  const found = await Promise.all(
    pids.map(async (pid) => {
      // One that ends meanwhile has no file any more.
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      const [, command, state, parent] = /^\d+ \((.*)\) (\S) (\d+)/s.exec(stat) ?? []
      const isOurs = Number(parent) === process.pid && state !== 'Z' && command === name
      return isOurs ? [{ pid: Number(pid), name }] : []
    }),
  )
  return found.flat()
}
