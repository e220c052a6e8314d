import type { ChannelProblem, PageMessage } from '#shared/domain/page/schema.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'

/** A channel that does not settle within this, ms, has failed. */
const SEND_TIMEOUT_MS = 15_000

/**
 * Sends through a channel with a time limit. A channel that throws has failed like any other: one
 * that is broken must not stop the page.
 *
 * @param begun gets what aborts it.
 */
export async function sendWithin(
  channel: Channel,
  message: PageMessage,
  clock: Pick<Clock, 'after'>,
  begun: (abort: AbortController) => void = () => undefined,
): Promise<Result<void, ChannelProblem>> {
  const abort = new AbortController()
  begun(abort)
  let cancel: () => void = () => undefined
  const timeOut = new Promise<Result<void, ChannelProblem>>((resolve) => {
    cancel = clock.after(SEND_TIMEOUT_MS, () => {
      abort.abort()
      resolve(
        fail({
          code: 'timed-out',
          message: `${channel.name} did not take the message within ${String(SEND_TIMEOUT_MS / 1_000)} seconds.`,
          hint: 'Deckwatch tries again by itself. Keep the cockpit in view until it works.',
        }),
      )
    })
  })
  try {
    return await Promise.race([channel.send(message, abort.signal), timeOut])
  } catch (error) {
    return fail({
      code: 'failed',
      message: `${channel.name} failed: ${error instanceof Error ? error.message : 'unknown'}`,
      hint: 'This is a bug of Deckwatch: report it with the log. It tries again by itself.',
    })
  } finally {
    cancel()
  }
}
