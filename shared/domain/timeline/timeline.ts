import { z } from 'zod'
import { alertTitle } from '../alert/schema.ts'
import { explainSuppression } from '../alert/explain.ts'
import { actorSchema } from '../actor/schema.ts'
import { channelName, dropText, holdText } from '../page/explain.ts'
import { unreachable } from '../result/result.ts'
import type { Event } from '../watch/event.ts'

/** One line of an incident's timeline: a reading of the journal, written nowhere else (R6.3). */
export const timelineEntrySchema = z.object({
  seq: z.number(),
  /** ms since the epoch, UTC. */
  at: z.number(),
  actor: actorSchema,
  kind: z.enum(['alert', 'incident', 'person', 'note']),
  text: z.string(),
  /** A time that ends the text, ms since the epoch, UTC: the reader's zone is the cockpit's affair. */
  until: z.number().optional(),
  /** How many equal entries it stands for: a storm of 300 is one line. */
  count: z.number(),
})
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

/** Entries of one kind of event closer than this, ms, are folded into one line. */
const FOLD_WITHIN_MS = 60_000

/** The timeline of one incident from its events, in their order. Runs of alert events are folded. */
export function toTimeline(events: readonly Event[]): TimelineEntry[] {
  const entries: (TimelineEntry & { readonly type: string })[] = []
  for (const event of events) {
    const entry = toEntry(event)
    if (!entry) continue
    const last = entries.at(-1)
    if (
      entry.kind === 'alert' &&
      last?.type === event.body.type &&
      // A storm's alerts differ in their words; what changed about one must be told.
      (event.body.type !== 'alert.changed' || last.text === entry.text) &&
      event.at - last.at < FOLD_WITHIN_MS
    ) {
      last.count += 1
      continue
    }
    entries.push({ ...entry, type: event.body.type })
  }
  return entries.map(({ type: _, ...entry }) => entry)
}

const retriggerText = {
  'fired-again': 'came back: fires again',
  worse: 'got worse',
  unsuppressed: 'no longer suppressed',
} as const

const pageText = {
  asks: 'calls for a person',
  repeat: 'calls again: nobody has taken it',
  'held-until-now': 'calls for a person, after it was held back',
  blind: 'calls for a person whatever they asked to be spared: Deckwatch is blind there',
} as const

const seenText = {
  opened: 'opened from the notification',
  acknowledged: 'Acknowledge pressed on the notification',
  dismissed: 'notification dismissed',
} as const

function toEntry(event: Event): TimelineEntry | null {
  const { body } = event
  const base = { seq: event.seq, at: event.at, actor: event.actor, count: 1 }
  const alert = (text: string): TimelineEntry => ({ ...base, kind: 'alert', text })
  const incident = (text: string): TimelineEntry => ({
    ...base,
    kind: event.actor.kind === 'person' ? 'person' : 'incident',
    text,
  })
  switch (body.type) {
    case 'alert.fired':
      return alert(`fired: ${alertTitle(body)}`)
    case 'alert.changed':
      return alert(
        body.suppression.length > 0
          ? `suppressed: ${body.suppression.map(explainSuppression).join('; ')}`
          : body.annotations
            ? 'its text changed'
            : `listed by ${body.sourceId}, not suppressed`,
      )
    case 'alert.withdrawn':
      return alert(`no longer listed by ${body.sourceId}, still by another source`)
    case 'alert.unconfirmed':
      return alert(`unconfirmed: ${body.sourceId} restarted and does not list it`)
    case 'alert.resolved':
      return alert(
        body.reason === 'source-removed'
          ? `resolved: its source ${body.sourceId} was removed`
          : 'resolved',
      )
    case 'alert.reclassified':
      return alert(`now ${body.severity} by changed rules`)
    case 'alert.flapping-started':
      return alert(`flapping: ${String(body.changes)} changes in a short time`)
    case 'alert.flapping-ended':
      return alert('no longer flapping')
    case 'incident.triggered':
      return incident(`incident opened as ${body.severity}`)
    case 'incident.retriggered':
      return incident(retriggerText[body.reason] + `, ${body.severity}`)
    case 'incident.retitled':
      return incident(`the worst of it is now: ${body.title}`)
    case 'incident.acknowledged':
      return incident('acknowledged')
    case 'incident.unacknowledged':
      return incident('gave it back: nobody has it')
    case 'incident.reopened':
      return incident('reopened')
    case 'incident.snoozed':
      return { ...incident('snoozed until'), until: body.until }
    case 'incident.snooze-ended':
      return incident(body.reason === 'time' ? 'snooze ended' : 'snooze lifted')
    case 'incident.noted':
      return { ...base, kind: 'note', text: body.text }
    case 'incident.resolved':
      return incident(
        body.stillFiring > 0
          ? `incident resolved while ${String(body.stillFiring)} still fired`
          : 'incident resolved',
      )
    case 'incident.closed':
      return incident('closed')
    case 'page.requested':
      return incident(
        body.incidentId === null
          ? `${pageText[body.reason]}, in a summary of ${String(body.incidentIds.length)}`
          : pageText[body.reason],
      )
    case 'page.sent':
      return incident(
        body.attempts > 1
          ? `told on ${channelName(body.channel)} at attempt ${String(body.attempts)}`
          : `told on ${channelName(body.channel)}`,
      )
    case 'page.failed':
      return incident(
        `could not be told on ${channelName(body.channel)}: ${body.problem.message}${body.isFinal ? ' Given up.' : ''}`,
      )
    case 'page.dropped':
      return incident(`not told on ${channelName(body.channel)}: ${dropText[body.reason]}`)
    case 'page.seen':
      return incident(seenText[body.how])
    case 'page.held':
      return body.until === null
        ? incident(`not told: ${holdText[body.by]}`)
        : { ...incident(`not told: ${holdText[body.by]}, until`), until: body.until }
    case 'focus.started':
      return incident('awake and on this: pages of others wait')
    case 'focus.ended':
      return incident(
        body.reason === 'time'
          ? 'no longer on this: four hours are over'
          : 'no longer only on this',
      )
    case 'quiet.started':
    case 'quiet.ended':
    case 'source.added':
    case 'source.removed':
    case 'source.health-changed':
    case 'source.identified':
    case 'source.rejected':
      return null
    default:
      return unreachable(body)
  }
}
