import { fork, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('busy-program.ts', import.meta.url))

/** Keeps every core busy until the returned function is called, or this process has ended. */
export function keepBusy(): () => void {
  const children: readonly ChildProcess[] = Array.from({ length: availableParallelism() }, () =>
    fork(program, { stdio: 'ignore' }),
  )
  return () => {
    for (const child of children) child.kill('SIGKILL')
  }
}
