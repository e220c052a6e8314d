import type { Channel } from '#electron/engine/ports/channel.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { ChannelFeedback, ChannelProblem } from '#shared/domain/page/schema.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import type { NotificationAdapter } from './adapter.ts'
import { chooseAdapter } from './choose.ts'
import { channelClosed } from './problem.ts'
import type { Environment } from './program.ts'

/** What the desktop's notifications need from outside. */
export interface NotificationChannelDeps {
  readonly clock: Clock
  readonly logger: Logger
  /** Where it keeps what is shown, to replace and withdraw it after a restart; null: nowhere. */
  readonly marks: Marks | null
  /** The environment of the process: the desktop session and PATH are found in it. */
  readonly env: Environment
  readonly platform: NodeJS.Platform
  /** Full path of the picture beside the text; null for none. */
  readonly icon: string | null
  /** Folder of `alarm.wav` and `alert.wav`, for desktops without sounds of their own. */
  readonly soundsFolder: string
  /** Longest time that a hand-over may take, ms; 10 s when not given. */
  readonly limitMs?: number
}

const LIMIT_MS = 10_000
/** At the end, so long for what is still to be withdrawn, ms. */
const CLOSE_LIMIT_MS = 3_000

/**
 * The desktop's own notifications, for hosts without Electron. How they are shown is chosen when
 * first needed and, while it is not the best that there can be, looked at again each time: what was
 * missing may have been installed. Sending and taking back happen one after the other, so that what
 * is withdrawn while it is being sent does disappear.
 */
export function createNotificationChannel(deps: NotificationChannelDeps): Channel {
  const listeners = new Set<(feedback: ChannelFeedback) => void>()
  let best: NotificationAdapter | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let isClosed = false
  /** A desktop that hangs must not keep us from ending. */
  const closing = new AbortController()

  async function choose(): Promise<Result<NotificationAdapter, ChannelProblem>> {
    if (best) return { ok: true, value: best }
    const choice = await chooseAdapter({
      ...deps,
      limitMs: deps.limitMs ?? LIMIT_MS,
      report(key, action) {
        for (const listener of listeners) listener({ key, action })
      },
    })
    if (!choice.ok) return choice
    if (choice.value.isBest) best = choice.value.adapter
    return { ok: true, value: choice.value.adapter }
  }

  function enqueue<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = queue.then(work)
    queue = result.catch(() => undefined)
    return result
  }

  return {
    name: 'desktop',
    failing: 'Notifications cannot be shown',
    takes: ['page'],
    capabilities: ['replace', 'withdraw', 'buttons', 'sound'],

    send: (message, signal) =>
      enqueue(async () => {
        if (isClosed) return fail(channelClosed)
        const adapter = await choose()
        return adapter.ok ? adapter.value.send(message, signal) : adapter
      }),

    withdraw(tag) {
      if (isClosed) return
      enqueue(async () => {
        const adapter = await choose()
        if (adapter.ok && !closing.signal.aborted) await adapter.value.withdraw(tag, closing.signal)
      }).catch((error: unknown) => {
        deps.logger.error({ err: error }, 'A notification could not be withdrawn.')
      })
    },

    listen(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },

    describe: () =>
      enqueue(async () => {
        const adapter = await choose()
        return adapter.ok ? adapter.value.describe() : [adapter.error.message, adapter.error.hint]
      }),

    close: () => {
      isClosed = true
      const cancel = deps.clock.after(CLOSE_LIMIT_MS, () => {
        closing.abort()
      })
      return enqueue(async () => {
        cancel()
        listeners.clear()
        await best?.close()
      })
    },
  }
}
