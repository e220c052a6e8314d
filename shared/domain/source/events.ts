import { z } from 'zod'
import { defineEvent, type BodyOf } from '../event/definition.ts'
import {
  rejectionSchema,
  sourceHealthSchema,
  sourceProblemSchema,
  sourceRealmSchema,
} from './schema.ts'

/** How a source answers is what this machine sees of it. It stands on no incident. */
const ofSource = {
  scope: 'this-machine',
  subject: ({ sourceId }: { readonly sourceId: string }) => sourceId,
  incident: () => null,
  words: () => null,
} as const

/** What can happen to a source. */
export const sourceEvents = {
  'source.added': defineEvent(
    z.object({ sourceId: z.string(), name: z.string(), sourceType: z.string() }),
    ofSource,
  ),
  'source.removed': defineEvent(z.object({ sourceId: z.string() }), ofSource),
  'source.health-changed': defineEvent(
    z.object({
      sourceId: z.string(),
      health: sourceHealthSchema,
      problem: sourceProblemSchema.nullable(),
      lastAnswerAt: z.number().nullable(),
    }),
    ofSource,
  ),
  /** The memory behind the answers is another one than before: the source restarted. */
  'source.identified': defineEvent(
    z.object({ sourceId: z.string(), instance: z.string() }),
    ofSource,
  ),
  /** In which realm it is was found out, or is another one than before. */
  'source.realm-found': defineEvent(
    z.object({ sourceId: z.string(), realm: sourceRealmSchema }),
    ofSource,
  ),
  /** What the source sends and cannot be read has changed. */
  'source.rejected': defineEvent(
    z.object({
      sourceId: z.string(),
      rejections: z.array(rejectionSchema),
      more: z.number(),
    }),
    ofSource,
  ),
}

/** What is recorded of a source. */
export type SourceBody = BodyOf<typeof sourceEvents>
