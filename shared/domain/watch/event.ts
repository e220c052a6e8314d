import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { labelsSchema, observationSchema, suppressionSchema, type Alert } from '../alert/schema.ts'
import { decisionSchema } from '../decision/schema.ts'
import {
  channelProblemSchema,
  dropReasonSchema,
  pageReasonSchema,
  seenSchema,
} from '../page/schema.ts'
import { holdReasonSchema } from '../incident/paging.ts'
import { severitySchema } from '../severity/schema.ts'
import { rejectionSchema, sourceHealthSchema, sourceProblemSchema } from '../source/schema.ts'

const alertSubject = { key: z.string(), alertId: z.string(), incidentId: z.string() }
const incidentSubject = { incidentId: z.string() }
/** The incident when the page is about one; null for a summary. */
const pageSubject = { pageId: z.string(), incidentId: z.string().nullable() }

/** What happened, by type. Past tense; a body never changes its meaning once released. */
const bodies = [
  /** A new episode of a label set: seen for the first time, or again after it had resolved. */
  z.object({
    type: z.literal('alert.fired'),
    ...alertSubject,
    labels: labelsSchema,
    annotations: labelsSchema,
    startsAt: z.number(),
    /** The source whose report made the episode known. */
    sourceId: z.string(),
    observations: z.record(z.string(), observationSchema),
    suppression: z.array(suppressionSchema),
    severity: severitySchema,
    decisions: z.array(decisionSchema),
  }),
  /** A source says something new of a known alert: texts, suppression, or that it sees it too. */
  z.object({
    type: z.literal('alert.changed'),
    ...alertSubject,
    sourceId: z.string(),
    observation: observationSchema,
    annotations: labelsSchema.optional(),
    /** When it is another one than before: an episode that came back under changed rules. */
    severity: severitySchema.optional(),
    suppression: z.array(suppressionSchema),
    decisions: z.array(decisionSchema),
  }),
  /** One source no longer lists it while another still does. */
  z.object({
    type: z.literal('alert.withdrawn'),
    ...alertSubject,
    sourceId: z.string(),
    suppression: z.array(suppressionSchema),
  }),
  /** The source lost its memory: it cannot tell whether the alert goes on. */
  z.object({
    type: z.literal('alert.unconfirmed'),
    ...alertSubject,
    sourceId: z.string(),
    suppression: z.array(suppressionSchema),
  }),
  z.object({
    type: z.literal('alert.resolved'),
    ...alertSubject,
    sourceId: z.string(),
    reason: z.enum(['gone', 'fired-again', 'source-removed']),
  }),
  z.object({
    type: z.literal('alert.reclassified'),
    ...alertSubject,
    severity: severitySchema,
    suppression: z.array(suppressionSchema),
    decisions: z.array(decisionSchema),
  }),
  z.object({ type: z.literal('alert.flapping-started'), ...alertSubject, changes: z.number() }),
  z.object({ type: z.literal('alert.flapping-ended'), ...alertSubject }),

  z.object({
    type: z.literal('incident.triggered'),
    ...incidentSubject,
    groupKey: z.string(),
    group: labelsSchema,
    title: z.string(),
    severity: severitySchema,
    startedAt: z.number(),
    decisions: z.array(decisionSchema),
  }),
  /** It asks for a person again: an acknowledged or resolved incident got worse or came back. */
  z.object({
    type: z.literal('incident.retriggered'),
    ...incidentSubject,
    reason: z.enum(['fired-again', 'worse', 'unsuppressed']),
    severity: severitySchema,
    decisions: z.array(decisionSchema),
    /** Only alerts that flap brought it back: who was told of it need not be told anew. */
    isFlapping: z.literal(true).optional(),
  }),
  /** Another alert is the worst of it now: it is called what that one says. */
  z.object({ type: z.literal('incident.retitled'), ...incidentSubject, title: z.string() }),
  z.object({ type: z.literal('incident.acknowledged'), ...incidentSubject }),
  z.object({ type: z.literal('incident.unacknowledged'), ...incidentSubject }),
  /** A person says that it is not over. */
  z.object({ type: z.literal('incident.reopened'), ...incidentSubject }),
  z.object({ type: z.literal('incident.snoozed'), ...incidentSubject, until: z.number() }),
  z.object({
    type: z.literal('incident.snooze-ended'),
    ...incidentSubject,
    reason: z.enum(['time', 'person']),
  }),
  z.object({ type: z.literal('incident.noted'), ...incidentSubject, text: z.string() }),
  z.object({ type: z.literal('incident.resolved'), ...incidentSubject, stillFiring: z.number() }),
  z.object({ type: z.literal('incident.closed'), ...incidentSubject }),

  /** A person is called; a delivery for each channel is written with it. */
  z.object({
    type: z.literal('page.requested'),
    ...pageSubject,
    tag: z.string(),
    reason: pageReasonSchema,
    severity: severitySchema,
    incidentIds: z.array(z.string()),
    channels: z.array(z.string()),
  }),
  /** The channel took it. */
  z.object({
    type: z.literal('page.sent'),
    ...pageSubject,
    channel: z.string(),
    attempts: z.number(),
  }),
  /** The channel could not take it. It is tried again unless this was the last attempt. */
  z.object({
    type: z.literal('page.failed'),
    ...pageSubject,
    channel: z.string(),
    attempts: z.number(),
    problem: channelProblemSchema,
    isFinal: z.boolean(),
  }),
  /** Before it could go out, it was not wanted any more. */
  z.object({
    type: z.literal('page.dropped'),
    ...pageSubject,
    channel: z.string(),
    reason: dropReasonSchema.default('over'),
  }),
  z.object({ type: z.literal('page.seen'), ...pageSubject, channel: z.string(), how: seenSchema }),
  /** Incidents that ask for a person and are not told now, and why. */
  z.object({
    type: z.literal('page.held'),
    incidentId: z.string().nullable(),
    incidentIds: z.array(z.string()),
    by: holdReasonSchema,
    until: z.number().nullable(),
  }),

  z.object({ type: z.literal('quiet.started'), until: z.number() }),
  z.object({ type: z.literal('quiet.ended'), reason: z.enum(['time', 'person']) }),
  z.object({ type: z.literal('focus.started'), ...incidentSubject }),
  z.object({
    type: z.literal('focus.ended'),
    ...incidentSubject,
    reason: z.enum(['person', 'over', 'time']),
  }),

  z.object({
    type: z.literal('source.added'),
    sourceId: z.string(),
    name: z.string(),
    sourceType: z.string(),
  }),
  z.object({ type: z.literal('source.removed'), sourceId: z.string() }),
  z.object({
    type: z.literal('source.health-changed'),
    sourceId: z.string(),
    health: sourceHealthSchema,
    problem: sourceProblemSchema.nullable(),
    lastAnswerAt: z.number().nullable(),
  }),
  /** The memory behind the answers is another one than before: the source restarted. */
  z.object({ type: z.literal('source.identified'), sourceId: z.string(), instance: z.string() }),
  /** What the source sends and cannot be read has changed. */
  z.object({
    type: z.literal('source.rejected'),
    sourceId: z.string(),
    rejections: z.array(rejectionSchema),
    more: z.number(),
  }),
] as const

/** The part of an event that says what happened, without when, who and in which order. */
export const eventBodySchema = z.discriminatedUnion('type', bodies)
export type EventBody = Readonly<z.infer<typeof eventBodySchema>>

/**
 * A journal entry. `seq` counts from 1 without gaps within one journal; `id` is derived from what
 * happened, so that two engines that decide the same write the same id; `at` is in ms since the
 * epoch, UTC, on the engine's clock.
 */
export const eventSchema = z.object({
  seq: z.number().int().positive(),
  id: z.string(),
  at: z.number(),
  actor: actorSchema,
  body: eventBodySchema,
})
export type Event = Readonly<z.infer<typeof eventSchema>>

/** An event before the journal numbered it. */
export type NewEvent = Omit<Event, 'seq'>

/** How events about an alert name it. */
export function alertSubjectOf({ key, id, incidentId }: Pick<Alert, 'key' | 'id' | 'incidentId'>) {
  return { key, alertId: id, incidentId }
}

/** The incident that an event belongs to, or null for events of sources. */
export function incidentOf(body: EventBody): string | null {
  return 'incidentId' in body ? body.incidentId : null
}

/** The thing an event is about: its id is derived from this and how many went before. */
export function subjectOf(body: EventBody): string {
  if ('alertId' in body) return body.alertId
  if ('pageId' in body) return body.pageId
  if ('incidentId' in body && body.incidentId !== null) return body.incidentId
  return 'sourceId' in body ? body.sourceId : 'watch'
}
