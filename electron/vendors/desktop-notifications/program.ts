import { spawn, type ChildProcess } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'

/** The environment that programs are looked up and run in. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What ran and how it ended; texts are cut at {@link MAX_OUTPUT}. */
export type RunResult =
  | {
      readonly kind: 'ended'
      readonly code: number | null
      readonly stdout: string
      readonly stderr: string
    }
  | { readonly kind: 'not-started'; readonly reason: string }
  /** The signal was aborted; the process is gone. */
  | { readonly kind: 'stopped' }

/** Most that is kept of what a program prints, in UTF-16 units. */
export const MAX_OUTPUT = 16_384

/** The full path of a program on the environment's PATH, or null. */
export async function findProgram(name: string, env: Environment): Promise<string | null> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue
    const path = join(folder, name)
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  return null
}

/**
 * Starts a program, never through a shell; an error when it cannot be started at all. Where there are
 * no more file descriptors it comes without `stdout` and `stderr`, and says so by its `error` event.
 */
export function startProgram(
  program: string,
  args: readonly string[],
  env: Environment,
): ChildProcess | Error {
  try {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    // One that nobody listens to would end our own process.
    child.on('error', () => undefined)
    return child
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Runs a program, never through a shell, until it ends or the signal is aborted. */
export function run(
  program: string,
  args: readonly string[],
  env: Environment,
  signal: AbortSignal,
): Promise<RunResult> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'stopped' })
      return
    }
    const child = startProgram(program, args, env)
    if (child instanceof Error) {
      resolve({ kind: 'not-started', reason: child.message })
      return
    }
    const stop = () => void child.kill('SIGKILL')
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        output[name] = (output[name] + text).slice(0, MAX_OUTPUT)
      })
    }
    signal.addEventListener('abort', stop, { once: true })
    const finish = (result: RunResult) => {
      signal.removeEventListener('abort', stop)
      resolve(signal.aborted ? { kind: 'stopped' } : result)
    }
    child.once('error', (error) => {
      finish({ kind: 'not-started', reason: error.message })
    })
    child.once('close', (code) => {
      finish({ kind: 'ended', code, ...output })
    })
  })
}

/** Time that one piece of work may take. */
export interface Deadline {
  /** Aborts when the time is over or the caller gives up. */
  readonly signal: AbortSignal
  /** True when it was the time that ran out, and not the caller that gave up. */
  isTimeOver(): boolean
  /** Frees the timer. Must be called when the work ends. */
  end(): void
}

/** Starts a deadline of `limitMs` that ends early with `outer`. */
export function startDeadline(clock: Clock, limitMs: number, outer?: AbortSignal): Deadline {
  const timer = new AbortController()
  const cancel = clock.after(limitMs, () => {
    timer.abort()
  })
  return {
    signal: outer ? AbortSignal.any([timer.signal, outer]) : timer.signal,
    isTimeOver: () => timer.signal.aborted,
    end: cancel,
  }
}
