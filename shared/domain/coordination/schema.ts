import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { flowSchema } from '../flow/schema.ts'
import { personSchema } from '../person/schema.ts'
import { roleSchema } from '../role/role.ts'

/** Longest text of a hypothesis, a decision, a measure, a task or a reason, in UTF-16 units. */
export const MAX_ENTRY_TEXT = 2_000

/** Most entries of one kind that an incident has: more than people ever write. */
export const MAX_ENTRIES = 200

/** When, by whom; `at` in ms since the epoch, UTC. */
const said = { at: z.number(), by: actorSchema }

const entry = { id: z.string(), text: z.string(), ...said }

/** Somebody who has a role. */
export const heldRoleSchema = z.object({ role: roleSchema, person: personSchema, ...said })
export type HeldRole = Readonly<z.infer<typeof heldRoleSchema>>

/** What could be the cause: open until it is confirmed or ruled out. */
export const hypothesisStateSchema = z.enum(['open', 'confirmed', 'ruled-out'])
export type HypothesisState = z.infer<typeof hypothesisStateSchema>

/** A hypothesis, and what became of it; `settled` is who said so last, null while nobody has. */
export const hypothesisSchema = z.object({
  ...entry,
  state: hypothesisStateSchema,
  settled: z.object({ ...said, reason: z.string().nullable() }).nullable(),
})
export type Hypothesis = Readonly<z.infer<typeof hypothesisSchema>>

/** What was decided, and why. */
export const madeDecisionSchema = z.object({ ...entry, reason: z.string().nullable() })
export type MadeDecision = Readonly<z.infer<typeof madeDecisionSchema>>

/** Something temporary that keeps the incident at bay, and has to be removed before it is closed. */
export const measureSchema = z.object({
  ...entry,
  removed: z.object({ ...said, note: z.string().nullable() }).nullable(),
})
export type Measure = Readonly<z.infer<typeof measureSchema>>

/** How a task ended. */
export const taskOutcomeSchema = z.enum(['done', 'dropped'])
export type TaskOutcome = z.infer<typeof taskOutcomeSchema>

/** Something that somebody is to do. */
export const taskSchema = z.object({
  ...entry,
  owner: personSchema.nullable(),
  /** When it is due, ms since the epoch, UTC; null for none. */
  dueAt: z.number().nullable(),
  /** The event of the timeline that it was made of, by its number; null for none. */
  entry: z.number().nullable(),
  ended: z.object({ ...said, outcome: taskOutcomeSchema, note: z.string().nullable() }).nullable(),
})
export type Task = Readonly<z.infer<typeof taskSchema>>

/** What the person who was asked for their approval said. */
export const approvalAnswerSchema = z.enum(['given', 'refused'])
export type ApprovalAnswer = z.infer<typeof approvalAnswerSchema>

/** Something that only goes ahead when a named person approves it, such as an emergency deployment. */
export const approvalSchema = z.object({
  ...entry,
  of: personSchema,
  answered: z
    .object({ ...said, answer: approvalAnswerSchema, reason: z.string().nullable() })
    .nullable(),
})
export type Approval = Readonly<z.infer<typeof approvalSchema>>

/** How an item of a checklist is marked by a person. */
export const itemStateSchema = z.enum(['open', 'done', 'skipped'])
export type ItemState = z.infer<typeof itemStateSchema>

/** How people work together on one incident. Times in ms since the epoch, UTC. */
export const coordinationSchema = z.object({
  incidentId: z.string(),
  roles: z.array(heldRoleSchema),
  hypotheses: z.array(hypothesisSchema),
  decisions: z.array(madeDecisionSchema),
  measures: z.array(measureSchema),
  tasks: z.array(taskSchema),
  approvals: z.array(approvalSchema),
  /** The last update that was written for others, and when the next one is promised; null for none. */
  update: z.object({ ...said, text: z.string(), nextAt: z.number().nullable() }).nullable(),
  /** The flow that holds since `at`; null before one was applied. */
  flow: z.object({ at: z.number(), flow: flowSchema }).nullable(),
  /** How people marked the items of its checklists, by item. */
  items: z.record(z.string(), z.object({ state: itemStateSchema, ...said })),
  /** How often anything of it changed. */
  changes: z.number(),
})
export type Coordination = Readonly<z.infer<typeof coordinationSchema>>

/** Before anybody has done anything together. */
export function noCoordination(incidentId: string): Coordination {
  return {
    incidentId,
    roles: [],
    hypotheses: [],
    decisions: [],
    measures: [],
    tasks: [],
    approvals: [],
    update: null,
    flow: null,
    items: {},
    changes: 0,
  }
}

/** Temporary measures that are still in place. */
export function measuresLeft(
  coordination: Pick<Coordination, 'measures'> | undefined,
): readonly Measure[] {
  return coordination?.measures.filter(({ removed }) => removed === null) ?? []
}

/** Tasks that nobody has ended. */
export function openTasks(coordination: Pick<Coordination, 'tasks'> | undefined): readonly Task[] {
  return coordination?.tasks.filter(({ ended }) => ended === null) ?? []
}
