import { z } from 'zod'

/** What the test tells the engine's process: one command, as a cockpit would send it. */
export const requestSchema = z.object({ id: z.string(), name: z.string(), input: z.unknown() })
export type Request = z.infer<typeof requestSchema>

/** What the engine's process tells the test. */
export const reportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opening') }),
  /** The journal was opened and loaded within `ms`. */
  z.object({ type: z.literal('ready'), ms: z.number(), incidentIds: z.array(z.string()) }),
  z.object({ type: z.literal('incident'), id: z.string() }),
  /** Nothing is left to be told, and the journal is closed. */
  z.object({ type: z.literal('drained') }),
  z.object({ type: z.literal('refused'), message: z.string() }),
  /** `seq` is null when the command was refused. */
  z.object({ type: z.literal('answer'), id: z.string(), seq: z.number().nullable() }),
])
export type Report = z.infer<typeof reportSchema>
