import { z } from 'zod'
import {
  fileChangeSchema,
  MAX_PLAYBOOK_TEXT,
  playbookCheckSchema,
  playbookOriginSchema,
  playbookPathSchema,
  playbookSchema,
  playbookTextSchema,
} from '../playbook.ts'
import { settingsOutcomeSchema } from '../settings.ts'
import type { Operations } from './operation.ts'

const text = z.string().max(MAX_PLAYBOOK_TEXT)

/** The playbook: what is in effect, its files, and changes of them. Not this machine's `deckwatch.yaml`. */
export const playbookOperations = {
  /** Every file and plan, and what is wrong. */
  'playbook.read': {
    kind: 'query',
    needs: 'read',
    input: z.object({}),
    output: playbookSchema,
  },
  /** The text of a file. */
  'playbook.file': {
    kind: 'query',
    needs: 'read',
    input: z.object({ path: playbookPathSchema }),
    output: playbookTextSchema,
  },
  /**
   * What a text would be as that file, after changes of single values where some are given: a form and
   * the text beside it stay one. Nothing is written. `not-allowed-now` where a change is not possible
   * in this text, since what is to be changed stands elsewhere in it.
   */
  'playbook.check': {
    kind: 'query',
    needs: 'configure',
    input: z.object({
      path: playbookPathSchema,
      text,
      changes: z.array(fileChangeSchema).max(200).default([]),
    }),
    output: playbookCheckSchema,
  },
  /**
   * Writes a file, if it is valid and the file is still the version that was read; a new one has the
   * version {@link NO_FILE_VERSION}. Refused for a Git playbook.
   */
  'playbook.save': {
    kind: 'change',
    needs: 'configure',
    input: z.object({ path: playbookPathSchema, version: z.string().max(128), text }),
    output: settingsOutcomeSchema,
  },
  /**
   * Looks at the repository of a Git playbook now.
   */
  'playbook.pull': {
    kind: 'change',
    needs: 'configure',
    input: z.object({
      /** Follows the branch also where its history was rewritten (force-pushed). */
      followRewritten: z.boolean().default(false),
    }),
    output: z.object({ origin: playbookOriginSchema }),
  },
} as const satisfies Operations
