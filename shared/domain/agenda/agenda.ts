import type { Event, EventType } from '../watch/event.ts'
import type { MeetingKind } from '../meeting/schema.ts'
import { afternoonLines } from './afternoon.ts'
import { eveningLines } from './evening.ts'
import { readFacts, type AgendaFacts, type AgendaQuestion } from './facts.ts'
import { bounded, sectionsOf, type AgendaLine } from './line.ts'
import { morningLines } from './morning.ts'
import { weeklyLines } from './weekly.ts'

/** Those that count whenever they are recorded: what meetings leave behind. */
export const meetingTypes: readonly EventType[] = [
  'meeting.decided',
  'meeting.followed-up',
  'proposal.answered',
]

/** The types of events that agendas are made of: the others need not be read. */
export const agendaTypes: readonly EventType[] = [
  ...([
    ...['incident.triggered', 'incident.declared', 'incident.retriggered', 'incident.retitled'],
    ...['incident.acknowledged', 'incident.unacknowledged', 'incident.reopened'],
    ...['incident.mitigated', 'incident.unmitigated', 'incident.severity-set'],
    ...['incident.judged', 'incident.merged', 'incident.split', 'incident.noted'],
    ...['incident.resolved', 'incident.closed'],
  ] as const),
  ...(['alert.fired', 'alert.reclassified', 'plan.applied', 'execution.requested'] as const),
  ...(['role.assigned', 'role.released', 'task.opened', 'task.changed', 'task.ended'] as const),
  ...(['measure.taken', 'measure.removed', 'trigger.crossed', 'trigger.cleared'] as const),
  ...(['clock.expired', 'clock.met', 'page.failed', 'change.recorded'] as const),
  ...meetingTypes,
]

const linesOf: Readonly<
  Record<MeetingKind, (facts: AgendaFacts, question: AgendaQuestion) => readonly AgendaLine[]>
> = {
  morning: morningLines,
  afternoon: afternoonLines,
  evening: eveningLines,
  weekly: weeklyLines,
}

/** Makes an agenda of events that come one by one. */
export interface AgendaDraft {
  /** Takes the next event, in the order of the journal. */
  read(event: Event): void
  /** The lines, section by section. */
  lines(): readonly AgendaLine[]
}

/**
 * Begins an agenda. It wants the events of {@link agendaTypes} from the beginning of its window's two
 * weeks, and what was recorded before of the incidents that were open then. Pure but for itself.
 */
export function beginAgenda(question: AgendaQuestion): AgendaDraft {
  const reader = readFacts(question)
  return {
    read(event) {
      reader.read(event)
    },
    lines() {
      const lines = linesOf[question.kind](reader.facts(), question)
      return sectionsOf[question.kind].flatMap((section) =>
        bounded(lines.filter((line) => line.section === section)),
      )
    },
  }
}

/** The agenda of events that are all there already. */
export function agendaOf(events: Iterable<Event>, question: AgendaQuestion): readonly AgendaLine[] {
  const draft = beginAgenda(question)
  for (const event of events) draft.read(event)
  return draft.lines()
}
