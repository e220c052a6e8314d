import { RECIPIENT } from '../event/definition.ts'
import { wordsOf, type Event, type EventType } from '../watch/event.ts'
import { capital, inLine, timeWords, whoWords } from '../review/words.ts'
import { numbersOf, whenOf, type DraftSection, type Said, type Story } from './story.ts'

/** What tells the story of an incident: who did, thought and decided what. */
const keyTypes: ReadonlySet<EventType> = new Set<EventType>([
  'incident.triggered',
  'incident.declared',
  'incident.retriggered',
  'incident.reopened',
  'incident.acknowledged',
  'incident.mitigated',
  'incident.unmitigated',
  'incident.severity-set',
  'incident.merged',
  'incident.split',
  'incident.resolved',
  'incident.closed',
  'role.assigned',
  'hypothesis.opened',
  'hypothesis.settled',
  'decision.made',
  'measure.taken',
  'measure.removed',
  'approval.answered',
  'update.written',
  'walkthrough.started',
  'remediation.begun',
  'remediation.finished',
  'remediation.stopped',
  'trigger.crossed',
  'clock.expired',
  'change.recorded',
  'change.related',
])

/** The key moments in the order in which they happened, each as its line of the timeline says it. */
export const draftTimeline: DraftSection = (story) => {
  const { firstAlert } = story
  const moments = story.events.filter((event) => isKey(event) || event === firstAlert)
  return moments
    .map((event) => ({ event, at: startOf(event, story) }))
    .toSorted((a, b) => a.at - b.at || a.event.seq - b.event.seq)
    .flatMap(({ event, at }): readonly Said[] => {
      const text = lineOf(event, story)
      if (text === null) return []
      return [
        { key: String(event.seq), text: `${timeWords(at)} ${text}`, events: numbersOf(event) },
      ]
    })
}

function isKey({ body, actor }: Event): boolean {
  if (keyTypes.has(body.type)) return true
  // To look is no key moment; to change something is.
  return body.type === 'execution.requested' && actor.kind === 'person' && body.risk !== 'read'
}

/** The first alert stands where it started, not where it was reported. */
function startOf(event: Event, { firstAlert }: Story): number {
  return event === firstAlert ? firstAlert.body.startsAt : whenOf(event)
}

/** A line of the timeline for whoever reads it; null for what has none. */
function lineOf(event: Event, { events }: Story): string | null {
  const { body, actor } = event
  const words = wordsOf(body)
  if (!words) return null
  const { text, deed, recipient, until, detail } = words
  const isDeed = deed !== undefined && actor.kind === 'person'
  const sentence = isDeed ? `${whoWords(actor)} ${inLine(deed)}` : capital(inLine(text))
  const named =
    recipient === undefined
      ? sentence
      : sentence.replace(RECIPIENT, () => nameOf(recipient, events))
  return [
    named,
    ...(until === undefined ? [] : [timeWords(until)]),
    ...(detail === undefined ? [] : [inLine(detail)]),
  ].join(' ')
}

/** What a person is called, by the record itself. */
function nameOf(id: string, events: readonly Event[]): string {
  const actor = events.find(
    (event) => event.actor.kind === 'person' && event.actor.id === id,
  )?.actor
  return actor ? whoWords(actor) : id
}
