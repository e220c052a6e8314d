import { z } from 'zod'
import type { Operations } from './operation.ts'

/** The drill: a story that is told for practice. */
export const drillOperations = {
  /** Steers the drill: pause, speed (1 is real time), or start the story again. */
  'drill.control': {
    kind: 'change',
    // It touches nothing but the drill itself, and who practises must be able to stop it.
    needs: 'act',
    input: z.object({
      isPaused: z.boolean().optional(),
      speed: z.number().min(0.1).max(100).optional(),
      restart: z.boolean().optional(),
    }),
    output: z.object({}),
  },
} as const satisfies Operations
