import {
  selfNotification,
  type SelfNotificationName,
  type SelfNotificationText,
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
  /**
   * What it keeps from people, which is said in place of that it fails, and anew with each text.
   * Null: nothing any more. What is shown is withdrawn then, also while it still fails.
   */
  keeps(name: SelfNotificationName, text: SelfNotificationText | null): void
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
  /** There is something to say, for the first time or in place of what was said. */
  begun(name: SelfNotificationName): void
  ended(name: SelfNotificationName): void
}

interface Failing {
  readonly detail: string
  cancelEnd: (() => void) | null
  /** False once it was withdrawn although it may still fail. */
  isSaid: boolean
}

/** Nothing fails yet. */
export function createSelfNotifications(
  clock: Pick<Clock, 'after'>,
  listener: SelfNotificationListener,
): SelfNotifications {
  const failing = new Map<SelfNotificationName, Failing>()
  const kept = new Map<SelfNotificationName, SelfNotificationText>()

  function say(name: SelfNotificationName, known: Failing): void {
    known.isSaid = true
    listener.begun(name)
  }

  return {
    begin(name, detail) {
      const known = failing.get(name)
      if (known) {
        known.cancelEnd?.()
        known.cancelEnd = null
        if (!known.isSaid) say(name, known)
        return
      }
      const fresh = { detail, cancelEnd: null, isSaid: false }
      failing.set(name, fresh)
      say(name, fresh)
    },
    keeps(name, text) {
      if (text) kept.set(name, text)
      else if (!kept.delete(name)) return
      const known = failing.get(name)
      // Whoever finds something kept says right after it that it fails.
      if (!known) return
      if (text) say(name, known)
      else {
        known.isSaid = false
        listener.ended(name)
      }
    },
    end(name, graceMs) {
      const known = failing.get(name)
      if (!known) return
      known.cancelEnd ??= clock.after(graceMs, () => {
        known.cancelEnd = null
        // Other things work again, but not this.
        if (kept.has(name)) return
        failing.delete(name)
        listener.ended(name)
      })
    },
    names: () => [...failing].filter(([, { isSaid }]) => isSaid).map(([name]) => name),
    message(name, channel) {
      const known = failing.get(name)
      return known?.isSaid ? selfNotification(name, kept.get(name) ?? known.detail, channel) : null
    },
    stop() {
      for (const { cancelEnd } of failing.values()) cancelEnd?.()
    },
  }
}
