import type { Event } from '../domain/watch/event.ts'
import type { WatchSnapshot } from '../domain/watch/state.ts'
import type { PushMessage, ServerMessage } from './messages.ts'
import { joinSnapshots, SLICE_SIZE, sliceSnapshot } from './snapshot-slices.ts'

/**
 * The message as it is sent: a large snapshot or delta in slices, of which all but the last say that
 * there is more. They have to be sent one after the other, with nothing between them.
 */
export function sliceMessage(
  message: ServerMessage,
  size: number = SLICE_SIZE,
): readonly ServerMessage[] {
  if (message.type === 'snapshot') {
    const slices = sliceSnapshot(message.state, size)
    return slices.map((state, index) =>
      index < slices.length - 1 ? { type: 'snapshot', state, more: true } : { ...message, state },
    )
  }
  if (message.type === 'delta' && message.events.length > size) {
    const slices: ServerMessage[] = []
    for (let start = 0; start < message.events.length; start += size) {
      const events = message.events.slice(start, start + size)
      const isLast = start + size >= message.events.length
      slices.push(isLast ? { ...message, events } : { type: 'delta', events, more: true })
    }
    return slices
  }
  return [message]
}

/** Puts the slices of one connection together again. */
export class SliceJoiner {
  #states: WatchSnapshot[] = []
  #events: Event[] = []

  /** The message that is whole with this one, or null while there is more to come. */
  join(message: PushMessage): PushMessage | null {
    if (message.type === 'snapshot') {
      this.#states.push(message.state)
      if (message.more) return null
      const state = joinSnapshots(this.#states)
      this.#states = []
      return { ...message, state }
    }
    if (message.type === 'delta') {
      this.#events.push(...message.events)
      if (message.more) return null
      const events = this.#events
      this.#events = []
      return { ...message, events }
    }
    return message
  }
}
