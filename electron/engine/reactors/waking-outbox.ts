import type { Outbox } from '../outbox/outbox.ts'
import type { Reactor } from './reactor.ts'

/** Lets the outbox look at once for what was just written for its channels. */
export function wakingOutbox(outbox: Pick<Outbox, 'wake'>): Reactor {
  return {
    doing: 'waking the outbox',
    recorded({ deliveries }) {
      if (deliveries.length === 0) return
      outbox.wake(new Set(deliveries.map(({ channel }) => channel)))
    },
  }
}
