import { z } from 'zod'
import { MAX_RUNBOOK_ADDRESS } from './limits.ts'

/**
 * What a runbook is called for ever: `playbook:payments/x.md`, a file below `runbooks/` of the
 * playbook, or `url:https://…`, an address without its place in the page (`#…`). Of a link it is made
 * by `runbookIdOf`.
 */
export const runbookIdSchema = z
  .string()
  .max(MAX_RUNBOOK_ADDRESS + 20)
  .regex(/^(?:playbook:.|url:https?:\/\/.)/s)

/** How its text is to be read: a page without a known form is taken for Markdown. */
export const runbookFormatSchema = z.enum(['markdown', 'yaml'])
export type RunbookFormat = z.infer<typeof runbookFormatSchema>

/** The form of a runbook by the name of its file, or by the path of its address. */
export function runbookFormatOf(path: string): RunbookFormat {
  return /\.ya?ml$/i.test(path) ? 'yaml' : 'markdown'
}

/** Where a runbook comes from. Times in ms since the epoch, UTC. */
export const runbookOriginSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('playbook'),
    /** In the playbook, with `runbooks/`: as `playbook.file` takes it. */
    path: z.string(),
    /** The version of the text that is kept, as `playbook.save` takes it; null without a text. */
    version: z.string().nullable(),
    /** The commit that is in effect; null where the playbook is a folder. */
    commit: z.string().nullable(),
    /** Why the text is not what the file says now, or why there is none; null while all is well. */
    problem: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('url'),
    address: z.string(),
    /** When the copy that is kept was fetched; null without a copy. */
    fetchedAt: z.number().nullable(),
    /** When the server was asked last; null before the first time. */
    lastTriedAt: z.number().nullable(),
    /** Why the last try brought nothing, in words; the copy that is kept stays. */
    problem: z.string().nullable(),
  }),
])
export type RunbookOrigin = Readonly<z.infer<typeof runbookOriginSchema>>

/**
 * `kept`: its text is here, maybe an older one: see the problem of its origin. `not-fetched`: it will
 * be, without anybody asking. `needs-consent`: the configuration does not name its host, so that it is
 * fetched once a person asks for it. `failed`: there is no text, and the origin says why.
 */
export const runbookStateSchema = z.enum(['kept', 'not-fetched', 'needs-consent', 'failed'])
export type RunbookState = z.infer<typeof runbookStateSchema>

/** What is known of a runbook without its text. */
export const runbookEntrySchema = z.object({
  id: runbookIdSchema,
  /** Its first heading, else the name of the file or the address. */
  title: z.string(),
  format: runbookFormatSchema,
  origin: runbookOriginSchema,
  state: runbookStateSchema,
  /** Of the text that is kept, in bytes of UTF-8; null without one. */
  size: z.number().int().nonnegative().nullable(),
  /** SHA-256 of that text in UTF-8, in hexadecimal digits; null without one. */
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
})
export type RunbookEntry = Readonly<z.infer<typeof runbookEntrySchema>>
