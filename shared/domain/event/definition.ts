import type { z } from 'zod'
import type { Actor } from '../actor/schema.ts'
import type { TimelineImage } from '../image/schema.ts'

/**
 * Whom an event is about. `shared`: every engine that watches the same alerts decides the same, so
 * its id is derived from the incident alone. `this-machine`: what one desktop sees and asks for
 * (quiet hours, focus, its notifications, how its sources answer); no other engine has it.
 */
export type EventScope = 'shared' | 'this-machine'

/** Where a line of a timeline names a person, such as who is paged: `you`, or their name. */
export const RECIPIENT = '{recipient}'

/** How a timeline says that something happened. */
export interface TimelineWords {
  /** Equal lines of alerts are folded into one. A note is what a person wrote, word for word. */
  readonly kind: 'alert' | 'incident' | 'note'
  /** What happened, as a sentence of its own: `Incident resolved`. */
  readonly text: string
  /** The same when a person did it, as said after their name: `resolved the incident`. */
  readonly deed?: string
  /** Whom the text names where it has {@link RECIPIENT}, by id: who is paged, or who acted. */
  readonly recipient?: string
  /** A time that follows the text, ms since the epoch, UTC. */
  readonly until?: number
  /** When it happened, where that is not when it was recorded, ms since the epoch, UTC. */
  readonly happenedAt?: number
  /** The picture that it shows. */
  readonly image?: TimelineImage
  /** What is said after that time: an end must never be what a long text cuts off. */
  readonly detail?: string
}

/**
 * The incidents beyond its own on whose timelines an event stands. `listed` names them; with
 * `isForSubject`, later events of the same subject stand on them too. `as-subject` is such a later
 * event: it does not repeat the list. `whole-record`: the event, and all that was recorded of one
 * incident until then, stand on another incident's timeline as well.
 */
export type EventLinks =
  | {
      readonly kind: 'listed'
      readonly incidentIds: readonly string[]
      readonly isForSubject: boolean
    }
  | { readonly kind: 'as-subject' }
  | { readonly kind: 'whole-record'; readonly of: string; readonly on: string }

/** What has to be said of each event beside its body. Every part is asked for by the compiler. */
export interface EventFacts<Body> {
  readonly scope: EventScope
  /** The thing that the event is about: its id is derived from this. */
  subject(body: Body): string
  /** The incident whose record it stands on; null when it stands on none, or on many. */
  incident(body: Body): string | null
  /**
   * The incidents beyond its own that it belongs to; null when there are none. Left out by events
   * that never belong to several incidents.
   */
  links?(body: Body): EventLinks | null
  /** Its line on the timeline of its incidents; null when it has none. */
  words(body: Body): TimelineWords | null
}

/** One type of event: what is recorded, and what follows from it alone. */
export interface EventDefinition<Schema extends z.ZodObject = z.ZodObject> extends EventFacts<
  z.output<Schema>
> {
  /** What is recorded beside the type. It never changes its meaning once released. */
  readonly body: Schema
}

/** Describes one type of event. */
export function defineEvent<Schema extends z.ZodObject>(
  body: Schema,
  facts: EventFacts<z.output<Schema>>,
): EventDefinition<Schema> {
  return { body, ...facts }
}

/** The events of one concept, by their type as the journal spells it. */
export type EventDefinitions = Readonly<Record<string, EventDefinition>>

/** The bodies of some events by type, each with its `type`. */
export type BodiesOf<Definitions> = {
  readonly [Type in keyof Definitions]: Definitions[Type] extends EventDefinition<infer Schema>
    ? Readonly<{ type: Type } & z.output<Schema>>
    : never
}

/** Any body of these events. */
export type BodyOf<Definitions> = BodiesOf<Definitions>[keyof Definitions]

/** When something happened and who did it: what an `evolve` may know beside the body. */
export interface Occurrence {
  /** ms since the epoch, UTC, on the engine's clock. */
  readonly at: number
  readonly actor: Actor
}
