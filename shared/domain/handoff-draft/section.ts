import { plainText } from '../plan/plain-text.ts'
import { toPrintable } from '../text/printable.ts'
import type { Event } from '../watch/event.ts'
import type { ClockWords } from '../handoff/clock-words.ts'
import {
  MAX_LINE_EVENTS,
  type HandoffLine,
  type HandoffSection,
  type Period,
} from '../handoff/schema.ts'

/** Most things that one section lists by themselves. */
export const MAX_LISTED = 60
/** Longest text from outside that stands in a sentence, in UTF-16 units. */
const MAX_QUOTED = 400

/** What a draft is made for. */
export interface DraftContext {
  readonly period: Period
  /** Times in the words of the zone of the person who hands over. */
  readonly words: ClockWords
  /** True for the person who hands over, by the id of an event. */
  readonly isHandingOver: (personId: string) => boolean
  /** True for an incident that is left out: practice, or not for who reads. */
  readonly isLeftOut: (incidentId: string) => boolean
  /** True for an incident that not everybody may see: nothing that names no incident tells of it. */
  readonly isConfidential: (incidentId: string) => boolean
}

/**
 * Makes the lines of one section. It is shown every event up to the end of the period, in the order
 * of the journal, and keeps only what it needs of them: a storm passes through.
 */
export interface SectionReader {
  read(event: Event): void
  /** The lines of what was read. */
  lines(): readonly HandoffLine[]
}

/** What a line says beside its section. */
type LineFacts = Pick<HandoffLine, 'id' | 'text'> &
  Partial<Pick<HandoffLine, 'under' | 'severity' | 'incidentId' | 'nextStep' | 'contact'>> & {
    readonly events: Iterable<number>
  }

/** A line with what was not said of it left empty, and its events in order. */
export function lineOf(section: HandoffSection, facts: LineFacts): HandoffLine {
  return {
    section,
    under: null,
    severity: null,
    incidentId: null,
    nextStep: null,
    contact: null,
    ...facts,
    events: inOrder(facts.events),
  }
}

function inOrder(events: Iterable<number>): number[] {
  return [...new Set(events)].toSorted((a, b) => a - b).slice(-MAX_LINE_EVENTS)
}

/**
 * At most {@link MAX_LISTED} of what is listed, and one line that counts the rest.
 *
 * @param more says how many more there are, as a sentence.
 */
export function listed(
  section: HandoffSection,
  lines: readonly HandoffLine[],
  more: (count: number) => string,
): readonly HandoffLine[] {
  const heads = lines.filter(({ under }) => under === null)
  if (heads.length <= MAX_LISTED) return lines
  const rest = new Set(heads.slice(MAX_LISTED).map(({ id }) => id))
  const kept = lines.filter(({ id, under }) => !rest.has(under ?? id))
  const events = lines.filter(({ id }) => rest.has(id)).flatMap((line) => line.events)
  return [...kept, lineOf(section, { id: `${section}:more`, text: more(rest.size), events })]
}

/** A text from outside as a part of a sentence: printable, in one line, and not too long. */
export function quoted(text: string, length = MAX_QUOTED): string {
  const line = toPrintable(plainText(text.slice(0, length * 4)), length * 4)
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line
}

/** `1 alert`, `3 alerts`. */
export function countOf(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`
}
