import { z } from 'zod'
import { growthRuleSchema } from '../domain/incident/growth-schema.ts'
import { rightSchema } from '../domain/person/right.ts'
import { personIdSchema, personSchema } from '../domain/person/schema.ts'
import { serviceTextsSchema } from '../domain/service/texts.ts'
import { severitySchema } from '../domain/severity/schema.ts'
import { eventSchema } from '../domain/watch/event.ts'
import { watchSnapshotSchema } from '../domain/watch/state.ts'
import { incidentMeasurementsSchema } from '../domain/measurement/schema.ts'
import { pulseSchema } from '../domain/source/schema.ts'
import { unrecordedSchema } from '../domain/unrecorded/schema.ts'
import { configProblemSchema } from './config-problem.ts'
import { contractErrorSchema } from './errors.ts'
import { playbookStatusSchema } from './playbook.ts'

export { configProblemSchema, type ConfigProblem } from './config-problem.ts'

/** How often the engine sends a pulse, ms. It is the heartbeat that tells the cockpit it is there. */
export const PULSE_INTERVAL_MS = 2_000
/** Without any message for this long, ms, the engine counts as lost. */
export const LOST_AFTER_MS = 6_000

/** Something that is wrong with the engine itself, in plain words. */
export const engineProblemSchema = z.object({
  code: z.enum([
    'journal-full',
    'journal-failed',
    'journal-damaged',
    'journal-new',
    'journal-tail-restored',
    'journal-tail-lost',
    'clock-jumped',
    'channel-failing',
    'internal',
  ]),
  /** What has the problem where there may be several of one code, such as a channel; else null. */
  subject: z.string().nullable(),
  message: z.string(),
  hint: z.string(),
  /** ms since the epoch, UTC. */
  since: z.number(),
})
export type EngineProblem = z.infer<typeof engineProblemSchema>

/** Where the drill is in its story; null when no drill runs. */
export const drillStatusSchema = z.object({
  isPaused: z.boolean(),
  speed: z.number(),
  /** ms into the story and its whole length, on the story's own clock. */
  at: z.number(),
  length: z.number(),
  scene: z.string(),
})
export type DrillStatus = z.infer<typeof drillStatusSchema>

/** What is not an event: who is there, how it is configured, what is wrong with it. */
export const engineStatusSchema = z.object({
  /** Whom this cockpit belongs to: its commands are recorded as theirs, as far as they may. */
  you: personSchema.extend({ rights: z.array(rightSchema) }),
  /** The owner of the machine, by id. */
  owner: personIdSchema,
  /** The owner and the people of the configuration. */
  people: z.array(personSchema),
  version: z.string(),
  startedAt: z.number(),
  config: z.object({
    path: z.string(),
    isPresent: z.boolean(),
    loadedAt: z.number(),
    /** Of every file of the playbook. */
    problems: z.array(configProblemSchema),
    /**
     * What is in effect in place of a configuration that cannot be used: its last valid version, since
     * `loadedAt`; where there never was one, the parts without problems, or nothing. Not there while
     * the file itself is in effect.
     */
    standIn: z.enum(['last-valid', 'part', 'nothing']).optional(),
  }),
  /** Not there where the host has no playbook. */
  playbook: playbookStatusSchema.optional(),
  /** Not there where the host has no runbooks. */
  runbooks: z
    .object({
      /** Another number each time `runbook.list` would answer differently, also after a restart. */
      revision: z.number().int(),
    })
    .optional(),
  groupBy: z.array(z.string()),
  /** When an acknowledged or snoozed incident pages again as it grows; null for never. */
  growth: growthRuleSchema.nullable().optional(),
  /** How pages reach a person. */
  reach: z.object({
    /** Channels that pages go to; empty when they end in the cockpit. */
    channels: z.array(z.string()),
    /** The end of the quiet hours that it is now, ms since the epoch, UTC; null outside of them. */
    quietHoursUntil: z.number().nullable(),
    /** The lowest severity that pages in spite of quiet hours. */
    breaksThrough: severitySchema,
    /** The severities that page; of the others notifications are off. */
    notifies: z.array(severitySchema),
  }),
  drill: drillStatusSchema.nullable(),
  problems: z.array(engineProblemSchema),
  /** Alerts that the journal refused; not there while there are none. */
  unrecorded: unrecordedSchema.optional(),
})
export type EngineStatus = z.infer<typeof engineStatusSchema>

const coveredSchema = z.object({ from: z.number().int(), through: z.number().int() })
/** A part of the journal by the numbers of its first and last event. */
export type Covered = Readonly<z.infer<typeof coveredSchema>>

/**
 * Engine to cockpit. First a snapshot, then deltas whose events are numbered: after a gap the
 * cockpit sends `sync` and gets a fresh snapshot. Status and pulses replace what was there.
 *
 * A large snapshot or delta comes in slices, so that reading it never holds the page up: all but the
 * last say that there is `more`, and together they are one.
 */
export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    state: watchSnapshotSchema,
    more: z.literal(true).optional(),
    /**
     * The ids of incidents that this person could once see and may not any more: what the cockpit has
     * kept of them is to be erased. Not there where there are none.
     */
    withheld: z.array(z.string()).optional(),
  }),
  z.object({
    type: z.literal('delta'),
    events: z.array(eventSchema),
    more: z.literal(true).optional(),
    /**
     * The events that this stands for, by their numbers, both included. Only there where some of them
     * are left out, as this person may not see what they are about.
     */
    covers: coveredSchema.optional(),
  }),
  z.object({ type: z.literal('status'), status: engineStatusSchema }),
  /** A person asked for this incident elsewhere (a notification, the tray, a link): show it. */
  z.object({ type: z.literal('open'), incidentId: z.string() }),
  /** The services that the playbook names; in place of those before. */
  z.object({ type: z.literal('services'), services: z.array(serviceTextsSchema) }),
  z.object({ type: z.literal('pulse'), now: z.number(), pulses: z.array(pulseSchema) }),
  /**
   * What is measured for some incidents: replaces what was known of each of them. `all`: of the
   * others nothing is measured any more.
   */
  z.object({
    type: z.literal('measurements'),
    incidents: z.array(incidentMeasurementsSchema),
    all: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal('response'),
    id: z.string(),
    outcome: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), value: z.unknown() }),
      z.object({ ok: z.literal(false), error: contractErrorSchema }),
    ]),
  }),
])
export type ServerMessage = z.infer<typeof serverMessageSchema>
/** The messages that go to every cockpit, as opposed to answers to one. */
export type PushMessage = Exclude<ServerMessage, { type: 'response' }>

/**
 * Cockpit to engine. The id of a command request identifies the command for ever: sent twice, it is
 * carried out once and answered twice.
 */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('request'),
    id: z.string().min(8).max(64),
    name: z.string().max(64),
    input: z.unknown(),
    /**
     * When the person gave it, ms since the epoch, UTC, on the cockpit's clock. Sent with a command
     * that was kept while the engine was away.
     */
    givenAt: z.number().optional(),
  }),
  z.object({ type: z.literal('sync') }),
  /** Whether a person looks at this cockpit now: sent on connecting and at each change. */
  z.object({ type: z.literal('presence'), hasFocus: z.boolean() }),
])
export type ClientMessage = z.infer<typeof clientMessageSchema>
