import {
  selfNotification,
  type SelfNotificationName,
} from '#shared/domain/page/self-notification.ts'
import type { PageMessage } from '#shared/domain/page/schema.ts'
import type { Clock } from '../ports/clock.ts'

/** What Deckwatch has to say of itself now: one notification for each time that something fails. */
export interface SelfNotifications {
  /**
   * It fails. Says so once until it works again.
   *
   * @param detail what happened, and what to do.
   */
  begin(name: SelfNotificationName, detail: string): void
  /** It works again, if it does not fail within `graceMs`: what is just full fails now and then. */
  end(name: SelfNotificationName, graceMs: number): void
  /** The names of what fails now. */
  names(): readonly SelfNotificationName[]
  /** The message for a channel; null when there is nothing to say any more. */
  message(name: SelfNotificationName, channel: string): PageMessage | null
  stop(): void
}

/** Where they go. */
export interface SelfNotificationListener {
  begun(name: SelfNotificationName): void
  ended(name: SelfNotificationName): void
}

/** Nothing fails yet. */
export function createSelfNotifications(
  clock: Pick<Clock, 'after'>,
  listener: SelfNotificationListener,
): SelfNotifications {
  const failing = new Map<
    SelfNotificationName,
    { readonly detail: string; cancelEnd: (() => void) | null }
  >()
  return {
    begin(name, detail) {
      const known = failing.get(name)
      if (known) {
        known.cancelEnd?.()
        known.cancelEnd = null
        return
      }
      failing.set(name, { detail, cancelEnd: null })
      listener.begun(name)
    },
    end(name, graceMs) {
      const known = failing.get(name)
      if (!known) return
      known.cancelEnd ??= clock.after(graceMs, () => {
        failing.delete(name)
        listener.ended(name)
      })
    },
    names: () => [...failing.keys()],
    message(name, channel) {
      const known = failing.get(name)
      return known ? selfNotification(name, known.detail, channel) : null
    },
    stop() {
      for (const { cancelEnd } of failing.values()) cancelEnd?.()
    },
  }
}
