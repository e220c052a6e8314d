import { clockWords } from '../handoff/clock-words.ts'
import {
  MAX_HANDOFF_LINES,
  handoffSections,
  type HandoffLine,
  type Period,
} from '../handoff/schema.ts'
import { currentId, type Reader } from '../person/identity.ts'
import type { Event, EventType } from '../watch/event.ts'
import type { DraftContext, SectionReader } from './section.ts'
import { readChanges } from './sections/changes.ts'
import { readEscalations } from './sections/escalations.ts'
import { readExpiring } from './sections/expiring.ts'
import { readIncidentSections } from './sections/incidents.ts'
import { readNoisy } from './sections/noisy.ts'
import { readWoken } from './sections/woken.ts'

/** What a draft is asked for. */
export interface DraftQuestion {
  readonly period: Period
  /** IANA name of the zone whose wall clock the times are said by. */
  readonly zone: string
  /** Whose shift it is. */
  readonly person: Pick<Reader, 'id' | 'owner'>
  /** True for an incident that is left out: practice, or not for who reads. */
  readonly isLeftOut: (incidentId: string) => boolean
  /** True for an incident that not everybody may see. */
  readonly isConfidential: (incidentId: string) => boolean
}

/** Makes a draft of events that come one by one. */
export interface Drafting {
  /** Takes the next event, in the order of the journal. Those from the end of the period on are nothing to it. */
  read(event: Event): void
  /** The lines, section by section. */
  lines(): readonly HandoffLine[]
}

/**
 * The types of events that matter although they were recorded before the shift, on whatever
 * incident: what they say may go on for long.
 */
export const lastingTypes: readonly EventType[] = [
  'silence.created',
  'silence.extended',
  'silence.expired',
  'change.recorded',
  'handoff.sent',
  'handoff.withdrawn',
]

/**
 * Begins a draft: what a shift's events say, as lines to be handed over. It wants the events of the
 * period, what was recorded before of the incidents that were open in it, and the
 * {@link lastingTypes}; all by their numbers. Pure but for itself, and it holds no more than it tells.
 */
export function beginDraft({
  period,
  zone,
  person,
  isLeftOut,
  isConfidential,
}: DraftQuestion): Drafting {
  const context: DraftContext = {
    period,
    words: clockWords(zone, period),
    isHandingOver: (id) => currentId(id, person) === currentId(person.id, person),
    isLeftOut,
    isConfidential,
  }
  const readers: readonly SectionReader[] = [
    readIncidentSections(context),
    readChanges(context),
    readExpiring(context),
    readNoisy(context),
    readEscalations(context),
    readWoken(context),
  ]
  return {
    read(event) {
      if (event.at >= period.to) return
      for (const reader of readers) reader.read(event)
    },
    lines() {
      const lines = readers.flatMap((reader) => reader.lines())
      return handoffSections
        .flatMap((section) => lines.filter((line) => line.section === section))
        .slice(0, MAX_HANDOFF_LINES)
    },
  }
}

/** The draft of events that are all there already. */
export function draftHandoff(
  events: Iterable<Event>,
  question: DraftQuestion,
): readonly HandoffLine[] {
  const drafting = beginDraft(question)
  for (const event of events) drafting.read(event)
  return drafting.lines()
}
