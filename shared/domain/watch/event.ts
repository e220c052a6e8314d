import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { alertEvents } from '../alert/events.ts'
import { changeEvents } from '../change/events.ts'
import { clockEvents } from '../clock/events.ts'
import { confidentialEvents } from '../confidential/events.ts'
import { coordinationEvents } from '../coordination/events.ts'
import { entryEvents } from '../entry/events.ts'
import type {
  BodiesOf,
  EventDefinition,
  EventLinks,
  EventScope,
  TimelineWords,
} from '../event/definition.ts'
import { executionEvents } from '../execution/events.ts'
import { handoffEvents } from '../handoff/events.ts'
import { feedbackEvents } from '../feedback/events.ts'
import { impactEvents } from '../impact/events.ts'
import { incidentEvents } from '../incident/events.ts'
import { jobEvents } from '../job/events.ts'
import { meetingEvents } from '../meeting/events.ts'
import { pageEvents } from '../page/events.ts'
import { mutingEvents } from '../muting/events.ts'
import { remediationEvents } from '../remediation/events.ts'
import { responseEvents } from '../response/events.ts'
import { reviewEvents } from '../review/events.ts'
import { silenceEvents } from '../silence/events.ts'
import { sourceEvents } from '../source/events.ts'
import { triggerEvents } from '../trigger/events.ts'
import { trustEvents } from '../trust/events.ts'
import { voiceEvents } from '../voice/events.ts'
import { walkthroughEvents } from '../walkthrough/events.ts'

/** Everything that is recorded, by concept. A new concept is one line here. */
export const eventsByConcept = {
  alert: alertEvents,
  incident: incidentEvents,
  page: pageEvents,
  muting: mutingEvents,
  source: sourceEvents,
  silence: silenceEvents,
  response: responseEvents,
  walkthrough: walkthroughEvents,
  execution: executionEvents,
  remediation: remediationEvents,
  trust: trustEvents,
  trigger: triggerEvents,
  impact: impactEvents,
  change: changeEvents,
  voice: voiceEvents,
  job: jobEvents,
  clock: clockEvents,
  handoff: handoffEvents,
  confidential: confidentialEvents,
  coordination: coordinationEvents,
  feedback: feedbackEvents,
  entry: entryEvents,
  review: reviewEvents,
  meeting: meetingEvents,
} as const

type EventsByConcept = typeof eventsByConcept

/** A concept that has events. */
export type Concept = keyof EventsByConcept

/** The body of an event of one concept. */
export type BodyOfConcept<Of extends Concept> = {
  [Each in Of]: BodiesOf<EventsByConcept[Each]>[keyof EventsByConcept[Each]]
}[Of]

/** What happened, without when, who and in which order. */
export type EventBody = BodyOfConcept<Concept>

/** What can happen, as the journal spells it. */
export type EventType = EventBody['type']

interface KnownEvent {
  readonly concept: Concept
  readonly definition: EventDefinition
}

const known: ReadonlyMap<string, KnownEvent> = new Map(
  (
    Object.entries(eventsByConcept) as [Concept, Readonly<Record<string, EventDefinition>>][]
  ).flatMap(([concept, events]) =>
    Object.entries(events).map(([type, definition]) => [type, { concept, definition }] as const),
  ),
)

/** Every type of event. */
export const eventTypes = [...known.keys()] as readonly EventType[]

function knownEvent({ type }: EventBody): KnownEvent {
  const event = known.get(type)
  if (!event) throw new Error(`No concept has the event ${type}`)
  return event
}

type BodySchema = z.ZodObject<{ readonly type: z.ZodLiteral<EventType> }>

const [first, ...others] = [...known].map(([type, { definition }]): BodySchema =>
  z.object({ type: z.literal(type as EventType), ...definition.body.shape }),
)
if (!first) throw new Error('No concept has an event')

/** Reads a body as it stands in the journal or comes over the bridge. */
export const eventBodySchema = z.discriminatedUnion('type', [
  first,
  ...others,
]) as unknown as z.ZodType<EventBody>

/**
 * A journal entry. `seq` counts from 1 without gaps within one journal; `id` is derived from what
 * happened, so that two engines that decide the same write the same id; `at` is in ms since the
 * epoch, UTC, on the engine's clock.
 */
export const eventSchema = z.object({
  seq: z.number().int().positive(),
  id: z.string(),
  at: z.number(),
  actor: actorSchema,
  body: eventBodySchema,
})
export type Event = Readonly<z.infer<typeof eventSchema>>

/** An event before the journal numbered it. */
export type NewEvent = Omit<Event, 'seq'>

/** The concept that an event belongs to. */
export function conceptOf(body: EventBody): Concept {
  return knownEvent(body).concept
}

/** The concept of a type of event, such as a line of a timeline names; null for an unknown one. */
export function conceptOfType(type: string): Concept | null {
  return known.get(type)?.concept ?? null
}

/** Whether every engine that watches the same would record it, or only this machine. */
export function scopeOf(body: EventBody): EventScope {
  return knownEvent(body).definition.scope
}

/** The incident whose record an event stands on; null for one that stands on none, or on many. */
export function incidentOf(body: EventBody): string | null {
  return knownEvent(body).definition.incident(body)
}

/** The incidents beyond {@link incidentOf} on whose timelines an event stands; null for none. */
export function linksOf(body: EventBody): EventLinks | null {
  return knownEvent(body).definition.links?.(body) ?? null
}

/** All incidents on whose timelines an event stands by what it says itself, its own one first. */
export function incidentsOf(body: EventBody): readonly string[] {
  const own = incidentOf(body)
  const others = linkedIncidents(linksOf(body))
  return own === null ? others : [own, ...others]
}

function linkedIncidents(links: EventLinks | null): readonly string[] {
  if (links === null || links.kind === 'as-subject') return []
  return links.kind === 'listed' ? links.incidentIds : [links.on]
}

/** The types of events that can belong to several incidents. */
export const linkingTypes: readonly EventType[] = eventTypes.filter(
  (type) => known.get(type)?.definition.links !== undefined,
)

/** The thing an event is about: its id is derived from this and how many went before. */
export function subjectOf(body: EventBody): string {
  return knownEvent(body).definition.subject(body)
}

/** How the timeline of its incident says it; null when it has no line there. */
export function wordsOf(body: EventBody): TimelineWords | null {
  return knownEvent(body).definition.words(body)
}
