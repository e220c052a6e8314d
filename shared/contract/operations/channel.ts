import { z } from 'zod'
import { channelProblemSchema } from '../../domain/page/schema.ts'
import type { Operations } from './operation.ts'

/** What "send a test" found: whether the message was handed over, and facts about the channel. */
export const channelReportSchema = z.object({
  isWorking: z.boolean(),
  findings: z.array(z.string()),
  problem: channelProblemSchema.nullable(),
})
export type ChannelReport = z.infer<typeof channelReportSchema>

/** What can be asked of the channels that pages go to. */
export const channelOperations = {
  /** Sends a message through a channel and says what became of it: it rings for somebody. */
  'channel.test': {
    kind: 'query',
    needs: 'configure',
    input: z.object({ channel: z.string().max(64) }),
    output: channelReportSchema,
  },
} as const satisfies Operations
