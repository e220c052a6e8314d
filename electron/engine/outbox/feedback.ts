import type { Actor } from '#shared/domain/actor/schema.ts'
import { readDeliveryKey, type ChannelFeedback } from '#shared/domain/page/schema.ts'
import type { Logger } from '../ports/logger.ts'
import type { Recorder } from '../record/recorder.ts'
import type { Shown } from './shown.ts'

/** What a press leads to. */
export interface FeedbackDeps {
  readonly recorder: Pick<Recorder, 'state' | 'recordOutcomes'>
  readonly logger: Logger
  /** Shows the cockpit, and in it the incident, to the person. */
  readonly show: (incidentId: string | null) => void
  /** Acknowledges as the person of this machine; true when it is recorded or was done already. */
  readonly acknowledge: (incidentId: string, requestId: string) => boolean
  readonly me: () => Actor
}

/** Carries out what a person did with a message of a channel. Never throws. */
export function takeFeedback(
  channel: string,
  shown: Pick<Shown, 'remove'>,
  { key, action }: ChannelFeedback,
  deps: FeedbackDeps,
): void {
  const page = deps.recorder.state().pages.get(readDeliveryKey(key)?.pageId ?? '')
  const incidentId = !page || page.isSummary ? null : (page.incidentIds[0] ?? null)

  /** Whoever tells of a press is a bare event of the platform: thrown there, it ends the process. */
  function guarded(step: () => boolean): boolean {
    try {
      return step()
    } catch (error) {
      deps.logger.error({ err: error, channel, action }, 'A press on a message was not taken in')
      return false
    }
  }

  guarded(() => {
    if (!page) return false
    shown.remove(page)
    if (page.seen?.how === action) return true
    const body = { type: 'page.seen' as const, pageId: page.id, incidentId, channel, how: action }
    return deps.recorder.recordOutcomes([body], [], deps.me()).ok
  })
  if (action === 'dismissed') return
  const isDone = guarded(() => {
    if (action !== 'acknowledged' || incidentId === null) return false
    return deps.acknowledge(incidentId, `notification ${key} ${String(deps.recorder.state().seq)}`)
  })
  // What cannot be acknowledged is shown, so that the press is not lost in silence; so is the
  // cockpit for a test, or a page of long ago.
  if (isDone) return
  guarded(() => {
    deps.show(incidentId)
    return true
  })
}
