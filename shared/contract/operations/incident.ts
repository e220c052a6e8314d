import { z } from 'zod'
import { routeSchema } from '../../domain/routing/schema.ts'
import { explanationSchema } from '../../domain/explanation/explain.ts'
import { MAX_ENTRY_TEXT } from '../../domain/coordination/schema.ts'
import { timelinePageSchema } from '../../domain/timeline/timeline.ts'
import { verdictSchema } from '../../domain/incident/schema.ts'
import { MAX_SPLIT_ALERTS } from '../../domain/incident/reshape.ts'
import { severitySchema } from '../../domain/severity/schema.ts'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

/** Longest snooze, ms: 30 days. A longer one is a silence and belongs to the source. */
export const MAX_SNOOZE_MS = 30 * 24 * 3_600_000
/** Longest title of an incident that a person declares, in UTF-16 units. */
export const MAX_TITLE_LENGTH = 200
/** Longest note, in UTF-16 units. */
export const MAX_NOTE_LENGTH = 10_000

/** What a person does with an incident. It means the same hours later, so all of it is kept. */
const onIncident = {
  kind: 'command',
  needs: 'act',
  offline: 'keep',
  input: incidentInput,
  output: receiptSchema,
} as const

const reason = z.string().trim().min(1).max(MAX_ENTRY_TEXT)

/** What can be asked and done about an incident. */
export const incidentOperations = {
  /** "I have it": holds until the alert resolves, then re-arms. */
  'incident.acknowledge': onIncident,
  /** "I do not have it after all": it asks for somebody again. */
  'incident.unacknowledge': onIncident,
  /** Out of the way until `until` (ms since the epoch, UTC), or until it gets worse. */
  'incident.snooze': { ...onIncident, input: incidentInput.extend({ until: z.number().int() }) },
  'incident.unsnooze': onIncident,
  'incident.note': {
    ...onIncident,
    input: incidentInput.extend({ text: z.string().trim().min(1).max(MAX_NOTE_LENGTH) }),
  },
  /** It does no more harm, but is not over. Acknowledges it as well. */
  'incident.mitigate': {
    ...onIncident,
    input: incidentInput.extend({ note: reason.nullable().default(null) }),
  },
  /** It does harm again, or did all along. */
  'incident.unmitigate': onIncident,
  /** What a person says of its severity holds until something worse fires. */
  'incident.set-severity': {
    ...onIncident,
    input: incidentInput.extend({ severity: severitySchema, reason }),
  },
  /** What it turned out to be; of a duplicate also of which incident, by id. */
  'incident.judge': {
    ...onIncident,
    input: incidentInput.extend({
      verdict: verdictSchema,
      of: z.string().min(1).max(128).nullable().default(null),
    }),
  },
  /** Opens an incident that no alert made. Answers with its id. */
  'incident.declare': {
    kind: 'command',
    needs: 'act',
    offline: 'refuse',
    input: z.object({
      title: z.string().trim().min(1).max(MAX_TITLE_LENGTH),
      severity: severitySchema,
      description: reason.nullable().default(null),
      /** Whoever declares it takes it: nobody is paged. */
      isTaken: z.boolean().default(true),
    }),
    output: receiptSchema.extend({ incidentId: z.string() }),
  },
  /** It is the same as another one, and goes on there. */
  'incident.merge': {
    kind: 'command',
    needs: 'act',
    offline: 'refuse',
    input: incidentInput.extend({ into: z.string().min(1).max(128) }),
    output: receiptSchema,
  },
  /** Some of its alerts become an incident of their own. Answers with its id. */
  'incident.split': {
    kind: 'command',
    needs: 'act',
    offline: 'refuse',
    input: incidentInput.extend({
      keys: z.array(z.string().max(128)).min(1).max(MAX_SPLIT_ALERTS),
      reason: reason.nullable().default(null),
    }),
    output: receiptSchema.extend({ incidentId: z.string() }),
  },
  /** Refused with `alerts-still-firing` unless nothing fires or `evenIfFiring` is set. */
  'incident.resolve': {
    ...onIncident,
    input: incidentInput.extend({ evenIfFiring: z.boolean().default(false) }),
  },
  /** Takes a resolved one back: "it is not over". */
  'incident.reopen': onIncident,
  /** Puts a resolved incident away. */
  'incident.close': onIncident,
  /** "Why is this shown, hidden, or not paged?" of an incident or of one of its alerts. */
  why: {
    kind: 'query',
    needs: 'read',
    input: incidentInput.extend({ alertKey: z.string().max(128).optional() }),
    output: z.object({ explanation: explanationSchema }),
  },
  /** Where it goes by the routing of the playbook, and why; null where none is chosen. */
  'incident.routing': {
    kind: 'query',
    needs: 'read',
    input: incidentInput,
    output: z.object({ route: routeSchema.nullable() }),
  },
  /**
   * A page of the timeline, oldest first, also of a closed incident: what comes first after the event
   * `after`, else the newest (before the event `before`). Pages that follow each other are put
   * together by `joinPages`.
   */
  'incident.timeline': {
    kind: 'query',
    needs: 'read',
    input: incidentInput.extend({
      after: z.number().int().nonnegative().optional(),
      before: z.number().int().positive().optional(),
      /** Most lines. */
      limit: z.number().int().min(1).max(500).default(200),
    }),
    output: timelinePageSchema,
  },
} as const satisfies Operations
