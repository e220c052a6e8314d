import type { PushMessage } from '#shared/contract/index.ts'
import type { Reactor } from './reactor.ts'

/** Tells the cockpits what was recorded, in the order of the journal. */
export function showingCockpits(push: (message: PushMessage) => void): Reactor {
  return {
    doing: 'telling the cockpits',
    recorded({ events }) {
      push({ type: 'delta', events: [...events] })
    },
  }
}
