import type { Outbox } from '../outbox/outbox.ts'
import type { Reactor } from './reactor.ts'

/** Takes notifications off the screens that nobody has to look at any more. */
export function withdrawing(outbox: Pick<Outbox, 'withdrawOver'>): Reactor {
  return {
    doing: 'withdrawing notifications',
    recorded() {
      outbox.withdrawOver()
    },
  }
}
