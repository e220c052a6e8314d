import { z } from 'zod'
import { historyLagSchema } from '../../domain/history/schema.ts'
import { draftKindSchema, knowledgeDraftSchema } from '../../domain/knowledge/draft.ts'
import {
  knowledgeFoundSchema,
  MAX_KNOWLEDGE_LIMIT,
  MAX_KNOWLEDGE_TEXT,
} from '../../domain/knowledge/schema.ts'
import { incidentInput, type Operations } from './operation.ts'

/** One search for what was learned: incidents with what ended them, and runbooks. */
export const knowledgeOperations = {
  'knowledge.search': {
    kind: 'query',
    needs: 'read',
    input: z.object({
      /** Words that all must be there, each as the begin of a word. */
      text: z.string().max(MAX_KNOWLEDGE_TEXT),
      limit: z.number().int().min(1).max(MAX_KNOWLEDGE_LIMIT).default(20),
      /** True to find incidents of drills too. */
      drills: z.boolean().default(false),
    }),
    output: knowledgeFoundSchema.extend({
      /** How many runbooks were searched with their texts, of how many. */
      runbooks: z.object({
        searched: z.number().int().nonnegative(),
        listed: z.number().int().nonnegative(),
      }),
      lag: historyLagSchema,
    }),
  },
  /** A plan or a runbook that a person goes on with, from what was done in an incident that is over. */
  'knowledge.draft': {
    kind: 'query',
    needs: 'read',
    input: incidentInput.extend({
      kind: draftKindSchema,
      /** Names that other files of its kind have, without folder and ending. */
      taken: z.array(z.string().max(200)).max(10_000).default([]),
    }),
    output: knowledgeDraftSchema,
  },
} as const satisfies Operations
