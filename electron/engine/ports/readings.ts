import type { Before } from '#shared/domain/history/before.ts'
import type { FiredAlert } from '#shared/domain/history/fired.ts'
import type { DrillChoice, PastIncident } from '#shared/domain/history/schema.ts'
import type { PastHandoff } from '#shared/domain/handoff-draft/past-handoff.ts'
import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import type { HandoffLine, Period } from '#shared/domain/handoff/schema.ts'
import type { KnowledgeFound } from '#shared/domain/knowledge/schema.ts'
import type { IncidentStatus } from '#shared/domain/incident/schema.ts'
import type { Matcher } from '#shared/domain/matcher/matcher.ts'
import type { AgendaLine } from '#shared/domain/agenda/line.ts'
import type { MeetingKind } from '#shared/domain/meeting/schema.ts'
import type { MeetingWindow } from '#shared/domain/meeting/window.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'

/** Which past incidents are wanted. All conditions must hold; an empty list is no condition. */
export interface PastIncidentQuery {
  /** Every word of it must stand in the title, a label, an alert's name or a note; case is ignored. */
  readonly text: string
  readonly status: readonly IncidentStatus[]
  /** By the worst that it has been. */
  readonly severity: readonly Severity[]
  /** Conditions on the group's labels and, as `alertname`, on the names of its alerts. */
  readonly labels: readonly Matcher[]
  /** Opened at or after this, and before that; ms since the epoch, UTC; null is open. */
  readonly from: number | null
  readonly to: number | null
  readonly drills: DrillChoice
  /** Only those opened by an event before this number: the last one of the page before. */
  readonly before: number | null
  readonly limit: number
  /** Ids of incidents that are not there for whoever asks: they are neither found nor counted. */
  readonly without: readonly string[]
}

/** One page of past incidents, newest first. */
export interface PastIncidents {
  readonly incidents: readonly PastIncident[]
  /** How many there are in all pages. */
  readonly total: number
  /** How many more there would be with those of drills; 0 unless they are left out. */
  readonly drills: number
  /** What the next page comes before; null when this is the last one. */
  readonly next: number | null
  /** The last event of the journal that this answer knows. */
  readonly read: number
}

/** Alerts that have fired, of `total` by name. */
export interface FiredAlerts {
  readonly alerts: readonly FiredAlert[]
  readonly total: number
  /** The last event of the journal that this answer knows. */
  readonly read: number
}

/** The shift that a draft is made of. */
export interface ShiftQuestion {
  readonly period: Period
  /** IANA name of the zone whose wall clock the times are said by. */
  readonly zone: string
  /** Whose shift it is, and who owns this machine. */
  readonly person: { readonly id: string; readonly owner: string }
  readonly drills: DrillChoice
  /** Incidents that who asks may not see, by id. */
  readonly leftOut: readonly string[]
  /** Incidents that not everybody may see, by id. */
  readonly confidential: readonly string[]
}

/** What a shift's events say. */
export interface ShiftDraft {
  readonly lines: readonly HandoffLine[]
  /** Events that are damaged, and so said nothing. */
  readonly unreadable: number
  /** The last event of the journal that this answer knows. */
  readonly read: number
}

/** Which agenda is wanted. Times in ms since the epoch, UTC. */
export interface AgendaQuery {
  readonly kind: MeetingKind
  /** By the team's calendar. */
  readonly day: string
  readonly window: MeetingWindow
  /** What has happened by then is in it. */
  readonly to: number
  readonly drills: DrillChoice
  /** Incidents that are not for who reads, by id. */
  readonly leftOut: readonly string[]
}

/** What a meeting goes through. */
export interface MeetingAgenda {
  readonly lines: readonly AgendaLine[]
  /** Events that could not be read, and are not in it. */
  readonly unreadable: number
  /** The last event of the journal that this answer knows. */
  readonly read: number
}

/** What is searched for in all that is known. */
export interface KnowledgeQuery {
  /** Words that all must be there, each as the begin of a word; mistyped ones are corrected. */
  readonly text: string
  readonly limit: number
  /** Whether incidents of drills are found too. */
  readonly drills: boolean
  /** Ids of incidents and runbooks that are not there for whoever asks. */
  readonly without: readonly string[]
}

/** What such a search found. */
export interface FoundKnowledge extends KnowledgeFound {
  /** Runbooks that were searched with their texts. */
  readonly runbooks: number
  /** The last event of the journal that this answer knows. */
  readonly read: number
}

/** One page of handoffs, newest first. */
export interface PastHandoffs {
  readonly handoffs: readonly PastHandoff[]
  /** What the next page comes before; null when this is the last one. */
  readonly next: number | null
  readonly read: number
}

/** A handoff with its text; both null for one that the journal read so far does not know. */
export interface FoundHandoff {
  readonly past: PastHandoff | null
  readonly document: HandoffDocument | null
  readonly read: number
}

/** A runbook that is to be found: which text of it is in effect. */
export interface ShelvedRunbook {
  readonly id: string
  readonly hash: string
}

/** A runbook with its text. */
export interface ShelvedText extends ShelvedRunbook {
  readonly title: string
  /** Where it is, and whatever else it is called. */
  readonly names: string
  readonly text: string
}

/** Why there is no answer, in plain words. */
export interface ReadingsFailure {
  readonly code: 'unavailable' | 'cancelled'
  readonly message: string
  readonly hint: string
}

/**
 * What history needs of the journal, kept beside it so that asking never holds the engine up. It
 * follows the journal by itself, can lag behind, and can be thrown away and built again.
 */
export interface Readings {
  /** Says that the journal has grown. Returns at once. */
  recorded(): void
  /** A query that was cancelled by its signal fails with `cancelled`; it never rejects. */
  incidents(
    query: PastIncidentQuery,
    signal: AbortSignal,
  ): Promise<Result<PastIncidents, ReadingsFailure>>
  /** Null for an incident that the journal read so far does not know. */
  incident(
    id: string,
    signal: AbortSignal,
  ): Promise<
    Result<{ readonly incident: PastIncident | null; readonly read: number }, ReadingsFailure>
  >
  /**
   * What happened before an incident; null for one that the journal read so far does not know.
   *
   * @param without ids of incidents that are not there for whoever asks.
   */
  before(
    incidentId: string,
    without: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<{ readonly before: Before | null; readonly read: number }, ReadingsFailure>>
  /** What the events of a shift say, as lines to be handed over. */
  draft(question: ShiftQuestion, signal: AbortSignal): Promise<Result<ShiftDraft, ReadingsFailure>>
  /** Handoffs that were sent or received, newest first; `before` is what the page before gave as `next`. */
  handoffs(
    query: { readonly before: number | null; readonly limit: number },
    signal: AbortSignal,
  ): Promise<Result<PastHandoffs, ReadingsFailure>>
  /** The events of these numbers, ascending; what is damaged or not there is left out. */
  events(
    seqs: readonly number[],
    signal: AbortSignal,
  ): Promise<Result<{ readonly events: readonly Event[] }, ReadingsFailure>>
  handoff(id: string, signal: AbortSignal): Promise<Result<FoundHandoff, ReadingsFailure>>
  /**
   * Alerts that have fired, by name: at most `limit`, those that fired last first.
   *
   * @param without ids of incidents that are not there for whoever asks: no name that an alert of
   * theirs has is among the answers.
   */
  fired(
    limit: number,
    without: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<FiredAlerts, ReadingsFailure>>
  /** Searches incidents and runbooks by their words, the best first. */
  knowledge(
    query: KnowledgeQuery,
    signal: AbortSignal,
  ): Promise<Result<FoundKnowledge, ReadingsFailure>>
  /**
   * Says which runbooks there are. Others are not found any more; of those that are answered the text
   * is missing, or another one is in effect.
   */
  shelve(
    runbooks: readonly ShelvedRunbook[],
    signal: AbortSignal,
  ): Promise<Result<readonly string[], ReadingsFailure>>
  /** Brings texts of runbooks. */
  keepRunbooks(
    texts: readonly ShelvedText[],
    signal: AbortSignal,
  ): Promise<Result<null, ReadingsFailure>>
  /** What a meeting goes through, read anew each time. */
  agenda(query: AgendaQuery, signal: AbortSignal): Promise<Result<MeetingAgenda, ReadingsFailure>>
  /** Lets go of the journal; queries that wait fail. */
  close(): Promise<void>
}
