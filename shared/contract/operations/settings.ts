import { z } from 'zod'
import {
  MAX_SECRET_LENGTH,
  secretNameSchema,
  secretStatusSchema,
  settingsChangeSchema,
  settingsOutcomeSchema,
  settingsSchema,
} from '../settings.ts'
import type { Operations } from './operation.ts'

/** The configuration and its secrets. Also to read it, as it names what is reached and how. */
export const settingsOperations = {
  /** The configuration as it can be edited; secrets by reference only. */
  'settings.read': {
    kind: 'query',
    needs: 'configure',
    input: z.object({}),
    output: settingsSchema,
  },
  /** Changes the configuration file, if it is still the version that was read. */
  'settings.write': {
    kind: 'change',
    needs: 'configure',
    input: z.object({ version: z.string().max(128), change: settingsChangeSchema }),
    output: settingsOutcomeSchema,
  },
  /**
   * Keeps a secret where only the engine reads it, for the server at an address; answers with the
   * reference for the file.
   */
  'secret.store': {
    kind: 'change',
    needs: 'configure',
    input: z.object({
      name: secretNameSchema,
      value: z.string().min(1).max(MAX_SECRET_LENGTH),
      /** The address of the source: nothing but its scheme, host and port may have the secret. */
      address: z.string().max(4_096),
    }),
    output: z.object({ reference: z.string() }),
  },
  /** Forgets a kept secret that the configuration does not name; one that it names stays. */
  'secret.forget': {
    kind: 'change',
    needs: 'configure',
    input: z.object({ name: secretNameSchema }),
    output: z.object({ isForgotten: z.boolean() }),
  },
  /** Where secrets are kept, and whether that works now. */
  'secret.status': {
    kind: 'query',
    needs: 'configure',
    input: z.object({}),
    output: secretStatusSchema,
  },
} as const satisfies Operations
