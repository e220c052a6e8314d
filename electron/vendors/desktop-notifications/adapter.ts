import type { ChannelProblem, PageMessage } from '#shared/domain/page/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'

/** One way to put notifications on the desktop; the channel calls one method at a time. */
export interface NotificationAdapter {
  send(message: PageMessage, signal: AbortSignal): Promise<Result<void, ChannelProblem>>
  withdraw(tag: string, signal: AbortSignal): Promise<void>
  describe(): Promise<readonly string[]>
  close(): Promise<void>
}

/** What a person did, as the adapter learned it. */
export type ReportAction = (key: string, action: 'opened' | 'acknowledged' | 'dismissed') => void
