import { z } from 'zod'
import { findingSchema } from '../audit/finding.ts'
import type { LinkAnswers } from '../audit/link.ts'
import type { Plan } from '../plan/schema.ts'
import type { Risk } from '../runbook/schema.ts'

/** Most findings that are listed of one runbook, the worst first; the rest is counted. */
export const MAX_FINDINGS = 100

/** How old the last verification of a runbook may be where nobody says another time, ms. */
export const USUAL_VERIFIED_AGE_MS = 180 * 86_400_000

/** What a shell would make of a code, whatever its values are. */
export interface CodeJudgement {
  /** What it does; the author's word counts where nothing else is known. */
  readonly risk: Risk
  /** Why it counts as that, a sentence each. */
  readonly why: readonly string[]
  /** Why it can only be copied, a sentence; null: it can be run from Deckwatch. */
  readonly copyOnly: string | null
  /** True for a text that no shell understands; `copyOnly` says why. */
  readonly isInvalid: boolean
  /** The programs of this machine that it starts, each once. */
  readonly programs: readonly string[]
}

/** What was found out about a runbook besides its own text. */
export interface RunbookFacts {
  /** Of its links as they are written; one that is not in it was not looked at. */
  readonly answers: LinkAnswers
  /** Of its commands, and of what is fenced without a language, by where the code starts. */
  readonly judgements: ReadonlyMap<number, CodeJudgement>
  /** Programs that are not on this machine; empty where nobody looked. */
  readonly missingPrograms: ReadonlySet<string>
  /** The plans that lead to it: what they say does not have to stand in it, too. */
  readonly plans: readonly Pick<Plan, 'escalation' | 'fixedWhen'>[]
  /** How old its last verification may be, ms. */
  readonly maxVerifiedAgeMs: number
  /** ms since the epoch, UTC. */
  readonly now: number
}

/** A runbook of the playbook, what it has, and what is wrong with it. */
export const runbookHealthSchema = z.object({
  /** In the playbook, with `runbooks/`. */
  path: z.string(),
  title: z.string(),
  steps: z.number().int().nonnegative(),
  /** Commands and queries, and how many of them can only be copied. */
  codes: z.number().int().nonnegative(),
  copyOnly: z.number().int().nonnegative(),
  /** When it was last verified: ms since the epoch, UTC; null where nothing says it in a way that is understood. */
  verifiedAt: z.number().nullable(),
  hasResolution: z.boolean(),
  hasEscalation: z.boolean(),
  links: z.object({
    all: z.number().int().nonnegative(),
    dead: z.number().int().nonnegative(),
    /** Nobody could look where they lead to. */
    unchecked: z.number().int().nonnegative(),
  }),
  /** The worst first, then by line. */
  findings: z.array(findingSchema),
  /** How many more there are. */
  more: z.number().int().nonnegative(),
})
export type RunbookHealth = Readonly<z.infer<typeof runbookHealthSchema>>

/** What is wrong with the runbooks of a playbook, and with what its plans name of them. */
export const playbookHealthSchema = z.object({
  runbooks: z.array(runbookHealthSchema),
  /** Of plans: links, and diagnostics that no runbook has. */
  plans: z.array(findingSchema),
})
export type PlaybookHealth = Readonly<z.infer<typeof playbookHealthSchema>>
