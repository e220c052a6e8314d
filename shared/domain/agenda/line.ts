import { z } from 'zod'
import { severitySchema } from '../severity/schema.ts'
import { toPrintable } from '../text/printable.ts'
import { formatDuration } from '../duration/format-duration.ts'
import { plainText } from '../plan/plain-text.ts'
import {
  MAX_PROPOSAL_EVENTS,
  proposalAnswerSchema,
  proposalKindSchema,
  type MeetingKind,
} from '../meeting/schema.ts'

/** Most events that a line names: the last ones. What it counts, it counts in full. */
export const MAX_LINE_EVENTS = MAX_PROPOSAL_EVENTS
/** Most lines of a section; one more says how many there are beyond. */
export const MAX_SECTION_LINES = 40
/** Longest text from outside that stands in a line, in UTF-16 units. */
const MAX_QUOTED = 200

/** The sections of agendas. */
export const agendaSectionSchema = z.enum([
  'overnight',
  'open',
  'owners',
  'trends',
  'decided',
  'progress',
  'new',
  'escalations',
  'contacts',
  'ongoing',
  'risks',
  'planned',
  'bottlenecks',
  'false-alarms',
  'patterns',
  'noisy',
  'proposals',
])
export type AgendaSection = z.infer<typeof agendaSectionSchema>

/** What each meeting goes through, in this order. */
export const sectionsOf: Readonly<Record<MeetingKind, readonly AgendaSection[]>> = {
  morning: ['overnight', 'open', 'owners', 'trends'],
  afternoon: ['decided', 'progress', 'new', 'escalations'],
  evening: ['contacts', 'ongoing', 'risks', 'planned'],
  weekly: ['bottlenecks', 'false-alarms', 'patterns', 'noisy', 'proposals'],
}

/** How a section is called, and what its being empty means. */
export const sectionWords: Readonly<
  Record<AgendaSection, { readonly title: string; readonly empty: string }>
> = {
  overnight: { title: 'P0 incidents overnight', empty: 'No P0 incident overnight' },
  open: { title: 'Open P0, P1 and P2 incidents', empty: 'No open P0, P1 or P2 incident' },
  owners: { title: 'Owners', empty: 'No incident to own' },
  trends: { title: 'Trends', empty: 'No incident and no alert in two weeks' },
  decided: { title: 'Decided earlier today', empty: 'Nothing was decided earlier today' },
  progress: { title: 'Progress since the morning', empty: 'No progress recorded' },
  new: { title: 'New incidents', empty: 'No new incident' },
  escalations: { title: 'Escalations', empty: 'No escalation' },
  contacts: { title: 'Contacts', empty: 'No page failed in the last 24 hours' },
  ongoing: { title: 'Ongoing incidents for the night', empty: 'No open incident' },
  risks: { title: 'Known risks', empty: 'No temporary measure and no crossed trigger' },
  planned: { title: 'Planned changes', empty: 'No planned change is known' },
  bottlenecks: { title: 'Longest waits', empty: 'No incident waited for a person' },
  'false-alarms': { title: 'False alarms', empty: 'No incident was judged a false alarm' },
  patterns: { title: 'Escalation patterns', empty: 'No escalation' },
  noisy: { title: 'Noisy alerts', empty: 'No noisy alert' },
  proposals: { title: 'Proposals', empty: 'No proposal this week' },
}

/** A change that the week suggests, and what was said to it. */
export const proposalSchema = z.object({
  id: z.string(),
  kind: proposalKindSchema,
  why: z.string(),
  /** Null while nobody has answered. */
  answered: z
    .object({ answer: proposalAnswerSchema, by: z.string(), reason: z.string().nullable() })
    .nullable(),
})
export type Proposal = Readonly<z.infer<typeof proposalSchema>>

/** One line of an agenda: what it says is in the events that it names, and nowhere else. */
export const agendaLineSchema = z.object({
  id: z.string(),
  section: agendaSectionSchema,
  text: z.string(),
  severity: severitySchema.nullable(),
  /** When what it says is or was, ms since the epoch, UTC; null where the text says enough. */
  at: z.number().nullable(),
  /** The incident that it leads to; null for none. */
  incidentId: z.string().nullable(),
  /** Something is missing that the meeting should see to: an owner, a next step. */
  isGap: z.boolean(),
  /** The numbers of its events, ascending. */
  events: z.array(z.number()),
  /** Only of a proposal. */
  proposal: proposalSchema.nullable(),
})
export type AgendaLine = Readonly<z.infer<typeof agendaLineSchema>>

type LineFacts = Pick<AgendaLine, 'id' | 'text'> &
  Partial<Pick<AgendaLine, 'severity' | 'at' | 'incidentId' | 'isGap' | 'proposal'>> & {
    readonly events: Iterable<number | null | undefined>
  }

/** A line with what was not said of it left empty, and its events in order. */
export function lineOf(section: AgendaSection, facts: LineFacts): AgendaLine {
  const events = new Set([...facts.events].filter((seq) => typeof seq === 'number'))
  return {
    ...{ section, severity: null, at: null, incidentId: null, isGap: false, proposal: null },
    ...facts,
    id: `${section}:${facts.id}`,
    events: [...events].toSorted((a, b) => a - b).slice(-MAX_LINE_EVENTS),
  }
}

/** At most {@link MAX_SECTION_LINES} lines, and one that counts the rest. */
export function bounded(lines: readonly AgendaLine[]): readonly AgendaLine[] {
  const rest = lines.slice(MAX_SECTION_LINES)
  const [first] = rest
  if (!first) return lines
  const events = rest.flatMap((line) => line.events)
  const more = lineOf(first.section, { id: 'more', text: `${String(rest.length)} more`, events })
  return [...lines.slice(0, MAX_SECTION_LINES), more]
}

/** A text from outside as a part of a line: printable, in one line, and not too long. */
export function quoted(text: string, length = MAX_QUOTED): string {
  const line = toPrintable(plainText(text.slice(0, length * 4)), length * 4)
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line
}

/** `1 incident`, `3 incidents`. */
export function countOf(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A length of time as a person says it: `40m`, `3h5m`, `2d4h`; ms. */
export function roughly(ms: number): string {
  const step = ms >= 86_400_000 ? 3_600_000 : ms >= 60_000 ? 60_000 : 1_000
  return formatDuration(Math.floor(Math.max(0, ms) / step) * step)
}
