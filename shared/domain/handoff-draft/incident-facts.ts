import { actorName } from '../actor/name.ts'
import { saidAt, type Actor } from '../actor/schema.ts'
import type { HypothesisState } from '../coordination/schema.ts'
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

/** A text that somebody wrote, or that came of something. */
export interface RecordedText extends Recorded {
  readonly text: string
}

/** Something that was done or found, and the events that say so. */
export interface TriedFact extends RecordedText {
  /** False for what was only decided or found. */
  readonly isDeed: boolean
  readonly events: readonly number[]
}

/** A hypothesis as it stands since its event. */
export type HypothesisFact = RecordedText & { readonly state: HypothesisState }
/** A task as it stands since its event. */
export type TaskFact = RecordedText & {
  readonly owner: Person | null
  readonly dueAt: number | null
}
/** An approval that was asked for. */
export type ApprovalFact = RecordedText & { readonly of: Person }

/**
 * What a handoff says of one incident, read from its events. The reader below changes it as it goes;
 * nobody else does.
 */
export interface IncidentFacts {
  readonly id: string
  title: { readonly text: string; readonly seq: number }
  severity: { readonly value: Severity; readonly seq: number }
  readonly opened: Recorded & { readonly startedAt: number }
  status: 'open' | 'resolved' | 'closed'
  /** The incident that it was merged into, by id. */
  mergedInto: string | null
  acknowledged: Recorded | null
  mitigated: (Recorded & { readonly note: string | null }) | null
  snoozed: (Recorded & { readonly until: number }) | null
  resolved: (Recorded & { readonly stillFiring: number }) | null
  /** The events by which it came back, oldest first. */
  returned: readonly Recorded[]
  verdict: (Recorded & { readonly verdict: Verdict; readonly of: string | null }) | null
  impact: RecordedText | null
  commander: (Recorded & { readonly person: Person }) | null
  update: (Recorded & { readonly nextAt: number | null }) | null
  /** The events are the note's, and of what corrected it last. */
  note: (RecordedText & { readonly events: readonly number[] }) | null
  /** What was done about it, oldest first. */
  tried: readonly TriedFact[]
  readonly hypotheses: Map<string, HypothesisFact>
  /** Temporary measures that are in place. */
  readonly measures: Map<string, RecordedText>
  /** Tasks that nobody has ended. */
  readonly tasks: Map<string, TaskFact>
  /** What all its tasks have said, those that ended too. */
  readonly taskTexts: Set<string>
  /** The next step that the last handoff named. */
  handedOn: (RecordedText & { readonly handoffId: string }) | null
  /** Approvals that nobody has answered. */
  readonly approvals: Map<string, ApprovalFact>
}

/** An incident as an event makes it. */
export function newFacts(
  id: string,
  event: Event,
  made: { readonly title: string; readonly severity: Severity; readonly startedAt: number },
): IncidentFacts {
  const { seq } = event
  return {
    id,
    title: { text: made.title, seq },
    severity: { value: made.severity, seq },
    opened: { ...recorded(event), startedAt: made.startedAt },
    status: 'open',
    mergedInto: null,
    acknowledged: null,
    mitigated: null,
    snoozed: null,
    resolved: null,
    returned: [],
    verdict: null,
    impact: null,
    commander: null,
    update: null,
    note: null,
    tried: [],
    hypotheses: new Map(),
    measures: new Map(),
    tasks: new Map(),
    taskTexts: new Set(),
    handedOn: null,
    approvals: new Map(),
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
