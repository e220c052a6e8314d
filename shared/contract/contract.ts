import { z } from 'zod'
import { explanationSchema } from '../domain/decision/explain.ts'
import { sourceProblemSchema } from '../domain/source/schema.ts'
import { timelineEntrySchema } from '../domain/timeline/timeline.ts'

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

/**
 * The one map of what the cockpit may ask of the engine. Commands change something and are
 * journaled; queries change nothing that is kept. The dispatcher, the client and the host's checks are derived from
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
  readonly kind: 'command' | 'query'
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
