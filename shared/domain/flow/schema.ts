import { z } from 'zod'
import { roleSchema } from '../role/role.ts'

/** The three phases that every flow has, in their order. */
export const flowPhaseSchema = z.enum(['detect', 'respond', 'recover'])
export type FlowPhase = z.infer<typeof flowPhaseSchema>

/** How the phases are called where a flow does not say otherwise. */
export const phaseTitle: Readonly<Record<FlowPhase, string>> = {
  detect: 'Detect and respond',
  respond: 'Respond and mitigate',
  recover: 'Recover',
}

/**
 * What ticks an item of a checklist by itself, as it is recorded anyway: nothing is ticked twice.
 * `stable`: nothing of the incident fires. `measures-removed`: no temporary measure is left.
 */
export const metByEventSchema = z.enum([
  'acknowledged',
  'impact-set',
  'verdict-given',
  'commander',
  'communications',
  'scribe',
  'expert',
  'hypothesis',
  'mitigated',
  'update-written',
  'stable',
  'measures-removed',
  'resolved',
])
export type MetByEvent = z.infer<typeof metByEventSchema>

/** One line of a checklist. */
export const flowItemSchema = z.object({
  /** Names it within its flow; its mark is kept under it. */
  id: z.string(),
  text: z.string(),
  /** What ticks it by itself; null: a person does. */
  met: metByEventSchema.nullable(),
})
export type FlowItem = Readonly<z.infer<typeof flowItemSchema>>

/** A role that a flow asks for, and what whoever takes it has to do. */
export const flowRoleSchema = z.object({ role: roleSchema, duties: z.array(z.string()) })
export type FlowRole = Readonly<z.infer<typeof flowRoleSchema>>

/** How an incident is dealt with, by its severity (R6.2). Durations in ms. */
export const flowSchema = z.object({
  /** Such as `war-room`. */
  id: z.string(),
  title: z.string(),
  /** How often others are updated; null: when there is something to say. */
  updateEveryMs: z.number().nullable(),
  roles: z.array(flowRoleSchema),
  phases: z.array(
    z.object({ phase: flowPhaseSchema, title: z.string(), items: z.array(flowItemSchema) }),
  ),
})
export type Flow = Readonly<z.infer<typeof flowSchema>>
