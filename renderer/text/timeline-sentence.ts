import { RECIPIENT } from '#shared/domain/event/definition.ts'
import { currentId, type Reader } from '#shared/domain/person/identity.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import type { TimelineEntry } from '#shared/domain/timeline/timeline.ts'
import type { EventType } from '#shared/domain/watch/event.ts'
import { whoIs } from './who.ts'

/** A line of a timeline as this reader reads it. A time may end it. */
export interface Sentence {
  /** Who acts, as the begin of the sentence; null where the text is one by itself. */
  readonly who: string | null
  readonly text: string
}

const opening: ReadonlySet<string> = new Set<EventType>([
  'incident.triggered',
  'incident.retriggered',
])

/** Makes a sentence of an entry: with who acts in front, or with whom it names in it. */
export function sentenceOf(entry: TimelineEntry, reader: Reader | undefined): Sentence {
  const { actor, isDeed, recipient, text, type } = entry
  if (isDeed) return { who: atBegin(whoIs(actor, reader)), text }
  const lead = `${RECIPIENT} `
  if (recipient !== undefined && text.startsWith(lead)) {
    return { who: atBegin(whom(recipient, reader)), text: text.slice(lead.length) }
  }
  const named =
    recipient === undefined ? text : text.replace(RECIPIENT, () => whom(recipient, reader))
  // Of what opened an incident, or opened it again, only the actor says from which source it came.
  const source = opening.has(type) && actor.kind === 'source' ? ` (${actor.id})` : ''
  return { who: null, text: `${named}${source}` }
}

/** A name as a sentence begins with it. */
const atBegin = (who: string) => (who === 'you' ? 'You' : who)

/** Who is paged, or acted, by the name of today. */
function whom(id: string, reader: Reader | undefined): string {
  if (!reader) return id === OWNER_ID ? 'the owner' : id
  const current = currentId(id, reader)
  if (current === currentId(reader.id, reader)) return 'you'
  return reader.people.find((person) => person.id === current)?.name ?? current
}
