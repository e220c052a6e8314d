import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'

/** What is to be started. */
export interface ChildSpec {
  readonly program: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly folder: string
  readonly cancelled: AbortSignal
}

/** How a process ended: one of the two is null. */
export interface ChildExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process that was started. */
export interface StartedChild {
  readonly pid: number
  readonly stdout: Readable
  readonly stderr: Readable
  readonly exit: Promise<ChildExit>
}

/** Why nothing was started; `message` is for people. */
export type StartFailure = 'cancelled' | { readonly message: string }

/**
 * Starts a program, without a shell, as the leader of a session and of a process group. Its input is
 * closed.
 *
 * Node's own `spawn`: execa 10, which was looked at, ends the program alone and not who left its group,
 * and collects output or hands it on, but cannot clean and cap it; all that is left of it would be this.
 */
export async function startChild(spec: ChildSpec): Promise<Result<StartedChild, StartFailure>> {
  const { program, args, environment, folder, cancelled } = spec
  const problem = await folderProblem(folder)
  if (cancelled.aborted) return fail('cancelled')
  if (problem !== null) return fail({ message: problem })
  try {
    const child = spawn(program, args, {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const { pid, stdout, stderr } = child
    if (pid === undefined) {
      const [error] = (await once(child, 'error', { signal: AbortSignal.timeout(5_000) }).catch(
        (reason: unknown) => [reason],
      )) as [unknown]
      return fail({ message: inWords(error, program) })
    }
    // A failed kill is told here as well; who cannot be ended is looked for elsewhere.
    child.on('error', () => undefined)
    const exit = new Promise<ChildExit>((resolve) => {
      child.once('exit', (code, signal) => {
        resolve({ code, signal })
      })
    })
    return ok({ pid, stdout, stderr, exit })
  } catch (error) {
    return fail({ message: inWords(error, program) })
  }
}

/** Node blames the program when the folder is missing. */
async function folderProblem(folder: string): Promise<string | null> {
  try {
    return (await stat(folder)).isDirectory()
      ? null
      : `The folder ${folder} to run it in is not a folder.`
  } catch {
    return `The folder ${folder} to run it in cannot be opened.`
  }
}

function inWords(error: unknown, program: string): string {
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'ENOENT':
      return `The program ${program} is not installed, or not on the PATH.`
    case 'EACCES':
    case 'EPERM':
      return `The program ${program} may not be run: it is not executable for this account.`
    case 'E2BIG':
      return 'The arguments and variables are too long for this system.'
    case 'EAGAIN':
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOMEM':
      return 'The system has no room for another process now.'
    case 'ERR_INVALID_ARG_VALUE':
      return 'An argument or a variable holds a character that no program can be given.'
    default:
      return `The program ${program} cannot be started.`
  }
}
