import { z } from 'zod'
import { planIdSchema } from '../domain/plan/schema.ts'
import { severitySchema } from '../domain/severity/schema.ts'
import { configProblemSchema } from './config-problem.ts'

/** Longest text of a playbook file that is taken from a cockpit, in UTF-16 units. */
export const MAX_PLAYBOOK_TEXT = 1024 * 1024

/** A file of the playbook: relative to its folder, with `/`. */
export const playbookPathSchema = z.string().min(1).max(500)

/** A commit of a Git playbook; `at` is its committer's time, ms since the epoch, UTC. */
export const commitSchema = z.object({ id: z.string(), subject: z.string(), at: z.number() })
export type Commit = Readonly<z.infer<typeof commitSchema>>

/** Why a Git playbook does not follow its repository now; the commit in effect stays. */
export const gitProblemSchema = z.object({
  code: z.enum([
    'no-git',
    'unreachable',
    'not-permitted',
    'no-repository',
    'no-branch',
    'no-folder',
    'rewritten',
    'too-large',
    'took-too-long',
    'failed',
  ]),
  message: z.string(),
  hint: z.string(),
})
export type GitProblem = Readonly<z.infer<typeof gitProblemSchema>>

/** Where the playbook is read from: a folder of this machine, or a Git repository that is pulled. */
export const playbookOriginSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), folder: z.string() }),
  z.object({
    kind: z.literal('git'),
    url: z.string(),
    /** The branch that is followed; null: the repository's own. */
    branch: z.string().nullable(),
    /** The folder in it; empty for the whole. */
    path: z.string(),
    /** What is in effect; null before the first pull. */
    commit: commitSchema.nullable(),
    /** When the repository last answered, ms since the epoch, UTC; null before the first time. */
    checkedAt: z.number().nullable(),
    problem: gitProblemSchema.nullable(),
  }),
])
export type PlaybookOrigin = Readonly<z.infer<typeof playbookOriginSchema>>

/** What a reload changed, for a word in passing: shown once for each `at`. */
export const playbookNewsSchema = z.object({
  /** ms since the epoch, UTC. */
  at: z.number(),
  files: z.array(
    z.object({
      path: z.string(),
      /** `broken`: its last valid version stays in effect. `fixed`: it had a problem. */
      what: z.enum(['added', 'changed', 'removed', 'broken', 'fixed']),
    }),
  ),
  /** How many more files than those that are listed. */
  more: z.number(),
  /** The commit that brought it; null for a folder. */
  commit: z.string().nullable(),
})
export type PlaybookNews = Readonly<z.infer<typeof playbookNewsSchema>>

/** The playbook, as far as every cockpit always knows of it. */
export const playbookStatusSchema = z.object({
  origin: playbookOriginSchema,
  /** The last change since the start; null before one. */
  news: playbookNewsSchema.nullable(),
})
export type PlaybookStatus = Readonly<z.infer<typeof playbookStatusSchema>>

/** One file of the playbook, and what of it is in effect. */
export const playbookFileSchema = z.object({
  path: playbookPathSchema,
  /** The kind's name, such as `plan`. */
  kind: z.string(),
  /** What one such file is called: `response plan`. */
  noun: z.string(),
  /** `now`: what the file says. `last-valid`: an earlier version, see `problems`. `nothing`: no version ever was valid. */
  inEffect: z.enum(['now', 'last-valid', 'nothing']),
  /** When what is in effect was read first, ms since the epoch, UTC; null without it. */
  loadedAt: z.number().nullable(),
  /** Its own, and those between it and other files. */
  problems: z.array(configProblemSchema),
})
export type PlaybookFileFacts = Readonly<z.infer<typeof playbookFileSchema>>

/** A plan that is in effect, in a line. */
export const playbookPlanSchema = z.object({
  id: planIdSchema,
  title: z.string(),
  path: playbookPathSchema,
  /** Where the file names it, from 1. */
  line: z.number(),
  extends: planIdSchema.nullable(),
  /** Conditions as the file writes them; empty: it is only there to be extended. */
  match: z.array(z.string()),
  /** With what it takes over from others, below. */
  owner: z.string().nullable(),
  severity: severitySchema.nullable(),
  service: z.string().nullable(),
  escalation: z.string().nullable(),
  runbook: z.string().nullable(),
  /** The revision that incidents name; null while it cannot be applied, and where it has no conditions. */
  revision: z.string().nullable(),
  problems: z.array(configProblemSchema),
})
export type PlaybookPlan = Readonly<z.infer<typeof playbookPlanSchema>>

/** The whole playbook, for its place. */
export const playbookSchema = playbookStatusSchema.extend({
  /** False for a Git playbook: it is changed by a commit. */
  isEditable: z.boolean(),
  files: z.array(playbookFileSchema),
  plans: z.array(playbookPlanSchema),
  /** All problems, also of folders. */
  problems: z.array(configProblemSchema),
})
export type PlaybookFacts = Readonly<z.infer<typeof playbookSchema>>

/** The text of one file, as it is now. */
export const playbookTextSchema = z.object({
  path: playbookPathSchema,
  text: z.string(),
  /** Identifies the text; a change is refused when it is another one by then. */
  version: z.string(),
  isEditable: z.boolean(),
  problems: z.array(configProblemSchema),
})
export type PlaybookText = Readonly<z.infer<typeof playbookTextSchema>>

/** The version of a file that is not there yet: to write a new one. */
export const NO_FILE_VERSION = 'none'

/** A value of a file: what YAML can hold. */
export type FileValue = z.infer<ReturnType<typeof z.json>>

/** Sets what stands at a place of a YAML file; comments and all the rest stay. */
export const fileChangeSchema = z.object({
  /** Keys and places in lists, from the top. */
  at: z.array(z.union([z.string().max(200), z.number().int().nonnegative()])).max(20),
  /** Left out to remove what is there. */
  value: z.json().optional(),
})
export type FileChange = Readonly<z.infer<typeof fileChangeSchema>>

/** What a text would be as a file. */
export const playbookCheckSchema = z.object({
  /** With the changes that were asked for. */
  text: z.string(),
  /** Empty where it may be saved. */
  problems: z.array(configProblemSchema),
  /** What the text holds, for a form; null while it is no YAML, and for what is none. */
  value: z.json(),
})
export type PlaybookCheck = Readonly<z.infer<typeof playbookCheckSchema>>
