import type { ChannelProblem, PageMessage } from '#shared/domain/page/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { Clock } from '../ports/clock.ts'
import { waitAfter } from './back-off.ts'

/** Messages to one channel that the journal knows nothing of: each is tried until it arrives. */
export interface RetryingSender {
  /**
   * Hands a message over as soon as the channel takes it. What is said under a name takes the place
   * of what still waits under it.
   *
   * @param compose is asked before each attempt; null when it is not wanted any more.
   */
  say(name: string, compose: () => PageMessage | null): void
  stop(): void
}

/** @param send settles when the channel has the message; it never rejects. */
export function createRetryingSender(
  clock: Pick<Clock, 'after'>,
  send: (message: PageMessage) => Promise<Result<void, ChannelProblem>>,
): RetryingSender {
  const waiting = new Map<string, { cancel: () => void }>()

  async function attempt(
    name: string,
    compose: () => PageMessage | null,
    attempts: number,
  ): Promise<void> {
    const turn = { cancel: () => undefined }
    waiting.get(name)?.cancel()
    waiting.set(name, turn)
    const message = compose()
    const isOver = message === null || (await send(message)).ok
    // Something newer is said under this name, or nothing at all any more.
    if (waiting.get(name) !== turn) return
    if (isOver) {
      waiting.delete(name)
      return
    }
    const cancel = clock.after(waitAfter(attempts), () => void attempt(name, compose, attempts + 1))
    waiting.set(name, { cancel })
  }

  return {
    say: (name, compose) => void attempt(name, compose, 1),
    stop() {
      for (const { cancel } of waiting.values()) cancel()
      waiting.clear()
    },
  }
}
