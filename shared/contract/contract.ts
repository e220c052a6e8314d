import { z } from 'zod'
import { explanationSchema } from '../domain/explanation/explain.ts'
import { channelProblemSchema } from '../domain/page/schema.ts'
import { sourceProblemSchema } from '../domain/source/schema.ts'
import { timelineEntrySchema } from '../domain/timeline/timeline.ts'
import { polledSourceTextsSchema } from '../domain/settings/source-texts.ts'
import {
  MAX_SECRET_LENGTH,
  secretNameSchema,
  secretStatusSchema,
  settingsChangeSchema,
  settingsOutcomeSchema,
  settingsSchema,
} from './settings.ts'
import { historyOperations } from './operations/history.ts'

/** Longest snooze, ms: 30 days. A longer one is a silence and belongs to the source. */
export const MAX_SNOOZE_MS = 30 * 24 * 3_600_000
/** Longest note, in UTF-16 units. */
export const MAX_NOTE_LENGTH = 10_000

const incident = z.object({ incidentId: z.string().min(1).max(128) })

/** What a recorded command answers: the last journal entry that it wrote. */
export const receiptSchema = z.object({ seq: z.number().int().nonnegative() })
export type Receipt = z.infer<typeof receiptSchema>

/** What "test connection" found. */
export const connectionReportSchema = z.object({
  isWorking: z.boolean(),
  /** Sentences such as "Alertmanager 0.25.0, up since …", "23 alerts, 4 suppressed". */
  findings: z.array(z.string()),
  problem: sourceProblemSchema.nullable(),
})
export type ConnectionReport = z.infer<typeof connectionReportSchema>

/** What "send a test" found: whether the message was handed over, and facts about the channel. */
export const channelReportSchema = z.object({
  isWorking: z.boolean(),
  findings: z.array(z.string()),
  problem: channelProblemSchema.nullable(),
})
export type ChannelReport = z.infer<typeof channelReportSchema>

/**
 * The one map of what the cockpit may ask of the engine. Commands change something and are
 * journaled; queries change nothing that is kept; changes are to this machine's own files (settings,
 * secrets): not journaled, and never kept for later. The dispatcher, the client and the host's checks are derived from
 * it, so that nothing is written twice.
 */
export const contract = {
  /** "I have it": holds until the alert resolves, then re-arms. */
  'incident.acknowledge': { kind: 'command', input: incident, output: receiptSchema },
  /** "I do not have it after all": it asks for somebody again. */
  'incident.unacknowledge': { kind: 'command', input: incident, output: receiptSchema },
  /** Out of the way until `until` (ms since the epoch, UTC), or until it gets worse. */
  'incident.snooze': {
    kind: 'command',
    input: incident.extend({ until: z.number().int() }),
    output: receiptSchema,
  },
  'incident.unsnooze': { kind: 'command', input: incident, output: receiptSchema },
  'incident.note': {
    kind: 'command',
    input: incident.extend({ text: z.string().trim().min(1).max(MAX_NOTE_LENGTH) }),
    output: receiptSchema,
  },
  /** Refused with `alerts-still-firing` unless nothing fires or `evenIfFiring` is set. */
  'incident.resolve': {
    kind: 'command',
    input: incident.extend({ evenIfFiring: z.boolean().default(false) }),
    output: receiptSchema,
  },
  /** Takes a resolved one back: "it is not over". */
  'incident.reopen': { kind: 'command', input: incident, output: receiptSchema },
  /** Puts a resolved incident away. */
  'incident.close': { kind: 'command', input: incident, output: receiptSchema },

  /** Do not disturb until `until` (ms since the epoch, UTC); what breaks through still does. */
  'quiet.start': {
    kind: 'command',
    input: z.object({ until: z.number().int() }),
    output: receiptSchema,
  },
  'quiet.end': { kind: 'command', input: z.object({}), output: receiptSchema },
  /** "I'm awake": other pages wait while this incident is worked on, but for what breaks through. */
  'focus.start': { kind: 'command', input: incident, output: receiptSchema },
  'focus.end': { kind: 'command', input: z.object({}), output: receiptSchema },

  /** "Why is this shown, hidden, or not paged?" of an incident or of one of its alerts. */
  why: {
    kind: 'query',
    input: incident.extend({ alertKey: z.string().max(128).optional() }),
    output: z.object({ explanation: explanationSchema }),
  },
  /** The newest entries, oldest first, also of a closed incident. */
  'incident.timeline': {
    kind: 'query',
    input: incident,
    output: z.object({ entries: z.array(timelineEntrySchema), isCut: z.boolean() }),
  },
  ...historyOperations,
  /** Asks a source at once instead of at its next interval; without an id, all of them. */
  'source.poll': {
    kind: 'query',
    input: z.object({ sourceId: z.string().max(200).optional() }),
    output: z.object({ polled: z.number().int() }),
  },
  /** Tries a configured source and says what was found. */
  'source.test': {
    kind: 'query',
    input: z.object({ sourceId: z.string().max(200) }),
    output: connectionReportSchema,
  },
  /** Sends a message through a channel and says what became of it. */
  'channel.test': {
    kind: 'query',
    input: z.object({ channel: z.string().max(64) }),
    output: channelReportSchema,
  },
  /** The configuration as it can be edited; secrets by reference only. */
  'settings.read': { kind: 'query', input: z.object({}), output: settingsSchema },
  /** Changes the configuration file, if it is still the version that was read. */
  'settings.write': {
    kind: 'change',
    input: z.object({ version: z.string().max(128), change: settingsChangeSchema }),
    output: settingsOutcomeSchema,
  },
  /** Tries a source that is not saved and says what was found. */
  'source.try': {
    kind: 'query',
    input: z.object({ source: polledSourceTextsSchema }),
    output: connectionReportSchema,
  },
  /** Keeps a secret where only the engine reads it; answers with the reference for the file. */
  'secret.store': {
    kind: 'change',
    input: z.object({ name: secretNameSchema, value: z.string().min(1).max(MAX_SECRET_LENGTH) }),
    output: z.object({ reference: z.string() }),
  },
  /** Forgets a kept secret that the configuration does not name; one that it names stays. */
  'secret.forget': {
    kind: 'change',
    input: z.object({ name: secretNameSchema }),
    output: z.object({ isForgotten: z.boolean() }),
  },
  /** Where secrets are kept, and whether that works now. */
  'secret.status': { kind: 'query', input: z.object({}), output: secretStatusSchema },
  /** Steers the drill: pause, speed (1 is real time), or start the story again. */
  'drill.control': {
    kind: 'query',
    input: z.object({
      isPaused: z.boolean().optional(),
      speed: z.number().min(0.1).max(100).optional(),
      restart: z.boolean().optional(),
    }),
    output: z.object({}),
  },
} as const satisfies Record<string, Operation>

/** One entry of the contract: what goes in and comes out, as zod schemas. */
export interface Operation {
  readonly kind: 'command' | 'query' | 'change'
  readonly input: z.ZodType
  readonly output: z.ZodType
}

export type Contract = typeof contract
export type OperationName = keyof Contract
export type CommandName = {
  [Name in OperationName]: Contract[Name]['kind'] extends 'command' ? Name : never
}[OperationName]
/** What a caller passes: defaults may be left out. */
export type InputOf<Name extends OperationName> = z.input<Contract[Name]['input']>
/** What a handler gets: parsed, defaults filled in. */
export type ParsedInputOf<Name extends OperationName> = z.output<Contract[Name]['input']>
export type OutputOf<Name extends OperationName> = z.output<Contract[Name]['output']>

/** True for a name that the contract knows. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(contract, name)
}
