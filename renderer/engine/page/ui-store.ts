import type { DraftKind } from '#shared/domain/knowledge/draft.ts'
import type { CommandName, InputOf, ParsedInputOf } from '#shared/contract/contract.ts'
import type { Prepared } from '#shared/contract/operations/execution.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { TimelineImage } from '#shared/domain/image/schema.ts'
import type { Execution } from '#shared/domain/execution/schema.ts'
import type { MeetingKind } from '#shared/domain/meeting/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { IncidentForm } from './incident-form.ts'
import { collapsibleSections, type Section } from '../watch/queue.ts'

/** The screens, in the order of their keys: 1 to 4, the handoff on 6, the playbook on 7, the settings on 9. */
export const screens = [
  'now',
  'alerts',
  'incidents',
  'runbooks',
  'handoff',
  'playbook',
  'settings',
] as const
export type TabScreen = (typeof screens)[number]
/** Those, and what is reached from elsewhere. */
export type Screen = TabScreen | 'meetings'

/** The clocks that a person's word ends. */
export type SaidClock = ParsedInputOf<'clock.meet'>['kind']

/** What is to be silenced: what an incident has, or alerts by key. */
export type SilenceTarget =
  | { readonly kind: 'incident'; readonly incidentId: string }
  | { readonly kind: 'alerts'; readonly keys: readonly string[] }

/** What lies over the screen: one thing or nothing. */
export type Dialog =
  | { readonly kind: 'why'; readonly incidentId: string; readonly alertKey?: string }
  | { readonly kind: 'resolve'; readonly incidentId: string; readonly refusal: ContractError }
  | { readonly kind: 'snooze'; readonly incidentId: string }
  | { readonly kind: 'silence'; readonly target: SilenceTarget }
  | { readonly kind: 'impact'; readonly incidentId: string }
  /** Asks for what is to be recorded of an incident. */
  | { readonly kind: 'incident-form'; readonly incidentId: string; readonly form: IncidentForm }
  /** A person says that something is wrong. */
  | { readonly kind: 'declare' }
  | { readonly kind: 'confidential'; readonly incidentId: string }
  /** Adds to the timeline what happened earlier, or an image: the one that was pasted, if any. */
  | { readonly kind: 'entry'; readonly incidentId: string; readonly image: File | null }
  /** Corrects what somebody wrote, by the entry's event; `text` is how it reads now. */
  | {
      readonly kind: 'correct'
      readonly incidentId: string
      readonly entry: { readonly seq: number; readonly at: number; readonly text: string }
    }
  /** Shows an image of the timeline as large as there is room. */
  | {
      readonly kind: 'image'
      readonly incidentId: string
      readonly entry: number
      readonly image: TimelineImage
    }
  | { readonly kind: 'clock'; readonly incidentId: string; readonly clock: SaidClock }
  /** Asks before something is changed or destroyed. */
  | {
      readonly kind: 'run'
      readonly place: InputOf<'execution.prepare'>
      readonly prepared: Prepared
    }
  /** The same of many targets; the title says which. */
  | {
      readonly kind: 'run-many'
      readonly place: InputOf<'execution.prepare-many'>
      readonly title: string
    }
  /** Shows a text of a runbook, to be trusted. */
  | {
      readonly kind: 'trust'
      readonly runbook: string
      readonly hash: string
      readonly title: string
      readonly text: string
    }
  /** Makes a step of a runbook of what was run in a terminal. */
  | { readonly kind: 'step'; readonly execution: Execution }
  | { readonly kind: 'source'; readonly sourceId: string }
  /** `query` is what it begins with; behind `?` only what was learned is searched. */
  | { readonly kind: 'palette'; readonly query?: string }
  | { readonly kind: 'shortcuts' }

/** What is under way, or went wrong last, with one incident. */
export interface Work {
  /** By the name of the command; of commands on a part of it, such as a step, by {@link partOf}. */
  readonly pending: ReadonlySet<string>
  readonly refusal: { readonly name: CommandName; readonly error: ContractError } | null
}

/** What is under way with one part of an incident: others of it can be under way beside it. */
export function partOf(name: CommandName, part: string): string {
  return `${name} ${part}`
}

export const idle: Work = { pending: new Set(), refusal: null }

/** A selection by a person: another object each time, also when it is the same incident again. */
export interface Choice {
  readonly incidentId: string
}

/** Asks something of the queue: another object each time. */
export interface QueueRequest {
  /**
   * follow: the selected line comes into view, and a focus that is nowhere goes there.
   * refocus: a focus that is nowhere goes to the selected line; nothing scrolls.
   * enter: the queue comes into view, and its selected line has the focus, from wherever it was.
   */
  readonly kind: 'follow' | 'refocus' | 'enter'
}

/** A request for a part of an incident, such as the next step of its plan: another object each time. */
export interface PlanRequest {
  readonly incidentId: string
}

/** A request for something of the playbook: another object each time. */
export type PlaybookRequest =
  /** A plan by its id, opened. */
  | { readonly kind: 'plan'; readonly planId: string }
  /** A place in a file; lines and columns count from 1. */
  | {
      readonly kind: 'file'
      readonly path: string
      readonly place: { readonly line: number; readonly column: number }
    }
  /** A new plan for an alert, by its key. */
  | { readonly kind: 'draft'; readonly alertKey: string }
  /** A new plan or runbook from what was done in an incident. */
  | { readonly kind: 'learned'; readonly incidentId: string; readonly what: DraftKind }

/** A request for a runbook, opened: another object each time. */
export interface RunbookRequest {
  readonly id: string
  /** The place in it, as a link names it behind `#`; null for its begin. */
  readonly fragment: string | null
  /** The incident that led to it, which Escape leads back to; null where none did. */
  readonly incidentId: string | null
  /** A step of it, by its id, where one is wanted. */
  readonly step?: string | null
}

/** A request for an incident as history knows it, opened as a page: another object each time. */
export interface PastRequest {
  readonly incidentId: string
}

/** The reviews in the place of incidents: one of them, or with null the list of all. */
export interface ShownReviews {
  readonly incidentId: string | null
  /** True where the person came from the page of the incident: Escape leads back to it. */
  readonly isFromIncident: boolean
}

/** A request for a handoff, opened; null for the draft of the own one. Another object each time. */
export interface HandoffRequest {
  readonly handoffId: string | null
}

/** A request for a meeting's agenda: another object each time. */
export interface MeetingRequest {
  readonly kind: MeetingKind
}

/** Asks for a form in which a source can be added: another object each time. */
export interface AddSourceRequest {
  readonly kind: 'add-source'
}

/** What came of copying or exporting an incident: another object each time. */
export interface Taken {
  readonly incidentId: string
  readonly text: string
  readonly isProblem: boolean
}

/** Asks for the form of a source with heartbeats filled in: another object each time. */
export interface HeartbeatRequest {
  /** The source's name in the configuration. */
  readonly source: string
  /** Conditions on labels, one for each heartbeat. */
  readonly matchers: readonly string[]
}

/** What belongs to this page alone and is gone with it. */
export interface Ui {
  readonly screen: Screen
  /** The screen was asked for while it was shown already, last: another object each time. */
  readonly againRequest: object | null
  readonly selectedId: string | null
  /** The selected incident as it was last known, once the engine has let go of it. */
  readonly departed: Incident | null
  /** The selected incident, once it has left "Needs you": the next move starts where it was. */
  readonly leftWaiting: string | null
  /** What a person selected last; null while only Deckwatch has selected for them. */
  readonly choice: Choice | null
  /**
   * What was chosen when Deckwatch itself closed the selected incident: as long as that is still the
   * choice, nobody wants to see it. Null while it did not.
   */
  readonly endedDuring: { readonly choice: Choice | null } | null
  /** What the queue was asked for last. */
  readonly queueRequest: QueueRequest | null
  /** Asked for the next step of a plan, last. */
  readonly planRequest: PlanRequest | null
  /** Asked for all that was run for an incident, last. */
  readonly evidenceRequest: PlanRequest | null
  /** What was asked of the playbook, last. */
  readonly playbookRequest: PlaybookRequest | null
  /** What was asked of the runbooks, last. */
  readonly runbookRequest: RunbookRequest | null
  readonly pastRequest: PastRequest | null
  /** What of the reviews stands in the place of incidents; null shows the incidents. */
  readonly reviews: ShownReviews | null
  readonly handoffRequest: HandoffRequest | null
  readonly meetingRequest: MeetingRequest | null
  /** Asked for a form in which a source can be added, last. */
  readonly addSourceRequest: AddSourceRequest | null
  /** What was offered as a heartbeat, last. */
  readonly heartbeatRequest: HeartbeatRequest | null
  readonly dialog: Dialog | null
  readonly collapsed: ReadonlySet<Section>
  /** What is being written: notes by incident id, and the handoff under a name of its own. */
  readonly drafts: ReadonlyMap<string, string>
  /** By incident id. */
  readonly work: ReadonlyMap<string, Work>
  /** Incidents of which whoever reads this does not want to say whether the page was useful. */
  readonly unrated: ReadonlySet<string>
  /** What came of the last copy or export; null when that is no longer shown. */
  readonly taken: Taken | null
  /** Why the last command about the watch as a whole was refused; null when it was not. */
  readonly watchRefusal: ContractError | null
  /** Why a message of the engine could not be read; null while all could. */
  readonly unreadable: string | null
}

export type UiStore = StoreApi<Ui>

/** A fresh page: nothing selected, sections that wait for nobody are collapsed. */
export function createUiStore(): UiStore {
  return createStore<Ui>(() => ({
    screen: 'now',
    againRequest: null,
    selectedId: null,
    departed: null,
    leftWaiting: null,
    choice: null,
    endedDuring: null,
    queueRequest: null,
    planRequest: null,
    evidenceRequest: null,
    playbookRequest: null,
    runbookRequest: null,
    pastRequest: null,
    reviews: null,
    handoffRequest: null,
    meetingRequest: null,
    addSourceRequest: null,
    heartbeatRequest: null,
    dialog: null,
    collapsed: collapsibleSections,
    drafts: new Map(),
    work: new Map(),
    unrated: new Set(),
    taken: null,
    watchRefusal: null,
    unreadable: null,
  }))
}
