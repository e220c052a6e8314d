import { z } from 'zod'
import { departureKey, departureSchema, type Departure } from '../alert/departure.ts'
import { alertSchema, type Alert } from '../alert/schema.ts'
import { handoffSchema, type Handoff } from '../handoff/schema.ts'
import { impactSchema, type Impact } from '../impact/schema.ts'
import {
  changeSchema,
  surroundingsSchema,
  type Change,
  type Surroundings,
} from '../change/schema.ts'
import { incidentClocksSchema, type IncidentClocks } from '../clock/schema.ts'
import { restrictionSchema, type Restriction } from '../confidential/schema.ts'
import { coordinationSchema, type Coordination } from '../coordination/schema.ts'
import { executionSchema, type Execution } from '../execution/schema.ts'
import { feedbackSchema, type Feedback } from '../feedback/schema.ts'
import { incidentSchema, type Incident } from '../incident/schema.ts'
import { jobRecordSchema, type JobRecord } from '../job/schema.ts'
import {
  heldMeetingSchema,
  meetingDecisionSchema,
  type HeldMeeting,
  type MeetingDecision,
} from '../meeting/schema.ts'
import { pageSchema, type Page } from '../page/schema.ts'
import { nothingMuted, mutingSchema } from '../muting/schema.ts'
import { planSchema, type Plan } from '../plan/schema.ts'
import {
  remediationKey,
  remediationRecordSchema,
  remediationSchema,
  type Remediation,
  type RemediationRecord,
} from '../remediation/schema.ts'
import { responseSchema, type Response } from '../response/schema.ts'
import { reviewSchema, type Review } from '../review/schema.ts'
import { sourceSchema, type Source } from '../source/schema.ts'
import { watchedTriggersSchema, type WatchedTriggers } from '../trigger/schema.ts'
import { trustedSchema, type Trusted } from '../trust/schema.ts'
import { voiceKey, voiceMinuteSchema, type VoiceMinute } from '../voice/schema.ts'
import { walkthroughKey, walkthroughSchema, type Walkthrough } from '../walkthrough/schema.ts'
import { membersOf, type Members } from '../incident/members.ts'

/**
 * The lists of the state, and under which key each keeps its entities. A new list is one line here:
 * the state, its snapshot, what crosses the bridge and what a cockpit keeps are derived from it.
 */
const lists = {
  /** The latest episode of each label set. */
  alerts: { entities: z.array(alertSchema), keyOf: ({ key }: Alert) => key },
  /** Where alerts were before a move took them elsewhere. */
  departures: {
    entities: z.array(departureSchema).default([]),
    keyOf: (departure: Departure) => departureKey(departure),
  },
  incidents: { entities: z.array(incidentSchema), keyOf: ({ id }: Incident) => id },
  sources: { entities: z.array(sourceSchema), keyOf: ({ id }: Source) => id },
  /** The newest pages, oldest first. */
  pages: { entities: z.array(pageSchema).default([]), keyOf: ({ id }: Page) => id },
  /** The plans that are followed, each as it was when it was applied, by revision. */
  plans: { entities: z.array(planSchema).default([]), keyOf: ({ revision }: Plan) => revision },
  /** How the plan of each incident is followed, by the id of the incident. */
  responses: {
    entities: z.array(responseSchema).default([]),
    keyOf: ({ incidentId }: Response) => incidentId,
  },
  /** How runbooks are followed, by incident and runbook. */
  walkthroughs: {
    entities: z.array(walkthroughSchema).default([]),
    keyOf: (walkthrough: Walkthrough) => walkthroughKey(walkthrough),
  },
  /** What was run for each incident, and what runs, by id. */
  executions: {
    entities: z.array(executionSchema).default([]),
    keyOf: ({ executionId }: Execution) => executionId,
  },
  /** Where remediations stand, by incident and policy. */
  remediations: {
    entities: z.array(remediationSchema).default([]),
    keyOf: (remediation: Remediation) => remediationKey(remediation),
  },
  /** How often each policy of remediation was made use of, and whether it is stopped, by its name. */
  remediationRecords: {
    entities: z.array(remediationRecordSchema).default([]),
    keyOf: ({ policy }: RemediationRecord) => policy,
  },
  /** The texts whose commands are trusted on this machine, by runbook. */
  trusted: {
    entities: z.array(trustedSchema).default([]),
    keyOf: ({ runbook }: Trusted) => runbook,
  },
  /** The triggers of each incident that are crossed, by the id of the incident. */
  triggers: {
    entities: z.array(watchedTriggersSchema).default([]),
    keyOf: ({ incidentId }: WatchedTriggers) => incidentId,
  },
  /** What is recorded of the harm that each incident does, by the id of the incident. */
  impacts: {
    entities: z.array(impactSchema).default([]),
    keyOf: ({ incidentId }: Impact) => incidentId,
  },
  /** The changes of the last days, and those that are planned. */
  changes: { entities: z.array(changeSchema).default([]), keyOf: ({ id }: Change) => id },
  /** What lies around each incident, by its id; left out where no services and changes are known. */
  surroundings: {
    entities: z.array(surroundingsSchema).default([]),
    keyOf: ({ incidentId }: Surroundings) => incidentId,
  },
  /** What people said within the last day, by minute and service. */
  voices: {
    entities: z.array(voiceMinuteSchema).default([]),
    keyOf: (minute: VoiceMinute) => voiceKey(minute),
  },
  /** The jobs that must report, by name. */
  jobs: { entities: z.array(jobRecordSchema).default([]), keyOf: ({ job }: JobRecord) => job },
  /** The response clocks of each incident, by its id. */
  clocks: {
    entities: z.array(incidentClocksSchema).default([]),
    keyOf: ({ incidentId }: IncidentClocks) => incidentId,
  },
  /** Who may see the incidents that are, or were, confidential, by their id; also of those of long ago. */
  restrictions: {
    entities: z.array(restrictionSchema).default([]),
    keyOf: ({ incidentId }: Restriction) => incidentId,
  },
  /** How people work together on each incident, by its id; left out where they do not. */
  coordinations: {
    entities: z.array(coordinationSchema).default([]),
    keyOf: ({ incidentId }: Coordination) => incidentId,
  },
  /** The handoffs that wait to be accepted, and of each person the last ones that were, by id. */
  handoffs: {
    entities: z.array(handoffSchema).default([]),
    keyOf: ({ handoffId }: Handoff) => handoffId,
  },
  /** Whether people found the page of each incident useful, by its id. */
  feedbacks: {
    entities: z.array(feedbackSchema).default([]),
    keyOf: ({ incidentId }: Feedback) => incidentId,
  },
  /** The reviews that are wanted or written, by the id of their incident. */
  reviews: {
    entities: z.array(reviewSchema).default([]),
    keyOf: ({ incidentId }: Review) => incidentId,
  },
  /** The last held meeting of each kind, by kind. */
  heldMeetings: {
    entities: z.array(heldMeetingSchema).default([]),
    keyOf: ({ kind }: HeldMeeting) => kind,
  },
  /** What meetings decided and nobody has followed up, and the last ones that were, by id. */
  meetingDecisions: {
    entities: z.array(meetingDecisionSchema).default([]),
    keyOf: ({ id }: MeetingDecision) => id,
  },
} as const

type Lists = typeof lists

/** A list of the state by name. */
export type ListName = keyof Lists

/** What such a list holds. */
export type EntityOf<Name extends ListName> = Parameters<Lists[Name]['keyOf']>[0]

/** The names of all lists. */
export const listNames = Object.keys(lists) as readonly ListName[]

/** What the state holds beside its lists. */
const singles = {
  /** The last event in it. */
  seq: z.number().int().nonnegative(),
  muting: mutingSchema.default(nothingMuted),
  /** Spellings of unknown severity words that have paged: each pages through quiet hours once. */
  pagedWords: z.array(z.string()).readonly().default([]),
}

/** One value for each list. The names are those of the lists, so the result has them all. */
export function forEachList<Values extends Readonly<Record<ListName, unknown>>>(
  value: (name: ListName) => Values[ListName],
): Values {
  return Object.fromEntries(listNames.map((name) => [name, value(name)])) as Values
}

/** The state as plain JSON: the form of journal snapshots and of what the cockpit is sent. */
export const watchSnapshotSchema = z.object({
  ...singles,
  ...forEachList<{ [Name in ListName]: Lists[Name]['entities'] }>((name) => lists[name].entities),
})
export type WatchSnapshot = z.infer<typeof watchSnapshotSchema>

/** The lists of the state, each by the key of its entities. */
export type WatchLists = {
  readonly [Name in ListName]: ReadonlyMap<string, EntityOf<Name>>
}

/**
 * All that is known now: what the engine decides on and the cockpit shows. It is what the journal's
 * events add up to; `seq` is the last event in it. A list of which nothing changes stays the same
 * object, so that whatever was derived from it holds.
 */
export interface WatchState extends WatchLists, Readonly<Omit<WatchSnapshot, ListName>> {
  /** The keys of the alerts of each incident. Derived from the alerts, and never stored. */
  readonly members: Members
}

/** Writes the state as plain JSON values, without copying the entities. */
export function toSnapshot(state: WatchState): WatchSnapshot {
  return {
    ...restOf(state),
    ...forEachList<Pick<WatchSnapshot, ListName>>(
      (name) => [...state[name].values()] as WatchSnapshot[ListName],
    ),
  }
}

/** What the state holds beside its lists, as plain JSON values. */
export function restOf(state: WatchState): Omit<WatchSnapshot, ListName> {
  return { seq: state.seq, muting: state.muting, pagedWords: state.pagedWords }
}

/** Reads the state back from a snapshot that was parsed with {@link watchSnapshotSchema}. */
export function fromSnapshot(snapshot: WatchSnapshot): WatchState {
  const read = forEachList<WatchLists>((name) => {
    // The list and its keys are of the same name; TypeScript cannot follow the pair.
    const keyOf = lists[name].keyOf as (entity: EntityOf<ListName>) => string
    const entries = snapshot[name].map((entity) => [keyOf(entity), entity] as const)
    return new Map(entries) as WatchLists[ListName]
  })
  const { seq, muting, pagedWords } = snapshot
  return { seq, muting, pagedWords, ...read, members: membersOf(read.alerts.values()) }
}

/** The state before the first event. */
export const emptyWatch: WatchState = fromSnapshot({
  seq: 0,
  muting: nothingMuted,
  pagedWords: [],
  ...forEachList<Pick<WatchSnapshot, ListName>>(() => []),
})
