import { saidAt } from '../actor/schema.ts'
import type { Event, EventBody, EventType } from '../watch/event.ts'

/** An event of one type. */
export type EventOf<Type extends EventType> = Event & {
  readonly body: Extract<EventBody, { readonly type: Type }>
}

/** A sentence of a draft before it is numbered: what it says, and the events that say it. */
export interface Said {
  /** Names it among those of its section, and stays the same when other events come. */
  readonly key: string
  readonly text: string
  /** The numbers of the events that it is made of; there is always one. */
  readonly events: readonly number[]
}

/** How one part of a review is drafted. */
export type DraftSection = (story: Story) => readonly Said[]

/** The record of one incident, as the sections of a draft ask for it. Pure: it only reads. */
export interface Story {
  readonly incidentId: string
  /** In the order of the journal. */
  readonly events: readonly Event[]
  /** Events of these types, in their order, also those that came from an incident that was merged. */
  readonly all: <Type extends EventType>(...types: readonly Type[]) => readonly EventOf<Type>[]
  /** Those of them that are this very incident's own. */
  readonly own: <Type extends EventType>(...types: readonly Type[]) => readonly EventOf<Type>[]
  /** What opened it: alerts, a person, or a split; undefined where the record does not say. */
  readonly opened: Opening | undefined
  /** The alert of it that started first. */
  readonly firstAlert: EventOf<'alert.fired'> | undefined
  /** The last time that it was resolved. */
  readonly resolved: EventOf<'incident.resolved'> | undefined
}

/** What opened an incident. */
export type Opening = EventOf<'incident.triggered' | 'incident.declared' | 'incident.split'>

/** Reads the record of an incident. */
export function storyOf(incidentId: string, events: readonly Event[]): Story {
  function all<Type extends EventType>(...types: readonly Type[]): readonly EventOf<Type>[] {
    return events.filter((event): event is EventOf<Type> =>
      (types as readonly EventType[]).includes(event.body.type),
    )
  }
  const own: Story['own'] = (...types) =>
    all(...types).filter(
      ({ body }) =>
        'incidentId' in body && (body as { incidentId: unknown }).incidentId === incidentId,
    )
  const opened =
    own('incident.triggered', 'incident.declared')[0] ??
    all('incident.split').find(({ body }) => body.into === incidentId)
  const [firstAlert] = all('alert.fired').toSorted(
    (a, b) => a.body.startsAt - b.body.startsAt || a.seq - b.seq,
  )
  return {
    incidentId,
    events,
    all,
    own,
    opened,
    firstAlert,
    resolved: own('incident.resolved').at(-1),
  }
}

/** When it happened: earlier than recorded for what was said while the engine was away. */
export function whenOf({ actor, at }: Pick<Event, 'actor' | 'at'>): number {
  return saidAt(actor, at)
}

/** The last event for each thing that such events are about, in the order of the first ones. */
export function lastBy<Each extends Event>(
  events: readonly Each[],
  keyOf: (event: Each) => string,
): readonly Each[] {
  const last = new Map<string, Each>()
  for (const event of events) last.set(keyOf(event), event)
  return [...last.values()]
}

/** The numbers of some events, each once, in their order; those that are not there are left out. */
export function numbersOf(...events: readonly (Event | undefined)[]): readonly number[] {
  const numbers = events.flatMap((event) => (event ? [event.seq] : []))
  return [...new Set(numbers)].toSorted((a, b) => a - b)
}
