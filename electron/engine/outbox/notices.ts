import { noticeMessage, type NoticeName } from '#shared/domain/page/notice.ts'
import type { PageMessage } from '#shared/domain/page/schema.ts'
import type { Clock } from '../ports/clock.ts'

/** What Deckwatch has to say of itself now: one notice for each time that something fails. */
export interface Notices {
  /**
   * It fails. Says so once until it works again.
   *
   * @param detail what happened, and what to do.
   */
  begin(name: NoticeName, detail: string): void
  /** It works again, if it does not fail within `graceMs`: what is just full fails now and then. */
  end(name: NoticeName, graceMs: number): void
  /** The names of what fails now. */
  names(): readonly NoticeName[]
  /** The message for a channel; null when there is nothing to say any more. */
  message(name: NoticeName, channel: string): PageMessage | null
  stop(): void
}

/** Where notices go. */
export interface NoticeListener {
  begun(name: NoticeName): void
  ended(name: NoticeName): void
}

/** Nothing fails yet. */
export function createNotices(clock: Pick<Clock, 'after'>, listener: NoticeListener): Notices {
  const failing = new Map<NoticeName, { readonly detail: string; cancelEnd: (() => void) | null }>()
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
      return known ? noticeMessage(name, known.detail, channel) : null
    },
    stop() {
      for (const { cancelEnd } of failing.values()) cancelEnd?.()
    },
  }
}
