import { imageWords } from '../entry/events.ts'
import { RECIPIENT } from '../event/definition.ts'
import { wordsOf, type Event, type EventType } from '../watch/event.ts'
import { capital, inLine, timeWords, whoWords } from '../review/words.ts'
import { marksIn } from './entry-marks.ts'
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
  'entry.added',
])

/**
 * The key moments in the order in which they happened, each as its line of the timeline says it, with
 * what people corrected. What somebody starred is one too.
 */
export const draftTimeline: DraftSection = (story) => {
  const { firstAlert } = story
  const marks = marksIn(story)
  return story.events
    .flatMap((event) => {
      const mark = marks.get(event.seq)
      const isTold = isKey(event) || event === firstAlert
      if (!isTold && !mark?.isStarred) return []
      // Without its star it would not be here.
      const star = isTold ? undefined : mark?.star
      return [{ event, at: startOf(event, story), mark, star }]
    })
    .toSorted((a, b) => a.at - b.at || a.event.seq - b.event.seq)
    .flatMap(({ event, at, mark, star }): readonly Said[] => {
      const text = lineOf(event, story, mark?.text ?? null)
      if (text === null) return []
      const isOtherwise = text !== lineOf(event, story, mark?.textBefore ?? null)
      const events = numbersOf(event, star, isOtherwise ? mark?.correction : undefined)
      return [{ key: String(event.seq), text: `${timeWords(at)} ${text}`, events }]
    })
}

function isKey({ body, actor }: Event): boolean {
  if (keyTypes.has(body.type)) return true
  // To look is no key moment; to change something is.
  return body.type === 'execution.requested' && actor.kind === 'person' && body.risk !== 'read'
}

/** The first alert stands where it started, what was added later where it happened. */
function startOf(event: Event, { firstAlert }: Story): number {
  if (event === firstAlert) return firstAlert.body.startsAt
  return event.body.type === 'entry.added' ? event.body.happenedAt : whenOf(event)
}

/**
 * A line of the timeline for whoever reads it; null for what has none.
 *
 * @param corrected how what a person wrote reads since it was corrected; null where nobody did.
 */
function lineOf(event: Event, { events }: Story, corrected: string | null): string | null {
  const { body, actor } = event
  const words = wordsOf(body)
  if (!words) return null
  const { kind, text, deed, recipient, until, detail, image } = words
  const isDeed = deed !== undefined && actor.kind === 'person'
  if (isDeed && kind === 'note') return `${whoWords(actor)} noted: ${inLine(corrected ?? deed)}`
  const said = image && corrected !== null ? imageWords(corrected, true) : deed
  const sentence = isDeed ? `${whoWords(actor)} ${inLine(said ?? deed)}` : capital(inLine(text))
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
