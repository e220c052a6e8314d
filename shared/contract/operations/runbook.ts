import { z } from 'zod'
import { runbookEntrySchema, runbookIdSchema } from '../../domain/runbook/entry.ts'
import type { Operations } from './operation.ts'

const one = z.object({ id: runbookIdSchema })

/** Runbooks as texts: those of the playbook, and pages that alerts or plans lead to. */
export const runbookOperations = {
  /**
   * What is known of every runbook: all files of the playbook, the pages that active alerts and plans
   * lead to, and pages that were fetched before and are still kept. To be asked again when
   * `runbooks.revision` of the status has changed.
   */
  'runbook.list': {
    kind: 'query',
    needs: 'read',
    input: z.object({}),
    output: z.object({
      /** What the status had when this was listed. */
      revision: z.number().int(),
      /** By id. */
      entries: z.array(runbookEntrySchema),
      /** How many more there are than are listed. */
      more: z.number().int().nonnegative(),
    }),
  },
  /**
   * The text that is kept of a runbook. `not-found` for one that is not in the list; `not-allowed-now`
   * where there is no text, with the reason.
   */
  'runbook.read': {
    kind: 'query',
    needs: 'read',
    input: one,
    output: z.object({ entry: runbookEntrySchema, text: z.string() }),
  },
  /**
   * Asks the server for a page now. For a host that the configuration does not name, this is a person's
   * consent for this one address, this once. Answers with what became of it: a page that could not be
   * fetched is an entry with a problem. `not-found` for an address that no active alert and no plan leads
   * to and of which nothing is kept; `not-allowed-now` for a file of the playbook.
   */
  'runbook.fetch': {
    kind: 'change',
    needs: 'act',
    input: one,
    output: z.object({ entry: runbookEntrySchema }),
  },
} as const satisfies Operations
