import { z } from 'zod'
import { sourceTextsSchema } from '../../domain/source-kind/texts.ts'
import { sourceProblemSchema } from '../../domain/source/schema.ts'
import type { Operations } from './operation.ts'

/** What "test connection" found. */
export const connectionReportSchema = z.object({
  isWorking: z.boolean(),
  /** Sentences such as "Alertmanager 0.25.0, up since …", "23 alerts, 4 suppressed". */
  findings: z.array(z.string()),
  problem: sourceProblemSchema.nullable(),
})
export type ConnectionReport = z.infer<typeof connectionReportSchema>

/** What can be asked of sources. */
export const sourceOperations = {
  /** Asks a source at once instead of at its next interval; without an id, all of them. */
  'source.poll': {
    kind: 'query',
    // It costs the source an answer: more than to look.
    needs: 'act',
    input: z.object({ sourceId: z.string().max(200).optional() }),
    output: z.object({ polled: z.number().int() }),
  },
  /** Tries a configured source and says what was found. */
  'source.test': {
    kind: 'query',
    needs: 'configure',
    input: z.object({ sourceId: z.string().max(200) }),
    output: connectionReportSchema,
  },
  /** Tries a source that is not saved and says what was found: it may lead anywhere. */
  'source.try': {
    kind: 'query',
    needs: 'configure',
    input: z.object({ source: sourceTextsSchema }),
    output: connectionReportSchema,
  },
} as const satisfies Operations
