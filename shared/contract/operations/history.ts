import { z } from 'zod'
import { beforeSchema } from '../../domain/history/before.ts'
import {
  drillChoiceSchema,
  historyLagSchema,
  MAX_HISTORY_LIMIT,
  MAX_HISTORY_TEXT,
  pastIncidentSchema,
} from '../../domain/history/schema.ts'
import { incidentStatusSchema } from '../../domain/incident/schema.ts'
import { severitySchema } from '../../domain/severity/schema.ts'
import type { Operations } from './operation.ts'

/** Longest text of label conditions, in UTF-16 units. */
const MAX_LABELS_TEXT = 4_000

/**
 * What is asked of history: of what the journal says, not of the state. It is answered from readings
 * that follow the journal, so each answer says how far they are.
 */
export const historyOperations = {
  /** Incidents of all time, newest first, page by page. What is left out is no condition. */
  'history.incidents': {
    kind: 'query',
    needs: 'read',
    input: z.object({
      /** Words that must all stand in the title, the labels, the names of alerts or the notes. */
      text: z.string().max(MAX_HISTORY_TEXT).default(''),
      status: z.array(incidentStatusSchema).max(8).default([]),
      /** By the worst that an incident has been. */
      severity: z.array(severitySchema).max(8).default([]),
      /** Conditions as Alertmanager writes them: `cluster="eu", alertname=~"Node.*"`. */
      labels: z.string().max(MAX_LABELS_TEXT).default(''),
      /** Opened at or after `from` and before `to`; ms since the epoch, UTC. */
      from: z.number().nullable().default(null),
      to: z.number().nullable().default(null),
      drills: drillChoiceSchema.default('without'),
      /** What the page before gave as `next`; null for the first page. */
      cursor: z.number().int().positive().nullable().default(null),
      limit: z.number().int().min(1).max(MAX_HISTORY_LIMIT).default(100),
    }),
    output: z.object({
      incidents: z.array(pastIncidentSchema),
      /** How many there are in all pages. */
      total: z.number(),
      /** How many more there would be with those of drills; 0 unless they are left out. */
      drills: z.number(),
      /** The cursor of the next page; null when this is the last one. */
      next: z.number().nullable(),
      lag: historyLagSchema,
    }),
  },
  /** One incident by its id, also a closed one that left the state. */
  'history.incident': {
    kind: 'query',
    needs: 'read',
    input: z.object({ incidentId: z.string().min(1).max(128) }),
    output: z.object({ incident: pastIncidentSchema, lag: historyLagSchema }),
  },
  /** How often the alerts of an incident happened before it, what ended them, what prevents them. */
  'history.before': {
    kind: 'query',
    needs: 'read',
    input: z.object({ incidentId: z.string().min(1).max(128) }),
    output: z.object({
      before: beforeSchema,
      /** Measures against the next time, as its response plan says them. */
      prevention: z.array(z.string()),
      lag: historyLagSchema,
    }),
  },
} as const satisfies Operations
