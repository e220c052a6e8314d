import { spawn, type ChildProcess } from 'node:child_process'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'

/** Why Git did not answer. `stderr` is what it said: from outside, and never shown as it is. */
export type GitFailure =
  | { readonly reason: 'no-git' }
  | { readonly reason: 'took-too-long' }
  | { readonly reason: 'stopped' }
  | { readonly reason: 'too-large' }
  | { readonly reason: 'exit'; readonly code: number | null; readonly stderr: string }

/** How it is run. */
export interface GitRun {
  /** Given as they are: no shell reads them. */
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** What it reads; nothing when not given. */
  readonly input?: string
  /** Longest time, ms. */
  readonly timeoutMs: number
  /** Longest answer, bytes. */
  readonly maxBytes: number
  readonly signal: AbortSignal
  readonly clock: Pick<Clock, 'after'>
  /** Replaced in tests. */
  readonly program?: string
}

/** Longest of what it says of errors that is kept, bytes. */
const MAX_STDERR_BYTES = 16 * 1024
/** From asking it to end to ending it, ms. */
const GRACE_MS = 2_000

/** Runs Git to its end, without a terminal, in a group of processes of its own that ends with it. */
export function runGit(run: GitRun): Promise<Result<Buffer, GitFailure>> {
  const { signal, clock } = run
  if (signal.aborted) return Promise.resolve(fail({ reason: 'stopped' }))
  return new Promise((resolve) => {
    const child = spawn(run.program ?? 'git', [...run.args], {
      cwd: run.cwd,
      env: { ...run.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      // Without a terminal of its own nothing that it starts can ask there.
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    let why: GitFailure | null = null
    const stdout: Buffer[] = []
    let size = 0
    let stderr = ''
    const end = (failure: GitFailure) => {
      if (why) return
      why = failure
      stop(child, 'SIGTERM')
      cancelKill = clock.after(GRACE_MS, () => {
        stop(child, 'SIGKILL')
      })
    }
    let cancelKill: () => void = () => undefined
    const cancelTimeout = clock.after(run.timeoutMs, () => {
      end({ reason: 'took-too-long' })
    })
    const onAbort = () => {
      end({ reason: 'stopped' })
    }
    signal.addEventListener('abort', onAbort, { once: true })
    const settle = (outcome: Result<Buffer, GitFailure>) => {
      cancelTimeout()
      cancelKill()
      signal.removeEventListener('abort', onAbort)
      resolve(why ? fail(why) : outcome)
    }
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > run.maxBytes) end({ reason: 'too-large' })
      else stdout.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < MAX_STDERR_BYTES) stderr += chunk.toString('utf8')
    })
    // One that ended before it read everything; how it ended says why.
    child.stdin.on('error', () => undefined)
    child.on('error', (error) => {
      const isMissing = 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')
      settle(
        fail(
          isMissing
            ? { reason: 'no-git' }
            : { reason: 'exit', code: null, stderr: 'it cannot be started' },
        ),
      )
    })
    child.on('close', (code) => {
      settle(
        code === 0
          ? ok(Buffer.concat(stdout))
          : fail({ reason: 'exit', code, stderr: stderr.slice(0, MAX_STDERR_BYTES) }),
      )
    })
    child.stdin.end(run.input ?? '')
  })
}

/** Ends it with all that it started. */
function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  const { pid } = child
  if (pid === undefined || process.platform === 'win32') {
    child.kill(signal)
    return
  }
  try {
    process.kill(-pid, signal)
  } catch {
    // It is gone already.
  }
}
