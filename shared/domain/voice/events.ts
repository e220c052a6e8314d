import { z } from 'zod'
import { defineEvent, type BodyOf } from '../event/definition.ts'
import { voiceCountsSchema } from './schema.ts'

/** What people say of the services, counted. */
export const voiceEvents = {
  'voice.counted': defineEvent(
    voiceCountsSchema.extend({
      /** Derived from the report, so that the same one twice counts once. */
      voiceId: z.string(),
      service: z.string(),
      /** When it was said, ms since the epoch, UTC. */
      saidAt: z.number(),
    }),
    {
      scope: 'shared',
      subject: ({ voiceId }) => voiceId,
      incident: () => null,
      words: () => null,
    },
  ),
}

/** What is recorded of voices. */
export type VoiceBody = BodyOf<typeof voiceEvents>
