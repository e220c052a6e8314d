import { fail, ok } from '#shared/domain/result/result.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Handlers } from './dispatch.ts'

/** Trying a channel. */
export function channelHandlers(outbox: Pick<Outbox, 'test'>) {
  return {
    'channel.test': async ({ channel }) => {
      const report = await outbox.test(channel)
      return report
        ? ok(report)
        : fail({
            code: 'not-found',
            message: `There is no channel named ${JSON.stringify(channel)} here.`,
            hint: 'Desktop notifications may be turned off where Deckwatch was started.',
          })
    },
  } satisfies Partial<Handlers>
}
