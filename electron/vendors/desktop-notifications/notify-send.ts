import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { ChannelProblem, PageMessage } from '#shared/domain/page/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { NotificationAdapter, ReportAction } from './adapter.ts'
import { notifySendArguments } from './notify-send-arguments.ts'
import { explainOutput, explainRun } from './problem.ts'
import { startDeadline, type Deadline, type Environment } from './program.ts'
import { createServerBook, type NotificationServer } from './server.ts'
import type { SessionBus } from './session-bus.ts'
import { createShownBook } from './shown.ts'
import type { SoundPlayer } from './sound-player.ts'
import { startWaitingProcess, type WaitingProcess } from './waiting-process.ts'

/** What the adapter works with. */
export interface NotifySendDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly marks: Marks | null
  /** Full paths. */
  readonly notifySend: string
  readonly stdbuf: string
  readonly bus: SessionBus
  readonly env: Environment
  readonly icon: string | null
  readonly player: SoundPlayer
  /** Longest time that a hand-over may take, ms. */
  readonly limitMs: number
  readonly report: ReportAction
}

/** Most processes that wait for a button; the oldest notification's buttons go dead first. */
const MAX_WAITING = 32
/** How often processes are looked for that wait for a server that is gone, ms. */
const SWEEP_EVERY_MS = 60_000

interface Waiting {
  readonly process: WaitingProcess
  readonly identity: string
}

/**
 * Notifications by `notify-send` 0.8 or newer: a process waits behind each one and prints which
 * button was pressed. It ends in the same way whether a person or a time-out closed the
 * notification, so `dismissed` is never reported.
 */
export function createNotifySendAdapter(deps: NotifySendDeps): NotificationAdapter {
  const { clock, logger, report } = deps
  const server = createServerBook(deps.bus)
  const shown = createShownBook(deps.marks)
  const waiting = new Map<string, Waiting>()
  const running = new Set<WaitingProcess>()
  let cancelSweep: (() => void) | null = null

  function begin(message: PageMessage, replaceId: number | null, current: NotificationServer) {
    const { capabilities } = current
    const process = startWaitingProcess(
      deps,
      notifySendArguments(message, { replaceId, capabilities, icon: deps.icon }),
      deps.env,
      (name) => {
        if (name === 'default') report(message.key, 'opened')
        if (name === 'acknowledge') report(message.key, 'acknowledged')
      },
    )
    running.add(process)
    void process.ended.then((isClosed) => {
      running.delete(process)
      if (waiting.get(message.tag)?.process !== process) return
      waiting.delete(message.tag)
      // One that was ended from outside says nothing about the notification.
      if (isClosed) shown.forget(message.tag)
    })
    return process
  }

  function stopWaiting(tag: string): void {
    const known = waiting.get(tag)
    waiting.delete(tag)
    known?.process.stop()
  }

  /** A server that went away tells nobody: what waits for it would wait for ever. */
  function sweep(identity: string | null): void {
    for (const [tag, known] of waiting) if (known.identity !== identity) stopWaiting(tag)
    for (const tag of waiting.keys()) {
      if (waiting.size <= MAX_WAITING) break
      stopWaiting(tag)
    }
    cancelSweep?.()
    cancelSweep = waiting.size === 0 ? null : clock.after(SWEEP_EVERY_MS, lookAgain)
  }

  function lookAgain(): void {
    withDeadline((deadline) => server.identity(deadline)).then(sweep, (error: unknown) => {
      logger.error({ err: error }, 'Nobody can say who shows notifications.')
    })
  }

  async function withDeadline<Value>(
    work: (deadline: Deadline) => Promise<Value>,
    signal?: AbortSignal,
  ): Promise<Value> {
    const deadline = startDeadline(clock, deps.limitMs, signal)
    try {
      return await work(deadline)
    } finally {
      deadline.end()
    }
  }

  async function show(
    message: PageMessage,
    deadline: Deadline,
  ): Promise<Result<void, ChannelProblem>> {
    const answer = await server.ask(deadline)
    if (!answer.ok) return answer
    const current = answer.value
    sweep(current.identity)

    const replaceId = shown.find(message.tag, current.identity)
    const process = begin(message, replaceId, current)
    const id = await Promise.race([process.id, aborted(deadline.signal)])
    if (id === null || id === 'aborted') {
      process.stop()
      await process.ended
      if (id === 'aborted') return fail(explainRun('notify-send', { kind: 'stopped' }, deadline))
      return fail(explainOutput('notify-send', process.errors()))
    }
    // The process behind the replaced one would wait for ever, and report the old key.
    stopWaiting(message.tag)
    shown.remember(message.tag, id, current.identity)
    if (running.has(process)) waiting.set(message.tag, { process, identity: current.identity })
    else shown.forget(message.tag)
    sweep(current.identity)
    if (!current.capabilities.has('sound')) deps.player.play(message.sound)
    return ok(undefined)
  }

  return {
    send: (message, signal) => withDeadline((deadline) => show(message, deadline), signal),

    withdraw: (tag, signal) =>
      withDeadline(async (deadline) => {
        const identity = await server.identity(deadline)
        sweep(identity)
        // An id of another life of the server may by now be another program's notification.
        const id = identity === null ? null : shown.find(tag, identity)
        if (id !== null) {
          const closed = await server.closeNotification(id, deadline)
          if (!closed.ok) logger.warn({ code: closed.error.code }, closed.error.message)
        }
        stopWaiting(tag)
        shown.forget(tag)
      }, signal),

    describe: () =>
      withDeadline(async (deadline) => {
        const answer = await server.ask(deadline)
        if (!answer.ok) return [answer.error.message, answer.error.hint]
        const { name, capabilities } = answer.value
        return [
          `${name} shows notifications.`,
          capabilities.has('actions')
            ? 'Buttons work.'
            : `${name} has no buttons: open and acknowledge alerts in the cockpit.`,
          capabilities.has('sound') ? `${name} plays the sounds.` : await deps.player.describe(),
        ]
      }),

    async close() {
      cancelSweep?.()
      deps.player.close()
      const processes = [...running]
      waiting.clear()
      for (const process of processes) process.stop()
      await Promise.all(processes.map(({ ended }) => ended))
    },
  }
}

function aborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    const settle = () => {
      resolve('aborted')
    }
    if (signal.aborted) settle()
    else signal.addEventListener('abort', settle, { once: true })
  })
}
