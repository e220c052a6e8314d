import type { Clock } from '#electron/engine/ports/clock.ts'
import { MAX_OUTPUT, startProgram, type Environment } from './program.ts'

/** A `notify-send --wait` that stands behind a shown notification. */
export interface WaitingProcess {
  /**
   * Settles with the notification's id as soon as the server has taken it; null when the process
   * said that nothing is shown, or ended before it said anything.
   */
  readonly id: Promise<number | null>
  /** Settles when the process is gone: true when it ended by itself, which it does when closed. */
  readonly ended: Promise<boolean>
  /** What it printed as errors, cut. */
  errors(): string
  /** Ends the process; the notification stays as it is. */
  stop(): void
}

/** Paths of the two programs, and the time. */
export interface WaitingNeeds {
  readonly stdbuf: string
  readonly notifySend: string
  readonly clock: Clock
}

/** After SIGTERM, so long until SIGKILL, ms. */
const KILL_AFTER_MS = 2_000

/**
 * Starts `notify-send` so that it prints each line at once. By itself it keeps the id in its buffer
 * until it ends (as measured with 0.8.1), hence `stdbuf`, which becomes notify-send and is not a
 * process of its own.
 *
 * @param onAction gets the name of the button that was pressed.
 */
export function startWaitingProcess(
  { stdbuf, notifySend, clock }: WaitingNeeds,
  args: readonly string[],
  env: Environment,
  onAction: (name: string) => void,
): WaitingProcess {
  const child = startProgram(stdbuf, ['-oL', notifySend, ...args], env)
  if (child instanceof Error) return neverStarted(child.message)
  let errors = ''
  let rest = ''
  let hasId = false
  const id = Promise.withResolvers<number | null>()
  const ended = Promise.withResolvers<boolean>()

  function readLine(line: string): void {
    if (hasId) {
      onAction(line.trim())
      return
    }
    hasId = true
    // It prints 0 when the server did not answer, and then waits all the same, for ever.
    id.resolve(/^[1-9]\d{0,9}$/.test(line.trim()) ? Number(line) : null)
  }

  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).slice(0, MAX_OUTPUT).split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(readLine)
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(0, MAX_OUTPUT)
  })
  const finish = (wasItself: boolean) => {
    id.resolve(null)
    ended.resolve(wasItself)
  }
  child.once('error', (error) => {
    errors ||= error.message
    finish(false)
  })
  child.once('close', (code) => {
    finish(code === 0)
  })

  return {
    id: id.promise,
    ended: ended.promise,
    errors: () => errors,
    stop() {
      child.kill('SIGTERM')
      void ended.promise.then(clock.after(KILL_AFTER_MS, () => void child.kill('SIGKILL')))
    },
  }
}

function neverStarted(reason: string): WaitingProcess {
  return {
    id: Promise.resolve(null),
    ended: Promise.resolve(false),
    errors: () => reason,
    stop: () => undefined,
  }
}
