import { z } from 'zod'
import type { FoundHandoff, PastHandoffs, ShiftDraft } from '#electron/engine/ports/readings.ts'
import { periodSchema } from '#shared/domain/handoff/schema.ts'
import type { Before } from '#shared/domain/history/before.ts'
import type { FiredAlert } from '#shared/domain/history/fired.ts'
import { drillChoiceSchema, type PastIncident } from '#shared/domain/history/schema.ts'
import { incidentStatusSchema } from '#shared/domain/incident/schema.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import type { KnowledgeHit } from '#shared/domain/knowledge/schema.ts'
import type { AgendaLine } from '#shared/domain/agenda/line.ts'
import { meetingKindSchema } from '#shared/domain/meeting/schema.ts'
import { severitySchema } from '#shared/domain/severity/schema.ts'

/** What the thread is started with. */
export const threadDataSchema = z.object({
  /** The journal's file, and the folder that the readings are kept in. */
  journalPath: z.string(),
  directory: z.string(),
})
export type ThreadData = Readonly<z.infer<typeof threadDataSchema>>

const querySchema = z.object({
  text: z.string(),
  status: z.array(incidentStatusSchema),
  severity: z.array(severitySchema),
  labels: z.array(
    z.object({ name: z.string(), operator: z.enum(['=', '!=', '=~', '!~']), value: z.string() }),
  ),
  from: z.number().nullable(),
  to: z.number().nullable(),
  drills: drillChoiceSchema,
  before: z.number().nullable(),
  limit: z.number(),
  without: z.array(z.string()),
})

const shiftSchema = z.object({
  period: periodSchema,
  zone: z.string(),
  person: z.object({ id: z.string(), owner: z.string() }),
  drills: drillChoiceSchema,
  leftOut: z.array(z.string()),
  confidential: z.array(z.string()),
})

const knowledgeQuerySchema = z.object({
  text: z.string(),
  limit: z.number(),
  drills: z.boolean(),
  without: z.array(z.string()),
})

const shelved = { id: z.string(), hash: z.string() }

const agendaSchema = z.object({
  kind: meetingKindSchema,
  day: z.string(),
  window: z.object({
    at: z.number(),
    from: z.number(),
    end: z.number(),
    since: z.number(),
    weekAgo: z.number(),
  }),
  to: z.number(),
  drills: drillChoiceSchema,
  leftOut: z.array(z.string()),
})

/** Engine to thread. */
export const toThreadSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('recorded') }),
  z.object({ type: z.literal('incidents'), id: z.number(), query: querySchema }),
  z.object({ type: z.literal('incident'), id: z.number(), incidentId: z.string() }),
  z.object({ type: z.literal('draft'), id: z.number(), question: shiftSchema }),
  z.object({
    type: z.literal('handoffs'),
    id: z.number(),
    query: z.object({ before: z.number().nullable(), limit: z.number() }),
  }),
  z.object({ type: z.literal('events'), id: z.number(), seqs: z.array(z.number()) }),
  z.object({ type: z.literal('handoff'), id: z.number(), handoffId: z.string() }),
  z.object({
    type: z.literal('before'),
    id: z.number(),
    incidentId: z.string(),
    without: z.array(z.string()),
  }),
  z.object({
    type: z.literal('fired'),
    id: z.number(),
    limit: z.number(),
    without: z.array(z.string()),
  }),
  z.object({ type: z.literal('knowledge'), id: z.number(), query: knowledgeQuerySchema }),
  z.object({ type: z.literal('shelve'), id: z.number(), runbooks: z.array(z.object(shelved)) }),
  z.object({
    type: z.literal('keep-runbooks'),
    id: z.number(),
    texts: z.array(
      z.object({ ...shelved, title: z.string(), names: z.string(), text: z.string() }),
    ),
  }),
  z.object({ type: z.literal('agenda'), id: z.number(), query: agendaSchema }),
  z.object({ type: z.literal('cancel'), id: z.number() }),
  z.object({ type: z.literal('close') }),
])
export type ToThread = z.infer<typeof toThreadSchema>

const read = z.number()
/** The thread has parsed it where it comes from: the disk. */
const incident = z.custom<PastIncident>()
const before = z.custom<Before>()
const fired = z.custom<FiredAlert>()
const agendaLine = z.custom<AgendaLine>()

const foundShape = {
  hits: z.array(z.custom<KnowledgeHit>()),
  hasAllWords: z.boolean(),
  corrected: z.array(z.object({ word: z.string(), to: z.array(z.string()) })),
}

/** Thread to engine. */
export const fromThreadSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('incidents'),
    id: z.number(),
    page: z.object({
      incidents: z.array(incident),
      total: z.number(),
      drills: z.number(),
      next: z.number().nullable(),
      read,
    }),
  }),
  z.object({
    type: z.literal('incident'),
    id: z.number(),
    found: z.object({ incident: incident.nullable(), read }),
  }),
  z.object({
    type: z.literal('before'),
    id: z.number(),
    found: z.object({ before: before.nullable(), read }),
  }),
  z.object({
    type: z.literal('fired'),
    id: z.number(),
    found: z.object({ alerts: z.array(fired), total: z.number(), read }),
  }),
  z.object({ type: z.literal('draft'), id: z.number(), draft: z.custom<ShiftDraft>() }),
  z.object({ type: z.literal('handoffs'), id: z.number(), page: z.custom<PastHandoffs>() }),
  z.object({ type: z.literal('events'), id: z.number(), events: z.custom<readonly Event[]>() }),
  z.object({ type: z.literal('handoff'), id: z.number(), found: z.custom<FoundHandoff>() }),
  z.object({
    type: z.literal('knowledge'),
    id: z.number(),
    found: z.object({ ...foundShape, runbooks: z.number(), read }),
  }),
  z.object({ type: z.literal('shelve'), id: z.number(), missing: z.array(z.string()) }),
  z.object({ type: z.literal('keep-runbooks'), id: z.number() }),
  z.object({
    type: z.literal('agenda'),
    id: z.number(),
    agenda: z.object({ lines: z.array(agendaLine), unreadable: z.number(), read }),
  }),
  z.object({ type: z.literal('failed'), id: z.number(), message: z.string() }),
  /** Something for the log; never holds a text of an event. */
  z.object({
    type: z.literal('log'),
    level: z.enum(['info', 'warn']),
    message: z.string(),
    fields: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
])
export type FromThread = z.infer<typeof fromThreadSchema>
