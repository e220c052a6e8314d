import type { Actor } from '#shared/domain/actor/schema.ts'
import type { ChannelFeedback } from '#shared/domain/page/schema.ts'
import type { Recorder } from '../../record/recorder.ts'
import type { FeedbackContext } from '../kind.ts'
import { pageOf, subjectOf } from './page-of.ts'

/** What a press leads to. */
export interface FeedbackDeps {
  readonly recorder: Pick<Recorder, 'state' | 'recordOutcomes'>
  /** Shows the cockpit, and in it the incident, to the person. */
  readonly show: (incidentId: string | null) => void
  /** Acknowledges as the person of this machine; true when it is recorded or was done already. */
  readonly acknowledge: (incidentId: string, requestId: string) => boolean
  readonly me: () => Actor
}

/** Carries out what a person did with a page. */
export function takePageFeedback(
  { key, action }: ChannelFeedback,
  { channel, screen, guarded }: FeedbackContext,
  { recorder, show, acknowledge, me }: FeedbackDeps,
): void {
  const page = pageOf(recorder.state(), key)
  const incidentId = page ? subjectOf(page).incidentId : null
  guarded(() => {
    if (!page) return false
    screen.gone(recorder.state(), key)
    if (page.seen?.how === action) return true
    const body = { type: 'page.seen' as const, ...subjectOf(page), channel, how: action }
    return recorder.recordOutcomes([body], [], me()).ok
  })
  if (action === 'dismissed') return
  const isDone = guarded(() => {
    if (action !== 'acknowledged' || incidentId === null) return false
    return acknowledge(incidentId, `notification ${key} ${String(recorder.state().seq)}`)
  })
  // What cannot be acknowledged is shown, so that the press is not lost in silence.
  if (isDone) return
  guarded(() => {
    show(incidentId)
    return true
  })
}
