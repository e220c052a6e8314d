import { actorName } from '../actor/name.ts'
import { saidAt, type Actor } from '../actor/schema.ts'
import type { Verdict } from '../incident/schema.ts'
import type { Person } from '../person/schema.ts'
import type { Severity } from '../severity/schema.ts'
import type { Event } from '../watch/event.ts'

/** Something that was recorded: by which event, when (ms since the epoch, UTC), and by whom. */
export interface Recorded {
  readonly seq: number
  readonly at: number
  readonly by: Actor
}

/** A text that somebody wrote. */
export type RecordedText = Recorded & { readonly text: string }

/** What an agenda says of one incident. The reader changes it as it goes; nobody else does. */
export interface IncidentFacts {
  readonly id: string
  readonly opened: Recorded
  title: { readonly text: string; readonly seq: number }
  severity: { readonly value: Severity; readonly seq: number }
  /** The event by which it became a P0 first. */
  worst: Recorded | null
  isOver: boolean
  mergedInto: string | null
  acknowledged: Recorded | null
  mitigated: Recorded | null
  resolved: Recorded | null
  /** The event by which it came back last. */
  returned: Recorded | null
  /** The first times, whatever came after. */
  readonly first: { acknowledged?: Recorded; mitigated?: Recorded; resolved?: Recorded }
  commander: (Recorded & { readonly person: Person }) | null
  verdict: (Recorded & { readonly verdict: Verdict }) | null
  note: RecordedText | null
  readonly tasks: Map<string, RecordedText & { readonly owner: Person | null }>
  readonly measures: Map<string, RecordedText>
  readonly crossed: Map<string, RecordedText>
  /** The event that applied a plan; null where none was. */
  plan: number | null
  /** Names of its alerts, each with the event by which it fired here first. */
  readonly alerts: Map<string, number>
  /** The first thing that a person did about it. */
  acted: number | null
}

/** An incident as an event makes it. */
export function newFacts(
  id: string,
  event: Event,
  { title, severity }: { readonly title: string; readonly severity: Severity },
): IncidentFacts {
  const opened = recorded(event)
  const { seq } = event
  return {
    ...{ id, opened, title: { text: title, seq }, severity: { value: severity, seq } },
    worst: severity === 'P0' ? opened : null,
    ...{ isOver: false, mergedInto: null, acknowledged: null, mitigated: null, resolved: null },
    ...{ returned: null, first: {}, commander: null, verdict: null, note: null },
    ...{ tasks: new Map(), measures: new Map(), crossed: new Map(), plan: null },
    ...{ alerts: new Map(), acted: null },
  }
}

/** By which event, when it was said, and by whom. */
export function recorded({ seq, at, actor }: Event): Recorded {
  return { seq, at: saidAt(actor, at), by: actor }
}

/** Who did it, as a part of a sentence: ` by Ada`; empty for what happened by itself. */
export function byWhom({ by }: Pick<Recorded, 'by'>): string {
  return by.kind === 'person' ? ` by ${actorName(by)}` : ''
}
