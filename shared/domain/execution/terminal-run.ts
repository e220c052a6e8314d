import { z } from 'zod'
import { MAX_SHOWN, MAX_SUMMARY, outcomeSchema, outputFactsSchema } from './schema.ts'

/** What came of a command of a terminal. */
const terminalResultSchema = z.strictObject({
  outcome: outcomeSchema,
  /** What it printed in one line (`summaryLine`), clean and without secrets; empty where it printed nothing. */
  summary: z.string().max(MAX_SUMMARY),
  durationMs: z.number().nonnegative(),
  output: outputFactsSchema,
})
export type TerminalResult = Readonly<z.infer<typeof terminalResultSchema>>

/** A command that a person ran in a terminal of their own for an incident, as the terminal tells it. */
export const terminalRunSchema = z.strictObject({
  executionId: z.string().regex(/^terminal-[0-9a-f]{32}$/),
  incidentId: z.string().min(1).max(200),
  /** The command line, without secrets. */
  shown: z.string().min(1).max(MAX_SHOWN),
  /** The machine, the folder and the account that it ran in. */
  host: z.string().max(300),
  folder: z.string().max(300),
  user: z.string().max(300),
  /** Ms since the epoch, UTC. */
  startedAt: z.number().int().nonnegative(),
  /** The process that follows it: where that is gone, nobody will tell what came of it. */
  pid: z.number().int().positive(),
  /** Null until it has ended. */
  result: terminalResultSchema.nullable(),
})
export type TerminalRun = Readonly<z.infer<typeof terminalRunSchema>>
