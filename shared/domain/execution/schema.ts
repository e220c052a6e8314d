import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { runbookIdSchema } from '../runbook/entry.ts'
import { placeQueryKinds } from '../runbook/query/schema.ts'
import { textHashSchema } from '../walkthrough/schema.ts'

/** Longest text of a command or a query that is recorded, in UTF-16 units. */
export const MAX_SHOWN = 4_000

/** Longest line that says what an execution showed, in UTF-16 units. */
export const MAX_SUMMARY = 300

/** Longest output that a variable keeps, in UTF-16 units. */
export const MAX_CAPTURED = 1_000

/** What is run: a command of a shell, a query, or a check of a server. */
export const runKindSchema = z.enum([
  ...(['command', 'promql', 'http', 'dns', 'tcp', 'tls'] as const),
  ...placeQueryKinds,
])
export type RunKind = z.infer<typeof runKindSchema>

/** How much harm it can do. */
export const riskSchema = z.enum(['read', 'change', 'destroy'])

/** What it acts on, such as `kubernetes context` and `prod-eu1`. */
export const targetSchema = z.object({ kind: z.string().max(60), value: z.string().max(300) })
export type Target = Readonly<z.infer<typeof targetSchema>>

/** How it ended. `lost`: Deckwatch ended before it did, so nobody knows. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exited'), code: z.number().int() }),
  z.object({ kind: z.literal('signalled'), signal: z.string().max(20) }),
  /** It answered: of a query or a check, which have no exit code. */
  z.object({ kind: z.literal('answered') }),
  z.object({ kind: z.literal('timed-out') }),
  z.object({ kind: z.literal('cancelled'), by: actorSchema.nullable() }),
  z.object({ kind: z.literal('not-started'), message: z.string().max(MAX_SUMMARY) }),
  z.object({ kind: z.literal('lost') }),
])
export type Outcome = Readonly<z.infer<typeof outcomeSchema>>

/** What its result says against what was expected; `unjudged`: nothing says what to expect. */
export const verdictSchema = z.enum(['as-expected', 'not-as-expected', 'failed', 'unjudged'])
export type Verdict = z.infer<typeof verdictSchema>

/** How much it printed, in bytes of UTF-8 and line ends; `isCut`: not all of it is kept. */
export const outputFactsSchema = z.object({
  bytes: z.number().int().nonnegative(),
  lines: z.number().int().nonnegative(),
  isCut: z.boolean(),
})
export type OutputFacts = Readonly<z.infer<typeof outputFactsSchema>>

/**
 * Who wants it. `automatic`: it is one of the diagnostics that run when an incident opens.
 * `remediation`: a policy of remediation, or the evidence that is gathered before it.
 * `terminal`: a person ran it in a terminal of their own, and Deckwatch only recorded it.
 */
export const reasonSchema = z.enum(['person', 'automatic', 'remediation', 'terminal'])

/** The run on many targets that something belongs to. */
export const groupSchema = z.object({
  id: z.string().max(200),
  /** The name of the target among those of the group. */
  target: z.string().max(1_000),
  /** How many targets the group has in all. */
  of: z.number().int().positive(),
  /** A word for one of them, such as `pod`. */
  noun: z.string().max(100),
  /** The inputs that say which target it is, by their ids. */
  values: z.record(z.string(), z.string()),
  /** Stands for all that is the same for every target: the command, and its other inputs. */
  seal: z.string().max(200),
  /** Those that were asked for together, of which the timeline says one line; null: it alone was. */
  batch: z.string().max(200).nullable(),
})
export type ExecutionGroup = Readonly<z.infer<typeof groupSchema>>

/** What was asked to be run. */
export const requestSchema = z.object({
  executionId: z.string(),
  incidentId: z.string(),
  /** Null, as all that says where in a runbook it stands, for what was run in a terminal. */
  runbook: runbookIdSchema.nullable(),
  /** Of the text that it is from. */
  hash: textHashSchema.nullable(),
  /** The commit that brought that text; null where it is unknown. */
  commit: z.string().nullable(),
  /** The step, by its id. */
  step: z.string().nullable(),
  /** Its place among the commands, queries and checks of the step, counted from 0. */
  place: z.number().int().nonnegative().nullable(),
  /** What the step says, or the name of the diagnostic. */
  title: z.string().max(500),
  kind: runKindSchema,
  /** As it is run, with the values in it, without secrets. */
  shown: z.string().max(MAX_SHOWN),
  risk: riskSchema,
  targets: z.array(targetSchema).max(12),
  reason: reasonSchema,
  /** Null where nothing limits it. */
  timeoutMs: z.number().int().positive().nullable(),
  /** What shows that it went well, as the author writes it; null: nothing says it. */
  expect: z.string().nullable(),
  /** The variable that keeps what it prints, for later steps; null: none does. */
  capture: z.string().nullable(),
  /** Left out where it is run on one target. */
  group: groupSchema.optional(),
})
export type ExecutionRequest = Readonly<z.infer<typeof requestSchema>>

/** What came of it. */
export const resultSchema = z.object({
  outcome: outcomeSchema,
  verdict: verdictSchema,
  /** In one line, clean and without secrets; empty where it printed nothing. */
  summary: z.string().max(MAX_SUMMARY),
  durationMs: z.number().nonnegative(),
  output: outputFactsSchema,
  /** What it printed, trimmed, where a variable keeps it and it is short enough; else null. */
  captured: z.string().max(MAX_CAPTURED).nullable(),
})
export type ExecutionResult = Readonly<z.infer<typeof resultSchema>>

/** Something that was run for an incident. Times in ms since the epoch, UTC. */
export const executionSchema = requestSchema.extend({
  requestedAt: z.number(),
  requestedBy: actorSchema,
  /** Null before it runs. */
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  /** Null until it has ended. */
  result: resultSchema.nullable(),
})
export type Execution = Readonly<z.infer<typeof executionSchema>>
